// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace gatehouse::store {

/// What tells the file at a path from another one that stands there later; empty where there is none.
[[nodiscard]] QByteArray fileIdentity(const QString &path);
/// The same, and what changes when somebody writes it.
[[nodiscard]] QByteArray fileState(const QString &path);

} // namespace gatehouse::store
