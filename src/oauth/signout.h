// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oauth/flow.h"

#include <QString>

#include <functional>

namespace gatehouse::oauth {

/// What came of forgetting a sign-in.
struct SignedOut
{
    bool wasKept = false; ///< Else there was none for that address, and nothing was done.
    QString issuer = {};
    bool isRevoked = false; ///< The authorization server has been told, and said yes.
    QString note = {}; ///< Why it was not, as an English sentence; empty where it was.
};

/// Forgets the sign-in that is kept for an MCP server, and has its authorization server revoke the refresh
/// token, or the access token where there is no other, where that server says how (RFC 7009). What is kept
/// goes in any case. The registration of the client and what the user said of the issuer stay. `parts`
/// outlive the callback, which comes once.
void signOut(const QString &server, const FlowParts &parts, std::function<void(const SignedOut &)> done);

} // namespace gatehouse::oauth
