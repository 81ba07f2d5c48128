// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/sink.h"
#include "mcp/dispatcher.h"
#include "mcp/features.h"

#include <Gatehouse/server.h>
#include <functional>

namespace Gatehouse {

/// What somebody else needs who serves in the place of a server that a program has made: the window.
struct Inspection
{
    [[nodiscard]] static const Server::Options &optionsOf(const Server &server);
    [[nodiscard]] static gatehouse::mcp::ServerDescription descriptionOf(const Server &server);
    /// Why what it offers cannot be, in one sentence.
    [[nodiscard]] static gatehouse::mcp::Features::Added judge(const Server &server);
    /// Adds what it offers, and from then on what changes of that, also from another thread.
    [[nodiscard]] static std::function<void(gatehouse::mcp::Features &)> offerOf(Server &server);
    /// Tells its observers.
    [[nodiscard]] static gatehouse::exchange::Sink *sinkOf(Server &server);
};

} // namespace Gatehouse
