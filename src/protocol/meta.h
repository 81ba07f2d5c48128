// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QLatin1StringView>
#include <QString>

namespace gatehouse::protocol {

/// Members of _meta that MCP itself has (MCP 2026-07-28 "Versioning", "Subscriptions"; 2025-11-25
/// "Progress").
namespace meta {
inline constexpr QLatin1StringView protocolVersion{"io.modelcontextprotocol/protocolVersion"};
inline constexpr QLatin1StringView clientCapabilities{"io.modelcontextprotocol/clientCapabilities"};
inline constexpr QLatin1StringView clientInfo{"io.modelcontextprotocol/clientInfo"};
inline constexpr QLatin1StringView serverInfo{"io.modelcontextprotocol/serverInfo"};
inline constexpr QLatin1StringView logLevel{"io.modelcontextprotocol/logLevel"};
inline constexpr QLatin1StringView subscriptionId{"io.modelcontextprotocol/subscriptionId"};
inline constexpr QLatin1StringView progressToken{"progressToken"};
inline constexpr QLatin1StringView traceparent{"traceparent"};
} // namespace meta

/// Members of `capabilities.extensions`.
namespace extension {
inline constexpr QLatin1StringView tasks{"io.modelcontextprotocol/tasks"};
} // namespace extension

/// What a request says about itself in its _meta; undefined where it does not.
struct Meta
{
    QJsonValue protocolVersion = QJsonValue::Undefined;
    QJsonValue clientCapabilities = QJsonValue::Undefined;
    QJsonValue clientInfo = QJsonValue::Undefined;
    QJsonValue logLevel = QJsonValue::Undefined;
    QJsonValue progressToken = QJsonValue::Undefined;
    QJsonValue traceparent = QJsonValue::Undefined; ///< Of W3C Trace Context, which MCP passes on here.

    QString client = {}; ///< clientNameOf(clientInfo)

    bool operator==(const Meta &) const = default;
};
/// In one pass: to ask for each name costs more than to read all of it.
[[nodiscard]] Meta readMeta(const QJsonObject &params);

/// "inspector 0.17.2", as a client calls itself in its `clientInfo`.
[[nodiscard]] QString clientNameOf(const QJsonObject &info);

} // namespace gatehouse::protocol
