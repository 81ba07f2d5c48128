// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace gatehouse::mcp {

/// Whose something is. What was made for one is given to nobody who differs in any of it: the same person
/// with a token for another organization, of another client or of another issuer is somebody else.
struct Identity
{
    QString issuer = {};
    QString userId = {};
    QString organizationId = {};
    QString clientId = {};

    bool operator==(const Identity &) const = default;
};

/// Who calls a tool, as the verified token says: what mcp-use's WorkOS provider gives to its tools, by the
/// same names. Everything that AuthKit did not put into the token is empty.
struct Caller
{
    bool authenticated = false; ///< False only where the server runs without authorization.
    bool verified = false; ///< False where verifyJwt is off: the claims are then somebody's words.
    QString issuer; ///< `iss`
    QString userId; ///< `sub`; mcp-use's `id` and `userId`.
    QString email;
    bool emailVerified = false;
    QString name;
    QString preferredUsername;
    QString firstName;
    QString lastName;
    QString picture;
    QString organizationId; ///< `org_id`; empty when no organization was chosen.
    QString sessionId; ///< `sid`: AuthKit's consent, not an MCP session.
    QString clientId; ///< `client_id`, else `azp`
    QStringList roles;
    QStringList permissions;
    QStringList scopes;
    qint64 expiresAt = 0; ///< Seconds since 1970.
    QJsonObject claims; ///< All claims as they came.

    [[nodiscard]] Identity identity() const { return {issuer, userId, organizationId, clientId}; }
};

} // namespace gatehouse::mcp
