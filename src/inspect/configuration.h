// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "host/settings.h"

#include <Gatehouse/server.h>

namespace gatehouse::inspect {

/// What runs under the window: what was kept, over it the environment, and over both what the program says by
/// itself, as if that were on a command line.
[[nodiscard]] host::Configuration configurationOf(const Gatehouse::Server::Options &options, int port,
                                                  const host::Settings &kept,
                                                  const QHash<QString, QString> &environment);

} // namespace gatehouse::inspect
