// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gatehouse::oauth {

/// Why a sign-in or a call came to nothing: for a window's line and for an exit code.
struct Failure
{
    enum class Kind {
        SignIn, ///< Discovery, registration, login or token: somebody said no, or something that may not be
                ///< believed.
        Unreachable, ///< The MCP server, or a server that the sign-in needs, gave no usable answer.
        Tool, ///< The tool, or the server in its name, answered with an error.
        Cancelled, ///< The user stopped it.
    };
    Kind kind = Kind::SignIn;
    QString text; ///< English sentences without secrets; what a peer said in them is bounded and masked.
    QString remedy = {}; ///< What to do about it; may be empty.
};

} // namespace gatehouse::oauth
