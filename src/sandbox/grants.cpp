// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/grants.h"

#include "base/ulid.h"
#include "sandbox/identifier.h"
#include "web/pkce.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

namespace {

constexpr qsizetype maximumCodes = 1000;
constexpr qsizetype maximumFamilies = 5000;

OAuthError invalidGrant(const QString &description)
{
    return {400, u"invalid_grant"_s, description};
}

/// Makes room for one more: the entry with the smallest age key goes.
template <typename Key, typename Value, typename Age>
void makeRoom(QHash<Key, Value> &entries, qsizetype maximum, Age age)
{
    if (entries.size() < maximum)
        return;
    entries.erase(std::min_element(entries.begin(), entries.end(),
                                   [&age](const Value &a, const Value &b) { return age(a) < age(b); }));
}

/// "rt_<family>_<secret>": the family is found without keeping the spent tokens.
QString familyOf(const QString &refreshToken)
{
    return refreshToken.startsWith("rt_"_L1) && refreshToken.size() > 30 && refreshToken.at(29) == u'_'
        ? refreshToken.mid(3, 26)
        : QString();
}

} // namespace

Grants::Grants(base::Clock clock, base::Random random)
    : m_clock(std::move(clock))
    , m_random(std::move(random))
{ }

QString Grants::issueCode(const CodeGrant &grant)
{
    const qint64 now = m_clock();
    // A spent code is remembered for as long as it could have been used by a thief.
    m_codes.removeIf([now](const auto &entry) { return now - entry.value().issuedAt > 10 * codeLifetimeMs; });
    makeRoom(m_codes, maximumCodes, [](const Code &code) { return code.issuedAt; });
    const QString code = newSecret(m_random);
    m_codes.insert(digestOf(code), {grant, now, false, {}});
    return code;
}

base::Expected<CodeGrant, OAuthError> Grants::redeem(const Redemption &redemption)
{
    const auto it = m_codes.find(digestOf(redemption.code));
    // A code of another client is as unknown as any: whoever sends it learns nothing and spends nothing.
    if (it == m_codes.end() || it->grant.grant.clientId != redemption.clientId)
        return base::failure(invalidGrant(
            u"The code is unknown here: start again at /oauth2/authorize with this client_id."_s));
    if (it->isSpent) {
        m_families.remove(it->family);
        return base::failure(invalidGrant(
            u"The code was used before, so what came of it is revoked: start again at /oauth2/authorize."_s));
    }
    it->isSpent = true;
    if (m_clock() - it->issuedAt > codeLifetimeMs)
        return base::failure(
            invalidGrant(u"The code has expired after 60 seconds: start again at /oauth2/authorize."_s));
    if (redemption.redirectUri != it->grant.redirectUri)
        return base::failure(invalidGrant(
            u"Send the same redirect_uri as to /oauth2/authorize, byte for byte, and start again there."_s));
    if (!web::isCodeVerifier(redemption.codeVerifier.toUtf8()))
        return base::failure(invalidGrant(
            u"Send code_verifier: the 43 to 128 characters that code_challenge was made from."_s));
    if (web::codeChallengeOf(redemption.codeVerifier.toUtf8()) != it->grant.codeChallenge.toUtf8())
        return base::failure(invalidGrant(
            u"The code_verifier does not belong to the code_challenge: start again with a new pair."_s));
    return it->grant;
}

QString Grants::issueRefreshToken(const Grant &grant, const QString &code)
{
    const qint64 now = m_clock();
    makeRoom(m_families, maximumFamilies, [](const Family &family) { return family.usedAt; });
    const QString id = base::ulid(now, m_random);
    const QString token = u"rt_"_s + id + u'_' + newSecret(m_random);
    m_families.insert(id, {grant, now, digestOf(token)});
    if (const auto it = m_codes.find(digestOf(code)); it != m_codes.end())
        it->family = id;
    return token;
}

base::Expected<Grant, OAuthError> Grants::use(const QString &refreshToken, const QString &clientId)
{
    const auto it = m_families.find(familyOf(refreshToken));
    if (it == m_families.end() || it->grant.clientId != clientId)
        return base::failure(invalidGrant(
            u"The refresh token is unknown here or revoked: sign in again at /oauth2/authorize."_s));
    if (it->digest != digestOf(refreshToken)) {
        m_families.erase(it);
        return base::failure(invalidGrant(
            u"The refresh token was used before, so all that came after it are revoked: sign in again at /oauth2/authorize."_s));
    }
    if (m_clock() - it->usedAt > refreshLifetimeMs) {
        m_families.erase(it);
        return base::failure(invalidGrant(
            u"The refresh token has not been used for 30 days: sign in again at /oauth2/authorize."_s));
    }
    return it->grant;
}

void Grants::end(const QString &userId, const QString &clientId)
{
    const auto isIt
        = [&](const Grant &grant) { return grant.userId == userId && grant.clientId == clientId; };
    m_codes.removeIf([&isIt](const auto &entry) { return isIt(entry.value().grant.grant); });
    m_families.removeIf([&isIt](const auto &entry) { return isIt(entry.value().grant); });
}

QString Grants::rotate(const QString &refreshToken, const Grant &grant)
{
    const QString id = familyOf(refreshToken);
    const QString token = u"rt_"_s + id + u'_' + newSecret(m_random);
    m_families.insert(id, {grant, m_clock(), digestOf(token)});
    return token;
}

} // namespace gatehouse::sandbox
