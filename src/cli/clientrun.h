// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oauth/flow.h"

#include <QCommandLineParser>

#include <functional>

namespace gatehouse::cli {

/// 3 where the sign-in was refused, 4 where nobody answered, 5 where the server or its tool answered with an
/// error.
[[nodiscard]] int exitCodeOf(const oauth::Flow &flow);

/// Around the flow of one command.
struct RunWay
{
    bool json = false; ///< For programs.
    bool usesKeyring = true;
};
[[nodiscard]] RunWay runWayFrom(const QCommandLineParser &parser);

/// Runs the flow to its end and tells of it on stderr, in lines or as JSON; `finish` prints what came of it
/// and returns the exit code. Ctrl+C stops it. While a browser is out, a person at the terminal may paste the
/// address at which one on another machine ended.
[[nodiscard]] int runFlow(const oauth::FlowSettings &settings, const RunWay &way,
                          const std::function<int(const oauth::Flow &)> &finish);

} // namespace gatehouse::cli
