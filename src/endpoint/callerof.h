// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/verdict.h"
#include "mcp/caller.h"

namespace gatehouse::endpoint {

/// The tool's view of who calls: the claims that AuthKit issues and mcp-use reads, by the names tools know.
/// An empty principal, as of a request that was let in without a token, gives an unauthenticated caller.
[[nodiscard]] mcp::Caller callerOf(const auth::Principal &principal);

} // namespace gatehouse::endpoint
