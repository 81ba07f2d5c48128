// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/people.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace gatehouse::sandbox {

/// All that an access token says, gathered.
struct TokenFacts
{
    QString issuer;
    QString audience; ///< The resource, or the environment's client id where there is none.
    User user;
    QString organizationId; ///< Empty: none.
    QString clientId;
    QString consentId; ///< AuthKit's `sid` is the consent's id.
    QString tokenId; ///< `jti`
    QStringList scopes;
    qint64 now = 0; ///< Seconds since 1970.
    qint64 lifetimeSeconds = 300; ///< Negative: the token expired that long ago.
};

/// The scopes that AuthKit offers: email, offline_access, openid, profile.
[[nodiscard]] const QStringList &supportedScopes();

/// AuthKit's own claims (iss, aud, sub, client_id, org_id, sid, scope, jti, exp, iat) and those of the
/// sandbox's JWT template: e-mail, names, role, roles and permissions. What is not known is left out.
[[nodiscard]] QJsonObject accessClaims(const TokenFacts &facts);

} // namespace gatehouse::sandbox
