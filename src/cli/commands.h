// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <functional>

namespace gatehouse::cli {

/// Exit codes of every subcommand.
enum ExitCode {
    Ok = 0,
    Usage = 1,
    CannotStart = 2,
    Refused = 3, ///< Sign-in needed, or the token was refused.
    Unreachable = 4,
    ToolFailed = 5,
};

/// Runs a subcommand to its end. `arguments` starts with the subcommand's name. Needs a QCoreApplication.
using Command = int (*)(const QStringList &arguments);

/// The subcommand of that name, or null.
[[nodiscard]] Command commandNamed(const QString &name);

/// What `gatehouse --help` prints.
[[nodiscard]] QString overview();

} // namespace gatehouse::cli
