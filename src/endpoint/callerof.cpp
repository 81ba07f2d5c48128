// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/callerof.h"

namespace gatehouse::endpoint {

mcp::Caller callerOf(const auth::Principal &principal)
{
    mcp::Caller caller;
    if (principal.subject.isEmpty())
        return caller;
    caller.authenticated = true;
    caller.verified = principal.verified;
    caller.issuer = principal.issuer;
    caller.userId = principal.subject;
    caller.email = principal.email;
    caller.emailVerified = principal.emailVerified;
    caller.name = principal.name;
    caller.preferredUsername = principal.preferredUsername;
    caller.firstName = principal.firstName;
    caller.lastName = principal.lastName;
    caller.picture = principal.picture;
    caller.organizationId = principal.organizationId;
    caller.sessionId = principal.sessionId;
    caller.clientId = principal.clientId;
    caller.roles = principal.roles;
    caller.permissions = principal.permissions;
    caller.scopes = principal.scopes;
    caller.expiresAt = principal.expiresAt;
    caller.claims = principal.claims;
    return caller;
}

} // namespace gatehouse::endpoint
