// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/resourcemetadata.h"
#include "http/message.h"

namespace gatehouse::endpoint {

/// Whether a browser asks for a page: no client of MCP wants HTML.
[[nodiscard]] bool wantsPage(const http::Request &request);

/// What a person sees who opens the server's address: what it is, and how a program is pointed at it.
/// `asksForTokens`: people sign in.
[[nodiscard]] http::Response personPage(const auth::ResourceMetadata &server, bool asksForTokens);

} // namespace gatehouse::endpoint
