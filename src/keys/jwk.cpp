// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/jwk.h"

#include "base/json.h"
#include "keys/algorithm.h"
#include "keys/publickey.h"

#include <QJsonArray>

#include <algorithm>

namespace gatehouse::keys {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maximumKeys = 100;

base::Expected<QString, QString> optionalText(const QJsonObject &json, QLatin1StringView name)
{
    const QJsonValue value = json.value(name);
    if (!value.isUndefined() && !value.isString())
        return base::failure(u"%1 is not a string"_s.arg(name));
    return value.toString();
}

/// Members that only a private key has: whoever publishes them has lost the key.
bool hasPrivateMember(const QJsonObject &json)
{
    for (const auto name : {"d"_L1, "p"_L1, "q"_L1, "dp"_L1, "dq"_L1, "qi"_L1, "oth"_L1, "k"_L1}) {
        if (json.contains(name))
            return true;
    }
    return false;
}

/// A public key of a signature algorithm can do nothing but verify (RFC 7517 §4.3); one that is said to do
/// more is not understood by whoever published it.
base::Expected<void, QString> judgeOperations(const QJsonValue &operations)
{
    if (!operations.isUndefined() && operations != QJsonValue(QJsonArray({u"verify"_s})))
        return base::failure(u"key_ops is not exactly [\"verify\"]"_s);
    return {};
}

/// Two keys that share name, type and algorithm: the same key twice is one, two different ones are none.
QList<Jwk> withoutAmbiguous(const QList<Jwk> &keys, QList<JwkSet::Skipped> &skipped)
{
    QList<Jwk> kept;
    for (qsizetype i = 0; i < keys.size(); ++i) {
        const Jwk &key = keys.at(i);
        const auto isTwin = [&key](const Jwk &other) {
            const bool isForAnother
                = !other.algorithm.isEmpty() && !key.algorithm.isEmpty() && other.algorithm != key.algorithm;
            return other.keyId == key.keyId && other.keyType == key.keyType && other.curve == key.curve
                && !isForAnother;
        };
        const auto isOther = [&](const Jwk &other) { return isTwin(other) && other.json != key.json; };
        if (std::any_of(keys.begin(), keys.end(), isOther))
            skipped.append({key.keyId, u"one of two keys that share their name"_s});
        else if (std::none_of(kept.begin(), kept.end(), isTwin))
            kept.append(key);
    }
    return kept;
}

} // namespace

bool Jwk::fits(const QString &algorithmName) const
{
    const Algorithm *wanted = algorithmNamed(algorithmName);
    return wanted && keyType == wanted->keyType && curve == wanted->curve
        && (algorithm.isEmpty() || algorithm == algorithmName);
}

const Jwk *JwkSet::find(const QString &keyId, const QString &algorithm) const
{
    if (keyId.isEmpty())
        return keys.size() == 1 ? &keys.first() : nullptr;
    const Jwk *named = nullptr;
    for (const Jwk &key : keys) {
        if (key.keyId != keyId)
            continue;
        if (key.fits(algorithm))
            return &key;
        named = named ? named : &key;
    }
    return named;
}

QString JwkSet::whySkipped(const QString &keyId) const
{
    const auto found = std::find_if(skipped.begin(), skipped.end(),
                                    [&keyId](const Skipped &one) { return one.keyId == keyId; });
    return found == skipped.end() || keyId.isEmpty() ? QString() : found->why;
}

base::Expected<Jwk, QString> readJwk(const QJsonObject &json)
{
    const auto type = optionalText(json, "kty"_L1);
    const auto keyId = optionalText(json, "kid"_L1);
    const auto algorithm = optionalText(json, "alg"_L1);
    const auto use = optionalText(json, "use"_L1);
    const auto curve = optionalText(json, "crv"_L1);
    for (const auto *member : {&type, &keyId, &algorithm, &use, &curve}) {
        if (!*member)
            return base::failure(member->error());
    }
    if (hasPrivateMember(json))
        return base::failure(u"a private or symmetric key, which has no business in a public set"_s);
    if (json.contains("use"_L1) && *use != "sig"_L1)
        return base::failure(u"a key that is not meant for signatures"_s);
    if (json.contains("ext"_L1) && !json.value("ext"_L1).isBool())
        return base::failure(u"ext is neither true nor false"_s);
    if (const auto fit = judgeOperations(json.value("key_ops"_L1)); !fit)
        return base::failure(fit.error());
    Jwk jwk{*keyId, *type, *type == "RSA"_L1 ? QString() : *curve, *algorithm, *use, json, {}};
    if (json.contains("alg"_L1) && !jwk.fits(*algorithm))
        return base::failure(u"a key for “%1”, which does not fit its type"_s.arg(algorithm->left(40)));
    const auto key = publicKeyOf(json);
    if (!key)
        return base::failure(key.error());
    jwk.key = *key;
    return jwk;
}

base::Expected<JwkSet, QString> readJwkSet(QByteArrayView body)
{
    const auto document = base::readJsonObject(body);
    if (!document)
        return base::failure(u"The key set is not JSON: %1"_s.arg(document.error().text));
    const QJsonValue keys = document->value("keys"_L1);
    if (!keys.isArray())
        return base::failure(u"The key set has no “keys” array."_s);
    const QJsonArray all = keys.toArray();
    if (all.size() > maximumKeys)
        return base::failure(u"The key set has more than %1 keys."_s.arg(maximumKeys));
    JwkSet set;
    for (const QJsonValue value : all) {
        const auto key = readJwk(value.toObject());
        if (key)
            set.keys.append(*key);
        else
            set.skipped.append({value.toObject().value("kid"_L1).toString(), key.error()});
    }
    set.keys = withoutAmbiguous(set.keys, set.skipped);
    return set;
}

} // namespace gatehouse::keys
