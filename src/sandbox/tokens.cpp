// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/tokens.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

namespace {

void insertText(QJsonObject &claims, const QString &name, const QString &text)
{
    if (!text.isEmpty())
        claims.insert(name, text);
}

QString fullName(const User &user)
{
    return u"%1 %2"_s.arg(user.firstName, user.lastName).trimmed();
}

/// What the sandbox's JWT template adds; a null of AuthKit's templates drops the key, and so does an empty
/// text here.
void insertTemplate(QJsonObject &claims, const TokenFacts &facts)
{
    const User &user = facts.user;
    claims.insert(u"email"_s, user.email);
    claims.insert(u"email_verified"_s, user.emailVerified);
    insertText(claims, u"first_name"_s, user.firstName);
    insertText(claims, u"last_name"_s, user.lastName);
    insertText(claims, u"name"_s, fullName(user));
    insertText(claims, u"picture"_s, user.picture);
    if (const Membership *membership = user.membershipIn(facts.grant.organizationId)) {
        claims.insert(u"role"_s, membership->role);
        claims.insert(u"roles"_s, QJsonArray({membership->role}));
        claims.insert(u"permissions"_s, QJsonArray::fromStringList(membership->permissions));
    }
}

void insertTimes(QJsonObject &claims, const TokenFacts &facts)
{
    const qint64 expiry = facts.now + facts.lifetimeSeconds;
    // One that has expired was issued before it did: else it would be refused for its times and not for its
    // age.
    claims.insert(u"iat"_s, facts.lifetimeSeconds > 0 ? facts.now : expiry - 300);
    claims.insert(u"exp"_s, expiry);
}

} // namespace

QJsonObject accessClaims(const TokenFacts &facts)
{
    QJsonObject claims{{u"iss"_s, facts.issuer},          {u"aud"_s, facts.audience},
                       {u"sub"_s, facts.user.id},         {u"client_id"_s, facts.grant.clientId},
                       {u"sid"_s, facts.grant.consentId}, {u"scope"_s, facts.grant.scopes.join(u' ')},
                       {u"jti"_s, facts.tokenId}};
    insertText(claims, u"org_id"_s, facts.grant.organizationId);
    insertTimes(claims, facts);
    insertTemplate(claims, facts);
    return claims;
}

QJsonObject userClaims(const User &user, const QStringList &scopes)
{
    QJsonObject claims{{u"sub"_s, user.id}};
    if (scopes.contains(u"profile"_s)) {
        insertText(claims, u"name"_s, fullName(user));
        insertText(claims, u"given_name"_s, user.firstName);
        insertText(claims, u"family_name"_s, user.lastName);
        insertText(claims, u"picture"_s, user.picture);
    }
    if (scopes.contains(u"email"_s)) {
        claims.insert(u"email"_s, user.email);
        claims.insert(u"email_verified"_s, user.emailVerified);
    }
    return claims;
}

QJsonObject idClaims(const TokenFacts &facts)
{
    QJsonObject claims = userClaims(facts.user, facts.grant.scopes);
    claims.insert(u"iss"_s, facts.issuer);
    claims.insert(u"aud"_s, facts.grant.clientId);
    insertText(claims, u"nonce"_s, facts.nonce);
    insertTimes(claims, facts);
    return claims;
}

} // namespace gatehouse::sandbox
