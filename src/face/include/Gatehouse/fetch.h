// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

#include <functional>
#include <utility>

namespace Gatehouse {

/// A GET over https, or http to this computer; bounded in time and size, and no redirect is followed. `then`
/// is called once, on the thread that called this, which needs an event loop until then: with the status and,
/// where the body is one, its object. Status 0: nobody answered, and "error" in the object says why.
void fetch(const QString &url, const QList<std::pair<QString, QString>> &headers,
           std::function<void(int status, const QJsonObject &body)> then);

} // namespace Gatehouse
