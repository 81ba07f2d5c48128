// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace gatehouse::cli {

/// `gatehouse call URL TOOL [JSON]`: signs in where the server wants it and calls one tool. The result goes
/// to stdout, everything else to stderr; without a sign-in there is nothing else.
[[nodiscard]] int runCall(const QStringList &arguments);

/// `gatehouse login URL`: signs in, keeps that, and prints the names of the server's tools.
[[nodiscard]] int runLogin(const QStringList &arguments);

/// `gatehouse logout URL`: forgets the sign-in that is kept for that server, and has it revoked where that
/// can be.
[[nodiscard]] int runLogout(const QStringList &arguments);

} // namespace gatehouse::cli
