// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "fuzz/fuzz.h"
#include "keys/algorithm.h"
#include "keys/jwk.h"
#include "keys/signature.h"
#include "keys/signingkey.h"

#include <QJsonArray>

using namespace gatehouse;
using namespace Qt::StringLiterals;

void fuzz::tryInput(const QByteArray &input)
{
    const auto set = keys::readJwkSet(input);
    if (!set)
        return;
    require(set->keys.size() + set->skipped.size() <= 100, "a set without a bound was read");
    for (const keys::Jwk &key : set->keys) {
        require(key.key != nullptr, "a usable key without its numbers");
        for (const auto member : {"d"_L1, "p"_L1, "q"_L1, "k"_L1})
            require(!key.json.contains(member), "a private key was taken");
        int fitting = 0;
        const QStringList names = keys::algorithmNames();
        for (const QString &name : names) {
            fitting += key.fits(name) ? 1 : 0;
            require(keys::verifySignature(name, key, "text", QByteArray(256, '\0'))
                        != keys::SignatureAnswer::Good,
                    "a signature of zeros was accepted");
        }
        require(fitting > 0, "a usable key that is of no use");
        require(set->find(key.keyId, names.first()) || key.keyId.isEmpty(),
                "a key that its own name does not find");
    }
    for (const keys::JwkSet::Skipped &skipped : set->skipped)
        require(!skipped.why.isEmpty(), "a key was skipped without a reason");
}

QByteArrayList fuzz::seeds()
{
    QJsonArray all;
    QByteArrayList out;
    for (const QString &name : {u"RS256"_s, u"ES256"_s, u"ES512"_s, u"EdDSA"_s}) {
        const QJsonObject jwk = keys::SigningKey::generate(name, 0, name).value().publicJwk();
        all.append(jwk);
        out.append(base::writeJson(QJsonObject{{u"keys"_s, QJsonArray({jwk})}}));
    }
    out.append(base::writeJson(QJsonObject{{u"keys"_s, all}}));
    out.append(R"({"keys":[{"kty":"oct","k":"AQ"},{"kty":"RSA","n":"AQ","e":"AQAB"},{},7,null]})");
    out.append(R"({"keys":[]})");
    return out;
}
