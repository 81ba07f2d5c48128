// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/features.h"

#include <Gatehouse/server.h>

namespace Gatehouse {

/// What a program offers, as the protocol engine takes it.
template <typename Answer> using Handling = std::function<void(const Call &, const ReplyWith<Answer> &)>;
[[nodiscard]] gatehouse::mcp::Tool offered(const Tool &tool, Handling<Result> handler);
[[nodiscard]] gatehouse::mcp::Resource offered(const Resource &resource, Handling<Contents> handler);
[[nodiscard]] gatehouse::mcp::ResourceTemplate offered(const ResourceTemplate &resources,
                                                       Handling<Contents> handler);
[[nodiscard]] gatehouse::mcp::Prompt offered(const Prompt &prompt, Handling<Messages> handler);

} // namespace Gatehouse
