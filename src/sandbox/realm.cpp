// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/realm.h"

#include "base/json.h"
#include "base/ulid.h"
#include "sandbox/identifier.h"
#include "web/scopes.h"

#include <QCryptographicHash>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

namespace {
constexpr size_t maximumKeys = 10; ///< Whoever rotates for ever shall not make the set grow for ever.
}

Realm::Realm(SandboxSettings wanted, base::Clock time, base::Random entropy)
    : settings(std::move(wanted))
    , clock(std::move(time))
    , random(std::move(entropy))
    , runSecret(base::newSecret(random))
    , environmentClientId(newId(u"client_"_s))
    , controlClientId(newId(u"client_"_s))
    , clients(clock, random)
    , grants(clock, random)
    , forms(clock, random)
{
    begunAt = clock();
    for (const QString &name : std::as_const(settings.faults))
        faults.set(name, true);
}

bool Realm::isOpenTo(QByteArrayView secret) const
{
    // By digest: how long a comparison takes says nothing of the secret.
    const auto digest
        = [](QByteArrayView text) { return QCryptographicHash::hash(text, QCryptographicHash::Sha256); };
    return !settings.isPrivate || digest(secret) == digest(runSecret);
}

QString Realm::newId(const QString &prefix) const
{
    return prefix + base::ulid(clock(), random);
}

void Realm::rotateKeys(bool keepOld, std::function<void(const QString &)> done)
{
    keyMaker.make(newId(u"sso_oidc_key_pair_"_s), clock(),
                  [this, keepOld, done = std::move(done)](const KeyMaker::Made &made) {
                      if (!made)
                          return done(made.error());
                      if (!keepOld)
                          keys.clear();
                      keys.push_back(*made);
                      if (keys.size() > maximumKeys)
                          keys.erase(keys.begin());
                      done({});
                  });
}

TokenFacts Realm::factsOf(const Grant &grant, const User &user) const
{
    TokenFacts facts;
    facts.issuer = issuer;
    facts.audience = !grant.resource.isEmpty() ? grant.resource
        : !settings.defaultResource.isEmpty()  ? settings.defaultResource
                                               : environmentClientId;
    facts.grant = grant;
    facts.user = user;
    facts.tokenId = newId({});
    facts.now = clock() / 1000;
    facts.lifetimeSeconds = settings.accessTokenSeconds;
    return facts;
}

QByteArray Realm::signedToken(const QJsonObject &claims, const QString &keyId) const
{
    const keys::SigningKey &key = keys.back();
    return key.sign({{u"alg"_s, u"RS256"_s}, {u"kid"_s, keyId.isEmpty() ? key.keyId() : keyId}},
                    base::writeJson(claims));
}

base::Expected<QStringList, OAuthError> readScopes(const QString &text, const QStringList &allowed)
{
    const QStringList scopes = web::scopesOf(text);
    const bool isAllowed = std::all_of(scopes.begin(), scopes.end(),
                                       [&](const QString &scope) { return allowed.contains(scope); });
    if (!isAllowed) {
        return base::failure(
            OAuthError{400, u"invalid_scope"_s,
                       u"Ask only for scopes that can be had here: %1."_s.arg(allowed.join(u' '))});
    }
    return scopes;
}

base::Expected<QString, OAuthError> readResource(const QString &text)
{
    if (text.isEmpty())
        return QString();
    const QUrl url(text, QUrl::StrictMode);
    if (text.size() > 2000 || !url.isValid() || url.isRelative() || url.host().isEmpty()
        || text.contains(u'#')) {
        return base::failure(
            OAuthError{400, u"invalid_target"_s,
                       u"Send the server's own address as resource: an absolute URI without a fragment."_s});
    }
    return text;
}

} // namespace gatehouse::sandbox
