// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "base/headers.h"
#include "protocol/jsonrpc.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace gatehouse::protocol {

/// What a request of 2026-07-28 repeats of its body in headers, for whoever routes it without reading it (MCP
/// 2026-07-28 "Standard headers", "Custom headers"). One code for who writes them and for who judges them.

/// As they came: an absent one is nullopt, an empty one is empty.
struct MirroredHeaders
{
    std::optional<QByteArray> protocolVersion = {}; ///< MCP-Protocol-Version
    std::optional<QByteArray> method = {}; ///< Mcp-Method
    std::optional<QByteArray> name = {}; ///< Mcp-Name
    QHash<QByteArray, QByteArray> parameters = {}; ///< Mcp-Param-*: name in lower case without that prefix.
};

/// An argument of a tool that its call repeats in a header, Mcp-Param-NAME.
struct HeaderParameter
{
    QByteArray name = {}; ///< As the schema writes it, without the prefix.
    QStringList path = {}; ///< From the arguments to the value, through `properties` only.
};

/// The parameters that an input schema marks with x-mcp-header, or a sentence that says which mark is wrong:
/// only strings, integers and booleans that `properties` lead to, under names that are tokens and differ by
/// more than their case.
[[nodiscard]] base::Expected<QList<HeaderParameter>, QString> headerParametersOf(const QJsonObject &schema);

/// The headers Mcp-Method, Mcp-Name and Mcp-Param-* of a message. Absent and null arguments have none, and
/// one of a wrong type is left to the server, which says what is wrong with it.
[[nodiscard]] base::Headers mirroredHeadersOf(const Message &message,
                                              const QList<HeaderParameter> &parameters = {});

/// What is wrong with Mcp-Method and Mcp-Name; empty if nothing is.
[[nodiscard]] QString judgeNames(const MirroredHeaders &headers, const Message &message);

/// What is wrong with the headers of a call with these arguments; empty if nothing is.
[[nodiscard]] QString judgeParameters(const QList<HeaderParameter> &parameters, const QJsonObject &arguments,
                                      const QHash<QByteArray, QByteArray> &headers);

/// A value as a header may carry it ("Header values"): as it is, or as "=?base64?…?=" where it is not plain
/// ASCII, begins or ends with a space, or looks like that form itself.
[[nodiscard]] QByteArray encodeHeaderValue(const QString &value);
/// The value that encodeHeaderValue() made this of; nullopt if the form is broken.
[[nodiscard]] std::optional<QString> decodeHeaderValue(const QByteArray &value);

} // namespace gatehouse::protocol
