// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace gatehouse::cli {

/// `gatehouse sandbox`: only the authorization server until SIGINT or SIGTERM.
[[nodiscard]] int runSandbox(const QStringList &arguments);

/// `gatehouse token`: asks the running sandbox's control endpoint for an access token and prints only that.
[[nodiscard]] int runToken(const QStringList &arguments);

} // namespace gatehouse::cli
