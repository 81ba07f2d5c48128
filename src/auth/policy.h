// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/verdict.h"

#include <QString>
#include <QStringList>

namespace gatehouse::auth {

/// What a token must be to get in. Strings are compared byte for byte.
struct Policy
{
    QString issuer = {};
    QString resource = {}; ///< This server, as published in its metadata: `aud` must contain it …
    QStringList audiences = {}; ///< … or one of these.
    QStringList algorithms = {QStringLiteral("RS256")};
    QStringList requiredScopes = {}; ///< For every call.
    int toleranceSeconds = 10; ///< 0–60.
    bool accessTokensOnly = true; ///< False where a client looks at its own ID token.
    bool verifyJwt = true; ///< False: the signature is not checked. For development on loopback.
};

/// Judges the claims of a decoded token (RFC 7519 §4.1): issuer, audience, subject, times, and the types of
/// all that decides something later. One check each, also after a failure. Pure; `nowMs` since 1970.
[[nodiscard]] QList<Check> judgeClaims(const QJsonObject &claims, const Policy &policy, qint64 nowMs);

/// Of the scopes wanted, those that were not granted.
[[nodiscard]] QStringList missingScopes(const QStringList &granted, const QStringList &wanted);

[[nodiscard]] Principal principalOf(const QJsonObject &claims, bool verified);

} // namespace gatehouse::auth
