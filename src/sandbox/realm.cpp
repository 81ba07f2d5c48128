// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/realm.h"

#include "base/json.h"
#include "sandbox/identifier.h"

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

namespace {
constexpr size_t maximumKeys = 10; ///< Whoever rotates for ever shall not make the set grow for ever.
}

Realm::Realm(SandboxSettings wanted, base::Clock time, base::Random entropy)
    : settings(std::move(wanted))
    , clock(std::move(time))
    , random(std::move(entropy))
    , environmentClientId(newId(u"client_"_s))
    , controlClientId(newId(u"client_"_s))
{ }

QString Realm::newId(const QString &prefix) const
{
    return prefix + ulid(clock(), random);
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

QByteArray Realm::signedToken(const QJsonObject &claims) const
{
    const keys::SigningKey &key = keys.back();
    return key.sign({{u"alg"_s, u"RS256"_s}, {u"kid"_s, key.keyId()}}, base::writeJson(claims));
}

} // namespace gatehouse::sandbox
