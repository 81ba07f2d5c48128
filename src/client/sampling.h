// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace gatehouse::client {

/// What a server wants a model to answer (MCP "Sampling"), for people: its instructions and its messages,
/// each with its role, bounded. What is no text is named by its type.
[[nodiscard]] QString samplingText(const QJsonObject &params);

/// The result of sampling/createMessage with that text. The model is named "gatehouse": there is none.
[[nodiscard]] QJsonObject sampled(const QString &text);

} // namespace gatehouse::client
