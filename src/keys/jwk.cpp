// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/jwk.h"

#include "base/base64url.h"
#include "base/json.h"
#include "keys/opensslhandle.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>

namespace gatehouse::keys {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maximumKeys = 100;

using Params = std::unique_ptr<OSSL_PARAM, OpenSslFree<OSSL_PARAM_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, OpenSslFree<OSSL_PARAM_BLD_free>>;

base::Expected<QString, QString> optionalText(const QJsonObject &json, QLatin1StringView name)
{
    const QJsonValue value = json.value(name);
    if (!value.isUndefined() && !value.isString())
        return base::failure(u"%1 is not a string"_s.arg(name));
    return value.toString();
}

/// An unsigned big-endian integer in the fewest bytes (RFC 7518 §2, Base64urlUInt).
base::Expected<QByteArray, QString> unsignedInteger(const QJsonObject &json, QLatin1StringView name)
{
    const QJsonValue value = json.value(name);
    if (!value.isString())
        return base::failure(u"%1 is missing"_s.arg(name));
    const auto bytes = base::fromBase64Url(value.toString().toLatin1());
    if (!bytes || bytes->isEmpty())
        return base::failure(u"%1 is not base64url"_s.arg(name));
    if (bytes->front() == '\0')
        return base::failure(u"%1 has a leading zero"_s.arg(name));
    return *bytes;
}

/// A 16,384-bit modulus or a 2,047-bit exponent makes each check cost seconds; a small or even one makes it
/// worthless.
base::Expected<void, QString> judgeRsa(const BIGNUM *modulus, const BIGNUM *exponent)
{
    const int bits = BN_num_bits(modulus);
    if (bits < 2048 || bits > 8192)
        return base::failure(u"an RSA key of %1 bits, wanted are 2048 to 8192"_s.arg(bits));
    if (!BN_is_odd(modulus))
        return base::failure(u"an even RSA modulus"_s);
    if (!BN_is_odd(exponent) || BN_num_bits(exponent) > 64 || BN_num_bits(exponent) < 2)
        return base::failure(u"an RSA exponent that is even, 1 or longer than 64 bits"_s);
    return {};
}

base::Expected<std::shared_ptr<EVP_PKEY>, QString> buildRsa(const QJsonObject &json)
{
    const auto n = unsignedInteger(json, "n"_L1);
    if (!n)
        return base::failure(n.error());
    const auto e = unsignedInteger(json, "e"_L1);
    if (!e)
        return base::failure(e.error());
    if (n->size() > 2048 || e->size() > 2048)
        return base::failure(u"an RSA key that is far too long"_s);
    const auto number = [](const QByteArray &bytes) {
        return BigNumber(BN_bin2bn(reinterpret_cast<const unsigned char *>(bytes.constData()),
                                   int(bytes.size()), nullptr));
    };
    const BigNumber modulus = number(*n);
    const BigNumber exponent = number(*e);
    if (const auto fit = judgeRsa(modulus.get(), exponent.get()); !fit)
        return base::failure(fit.error());

    const ParamBuilder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
    const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    const PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY *key = nullptr;
    if (!context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
        return base::failure(takeOpenSslError());
    }
    return std::shared_ptr<EVP_PKEY>(key, EVP_PKEY_free);
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

base::Expected<void, QString> judgeOperations(const QJsonValue &operations)
{
    if (operations.isUndefined())
        return {};
    if (!operations.isArray())
        return base::failure(u"key_ops is not an array"_s);
    if (!operations.toArray().contains(u"verify"_s))
        return base::failure(u"key_ops does not allow to verify"_s);
    return {};
}

} // namespace

base::Expected<Jwk, QString> readJwk(const QJsonObject &json)
{
    const auto type = optionalText(json, "kty"_L1);
    const auto keyId = optionalText(json, "kid"_L1);
    const auto algorithm = optionalText(json, "alg"_L1);
    const auto use = optionalText(json, "use"_L1);
    for (const auto *member : {&type, &keyId, &algorithm, &use}) {
        if (!*member)
            return base::failure(member->error());
    }
    if (hasPrivateMember(json))
        return base::failure(u"a private or symmetric key, which has no business in a public set"_s);
    if (*type != "RSA"_L1)
        return base::failure(u"a key type other than RSA"_s);
    if (!use->isEmpty() && *use != "sig"_L1)
        return base::failure(u"a key that is not meant for signatures"_s);
    if (!algorithm->isEmpty() && !algorithm->startsWith("RS"_L1) && !algorithm->startsWith("PS"_L1))
        return base::failure(u"an RSA key for an algorithm that is not RSA's"_s);
    if (const auto fit = judgeOperations(json.value("key_ops"_L1)); !fit)
        return base::failure(fit.error());
    const auto key = buildRsa(json);
    if (!key)
        return base::failure(key.error());
    return Jwk{*keyId, *type, *algorithm, *use, json, *key};
}

base::Expected<QList<Jwk>, QString> readJwkSet(QByteArrayView body, QStringList *skipped)
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
    QList<Jwk> usable;
    for (const QJsonValue &value : all) {
        const auto key = readJwk(value.toObject());
        if (key)
            usable.append(*key);
        else if (skipped)
            skipped->append(u"%1: %2"_s.arg(value.toObject().value("kid"_L1).toString(), key.error()));
    }
    return usable;
}

} // namespace gatehouse::keys
