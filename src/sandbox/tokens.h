// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/grants.h"
#include "sandbox/people.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace gatehouse::sandbox {

/// All that a token says, gathered.
struct TokenFacts
{
    QString issuer;
    QString audience; ///< Resource, or client id where there is none.
    Grant grant;
    User user;
    QString tokenId; ///< `jti`
    QString nonce; ///< For the id_token; empty if none was sent.
    qint64 now = 0; ///< Seconds since 1970.
    qint64 lifetimeSeconds = 300; ///< Negative: the token expired that long ago.
};

/// AuthKit's own claims (iss, aud, sub, client_id, org_id, sid, scope, jti, exp, iat) and those of the
/// sandbox's JWT template: e-mail, names, role, roles and permissions. What is not known is left out.
[[nodiscard]] QJsonObject accessClaims(const TokenFacts &facts);

/// The claims about the user that the scopes open (OpenID Connect Core §5.4): what userinfo answers.
[[nodiscard]] QJsonObject userClaims(const User &user, const QStringList &scopes);

/// The claims of an id_token (OpenID Connect Core §2).
[[nodiscard]] QJsonObject idClaims(const TokenFacts &facts);

} // namespace gatehouse::sandbox
