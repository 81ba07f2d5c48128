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
/// Those with `initialize` that a client of ours can talk to: also the one before Streamable HTTP, which some
/// servers name whatever they speak.
[[nodiscard]] const QStringList &understoodRevisions();

/// By the request's _meta, its method and its version header, before any method is looked up (MCP 2026-07-28,
/// "Versioning").
[[nodiscard]] Era eraOf(const MirroredHeaders &headers, const Message &message);

/// The checks of 2026-07-28 on _meta and headers, in the order that the specification's suite wants. An error
/// goes with HTTP 400.
[[nodiscard]] std::optional<RpcError> judgeModern(const MirroredHeaders &headers, const Message &message);

} // namespace gatehouse::protocol
