// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/verdict.h"
#include "base/accessrequirements.h"

#include <QHash>
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
    base::AccessRequirements needs = {}; ///< Of every call.
    QHash<QString, QStringList> scopeIncludes = {}; ///< A scope and those that whoever has it has as well.
    int toleranceSeconds = 10; ///< 0–60.
    bool accessTokensOnly = true; ///< False where a client looks at its own ID token.
    bool verifyJwt = true; ///< False: the signature is not checked. For development on loopback.
};

/// Judges the claims of a decoded token (RFC 7519 §4.1): issuer, audience, subject, times, and the types of
/// all that decides something later. One check each, also after a failure. What checks show is masked;
/// `shown` are the claims as base::maskJson() gives them. Pure; `nowMs` since 1970.
[[nodiscard]] QList<Check> judgeClaims(const QJsonObject &claims, const QJsonObject &shown,
                                       const Policy &policy, qint64 nowMs);

/// The next moment after `nowMs` at which these claims, which passed, could be judged otherwise: one of their
/// times comes, or has passed by as much as is tolerated. Milliseconds since 1970.
[[nodiscard]] qint64 judgedAnewAt(const QJsonObject &claims, const Policy &policy, qint64 nowMs);

/// Of the scopes wanted, those that were neither granted nor are included, over any number of steps, in one
/// that was.
[[nodiscard]] QStringList missingScopes(const QStringList &granted, const QStringList &wanted,
                                        const QHash<QString, QStringList> &includes = {});

/// Judges what an operation needs: one check each for scopes, permissions and organization, where some are
/// needed.
[[nodiscard]] QList<Check> judgeNeeds(const Principal &principal, const base::AccessRequirements &needs,
                                      const Policy &policy);

[[nodiscard]] Principal principalOf(const QJsonObject &claims, bool verified, const QString &algorithm);

} // namespace gatehouse::auth
