// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/callerof.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace gatehouse::endpoint {

namespace {

QStringList strings(const QJsonValue &value)
{
    QStringList out;
    const QJsonArray array = value.toArray();
    for (const QJsonValue item : array) {
        if (item.isString())
            out.append(item.toString());
    }
    return out;
}

QString nameOf(const QJsonObject &claims)
{
    const QString name = claims.value("name"_L1).toString();
    if (!name.isEmpty())
        return name;
    return (claims.value("first_name"_L1).toString() + u' ' + claims.value("last_name"_L1).toString())
        .trimmed();
}

} // namespace

mcp::Caller callerOf(const auth::Principal &principal)
{
    mcp::Caller caller;
    if (principal.subject.isEmpty())
        return caller;
    const QJsonObject &claims = principal.claims;
    caller.authenticated = true;
    caller.verified = principal.verified;
    caller.issuer = claims.value("iss"_L1).toString();
    caller.userId = principal.subject;
    caller.email = claims.value("email"_L1).toString();
    caller.emailVerified = claims.value("email_verified"_L1).toBool();
    caller.name = nameOf(claims);
    caller.preferredUsername = claims.value("preferred_username"_L1).toString();
    caller.firstName = claims.value("first_name"_L1).toString();
    caller.lastName = claims.value("last_name"_L1).toString();
    caller.picture = claims.value("picture"_L1).toString();
    caller.organizationId = principal.organizationId;
    caller.sessionId = claims.value("sid"_L1).toString();
    caller.clientId = principal.clientId;
    caller.roles = strings(claims.value("roles"_L1));
    // Stock AuthKit names one role only; a tool that looks at roles should see it, too.
    if (const QString role = claims.value("role"_L1).toString(); !role.isEmpty() && caller.roles.isEmpty())
        caller.roles.append(role);
    caller.permissions = strings(claims.value("permissions"_L1));
    caller.scopes = principal.scopes;
    caller.expiresAt = principal.expiresAt;
    caller.claims = claims;
    return caller;
}

} // namespace gatehouse::endpoint
