// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace gatehouse::cli {

/// `gatehouse serve`: the host without a window until SIGINT or SIGTERM.
[[nodiscard]] int runServe(const QStringList &arguments);

} // namespace gatehouse::cli
