// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oauth/flow.h"

#include <functional>

namespace gatehouse::cli {

/// 3 where the sign-in was refused, 4 where nobody answered, 5 where the server or its tool answered with an
/// error.
[[nodiscard]] int exitCodeOf(const oauth::Flow &flow);

/// Runs the flow to its end and tells of it on stderr, in lines or as JSON; `finish` prints what came of it
/// and returns the exit code. Ctrl+C stops it.
[[nodiscard]] int runFlow(const oauth::FlowSettings &settings, bool json,
                          const std::function<int(const oauth::Flow &)> &finish);

} // namespace gatehouse::cli
