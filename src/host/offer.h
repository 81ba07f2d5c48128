// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/dispatcher.h"
#include "mcp/features.h"

#include <functional>

namespace gatehouse::host {

/// What a server offers, and how it calls itself.
struct Offer
{
    mcp::ServerDescription description = {};
    bool hasOwnTools = true; ///< This program's are there as well.
    /// Called once, on the engine's thread, before it first listens. What it is given stays until the
    /// engine's end; tools may come and go.
    std::function<void(mcp::Features &)> add = {};
};

} // namespace gatehouse::host
