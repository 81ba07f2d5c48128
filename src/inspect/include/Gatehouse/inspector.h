// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Gatehouse/server.h>

namespace Gatehouse {

/// Opens Gatehouse's window over the server: serves what it offers, with its options, and shows each request,
/// until the window is closed. In the place of Server::listen(). Needs a QApplication, made before the
/// server, and a display; 1 with a sentence on stderr where something is missing. Handlers and observers run
/// on a thread of the server's. Without an AuthKit environment the sandbox stands in for it.
[[nodiscard]] int inspect(Server &server, int port = 3000);

} // namespace Gatehouse
