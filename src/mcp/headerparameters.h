// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace gatehouse::mcp {

/// An argument of a tool that the request repeats in a header, Mcp-Param-NAME, for whoever routes it (MCP
/// 2026-07-28 "x-mcp-header").
struct HeaderParameter
{
    QByteArray name = {}; ///< In lower case, without the prefix.
    QStringList path = {}; ///< From the arguments to the value, through `properties` only.
};

/// The parameters that an input schema marks with x-mcp-header, or a sentence that says which mark is wrong:
/// only strings, integers and booleans that `properties` lead to, under names that are tokens and differ by
/// more than their case.
[[nodiscard]] base::Expected<QList<HeaderParameter>, QString> headerParametersOf(const QJsonObject &schema);

/// What is wrong with the headers of a call with these arguments; empty if nothing is. `headers` by name in
/// lower case, without the prefix.
[[nodiscard]] QString judgeParameters(const QList<HeaderParameter> &parameters, const QJsonObject &arguments,
                                      const QHash<QByteArray, QByteArray> &headers);

} // namespace gatehouse::mcp
