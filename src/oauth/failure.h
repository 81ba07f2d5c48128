// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
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
    /// For who offers a way on: what can be done about it.
    enum class Reason {
        Other,
        RegistrationOff, ///< The authorization server registers no clients.
        Denied, ///< The user, or the server in the user's name, said no.
        TargetUnknown, ///< The resource is not known to the authorization server.
        ClientUnknown, ///< The client is gone, or was registered as one with a secret.
        GrantSpent, ///< A code or refresh token came twice or too late.
        TimedOut, ///< Nobody came back from the browser.
        IssuerNotNamed, ///< Only the user can say whether this authorization server is the right one.
    };
    Kind kind = Kind::SignIn;
    QString text; ///< English sentences without secrets; what a peer said in them is bounded and masked.
    QString remedy = {}; ///< What to do about it; may be empty.
    Reason reason = Reason::Other;
};

/// What an `error` of an authorization server means for who goes on from there, whether it came with a
/// redirect, to the token endpoint, or with the address of a page for people (RFC 6749 §4.1.2.1, §5.2; RFC
/// 8707 §2; AuthKit's own).
[[nodiscard]] Failure::Reason reasonOf(QByteArrayView error);

} // namespace gatehouse::oauth
