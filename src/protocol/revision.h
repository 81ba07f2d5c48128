// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/era.h"
#include "protocol/jsonrpc.h"
#include "protocol/mirroredheaders.h"

#include <QStringList>

#include <optional>

namespace gatehouse::protocol {

inline constexpr QLatin1StringView modernRevision{"2026-07-28"};
inline constexpr QLatin1StringView newestLegacyRevision{"2025-11-25"};

/// The revisions that begin with `initialize`, newest first.
[[nodiscard]] const QStringList &legacyRevisions();
[[nodiscard]] const QStringList &allRevisions();

/// Members of _meta that MCP itself has (MCP 2026-07-28 "Versioning", "Subscriptions").
namespace meta {
inline constexpr QLatin1StringView protocolVersion{"io.modelcontextprotocol/protocolVersion"};
inline constexpr QLatin1StringView clientCapabilities{"io.modelcontextprotocol/clientCapabilities"};
inline constexpr QLatin1StringView clientInfo{"io.modelcontextprotocol/clientInfo"};
inline constexpr QLatin1StringView serverInfo{"io.modelcontextprotocol/serverInfo"};
inline constexpr QLatin1StringView logLevel{"io.modelcontextprotocol/logLevel"};
inline constexpr QLatin1StringView subscriptionId{"io.modelcontextprotocol/subscriptionId"};
} // namespace meta
[[nodiscard]] QJsonObject metaOf(const Message &message);

/// By the request's _meta, its method and its version header, before any method is looked up (MCP 2026-07-28,
/// "Versioning").
[[nodiscard]] Era eraOf(const MirroredHeaders &headers, const Message &message);

/// The checks of 2026-07-28 on _meta and headers, in the order that the specification's suite wants. An error
/// goes with HTTP 400.
[[nodiscard]] std::optional<RpcError> judgeModern(const MirroredHeaders &headers, const Message &message);

} // namespace gatehouse::protocol
