// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/jsonrpc.h"
#include "mcp/protocol.h"

#include <QStringList>

#include <optional>

namespace gatehouse::mcp {

inline constexpr QLatin1StringView modernRevision{"2026-07-28"};
inline constexpr QLatin1StringView newestLegacyRevision{"2025-11-25"};

/// The revisions that begin with `initialize`, newest first.
[[nodiscard]] const QStringList &legacyRevisions();
[[nodiscard]] const QStringList &allRevisions();

enum class Era {
    Legacy, ///< 2025-11-25 and older: `initialize`, then a session.
    Modern, ///< 2026-07-28 and newer: each request carries its own _meta.
};
/// By the request's _meta, its method and its version header, before any method is looked up (MCP 2026-07-28,
/// "Versioning").
[[nodiscard]] Era eraOf(const Incoming &incoming, const Message &message);

/// The checks of 2026-07-28 on _meta and headers, in the order that the specification's suite wants. An error
/// goes with HTTP 400.
[[nodiscard]] std::optional<RpcError> judgeModern(const Incoming &incoming, const Message &message);

/// A header value in MCP's Base64 form (=?base64?…?=) decoded, others as they are; nullopt if the form is
/// broken.
[[nodiscard]] std::optional<QString> decodeHeaderValue(const QByteArray &value);

} // namespace gatehouse::mcp
