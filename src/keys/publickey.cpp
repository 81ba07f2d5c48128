// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/publickey.h"

#include "base/base64url.h"
#include "keys/opensslhandle.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <array>

namespace gatehouse::keys {

using namespace Qt::StringLiterals;

namespace {

using Params = std::unique_ptr<OSSL_PARAM, OpenSslFree<OSSL_PARAM_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, OpenSslFree<OSSL_PARAM_BLD_free>>;
using MadeKey = base::Expected<std::shared_ptr<EVP_PKEY>, QString>;

const unsigned char *bytesOf(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

base::Expected<QByteArray, QString> bytesOf(const QJsonObject &jwk, QLatin1StringView name)
{
    const QJsonValue value = jwk.value(name);
    if (!value.isString())
        return base::failure(u"%1 is missing"_s.arg(name));
    const auto bytes = base::fromBase64Url(value.toString().toLatin1());
    if (!bytes || bytes->isEmpty())
        return base::failure(u"%1 is not base64url"_s.arg(name));
    return *bytes;
}

/// An unsigned big-endian integer in the fewest bytes (RFC 7518 §2, Base64urlUInt).
base::Expected<QByteArray, QString> unsignedInteger(const QJsonObject &jwk, QLatin1StringView name)
{
    const auto bytes = bytesOf(jwk, name);
    if (bytes && bytes->front() == '\0')
        return base::failure(u"%1 has a leading zero"_s.arg(name));
    return bytes;
}

MadeKey makeKey(const char *type, const ParamBuilder &builder)
{
    const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    const PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY *key = nullptr;
    if (!context || !params || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
        return base::failure(takeOpenSslError());
    }
    return std::shared_ptr<EVP_PKEY>(key, EVP_PKEY_free);
}

/// ROCA (CVE-2017-15361): moduli of one chip maker's library are powers of 65537 modulo each of these primes
/// at once, by which they are known, and can be factored. One good key in 2^27 looks the same.
bool hasRocaFlaw(const BIGNUM *modulus)
{
    constexpr std::array<BN_ULONG, 17> primes
        = {11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157};
    return std::all_of(primes.begin(), primes.end(), [modulus](BN_ULONG prime) {
        const BN_ULONG rest = BN_mod_word(modulus, prime);
        BN_ULONG power = 1;
        do {
            if (power == rest)
                return true;
            power = power * 65537 % prime;
        } while (power != 1);
        return false;
    });
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
    if (hasRocaFlaw(modulus))
        return base::failure(u"an RSA key with the ROCA flaw, which can be factored"_s);
    return {};
}

MadeKey rsaKey(const QJsonObject &jwk)
{
    const auto n = unsignedInteger(jwk, "n"_L1);
    if (!n)
        return base::failure(n.error());
    const auto e = unsignedInteger(jwk, "e"_L1);
    if (!e)
        return base::failure(e.error());
    if (n->size() > 2048 || e->size() > 2048)
        return base::failure(u"an RSA key that is far too long"_s);
    const BigNumber modulus(BN_bin2bn(bytesOf(*n), int(n->size()), nullptr));
    const BigNumber exponent(BN_bin2bn(bytesOf(*e), int(e->size()), nullptr));
    if (const auto fit = judgeRsa(modulus.get(), exponent.get()); !fit)
        return base::failure(fit.error());
    const ParamBuilder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
    return makeKey("RSA", builder);
}

struct Curve
{
    QLatin1StringView name;
    const char *group; ///< OpenSSL's name.
    qsizetype bytes; ///< Of a coordinate (RFC 7518 §6.2.1.2: always the full length).
};

MadeKey ecKey(const QJsonObject &jwk)
{
    constexpr std::array curves = {Curve{"P-256"_L1, "prime256v1", 32}, Curve{"P-384"_L1, "secp384r1", 48},
                                   Curve{"P-521"_L1, "secp521r1", 66}};
    const QString name = jwk.value("crv"_L1).toString();
    const auto curve = std::find_if(curves.begin(), curves.end(),
                                    [&name](const Curve &known) { return name == known.name; });
    if (curve == curves.end())
        return base::failure(u"an EC key on a curve other than P-256, P-384 and P-521"_s);
    const auto x = bytesOf(jwk, "x"_L1);
    const auto y = bytesOf(jwk, "y"_L1);
    if (!x || !y)
        return base::failure(!x ? x.error() : y.error());
    if (x->size() != curve->bytes || y->size() != curve->bytes)
        return base::failure(u"an EC coordinate that is not %1 bytes long"_s.arg(curve->bytes));
    const QByteArray point = '\x04' + *x + *y; // SEC 1 §2.3.3, uncompressed.
    const ParamBuilder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve->group, 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.constData(),
                                     size_t(point.size()));
    MadeKey key = makeKey("EC", builder);
    const PkeyContext context(key ? EVP_PKEY_CTX_new_from_pkey(nullptr, key->get(), nullptr) : nullptr);
    const bool onCurve = context && EVP_PKEY_public_check(context.get()) == 1;
    ERR_clear_error();
    if (!onCurve)
        return base::failure(u"an EC point that is not on its curve"_s);
    return key;
}

MadeKey edKey(const QJsonObject &jwk)
{
    if (jwk.value("crv"_L1).toString() != "Ed25519"_L1)
        return base::failure(u"an OKP key on a curve other than Ed25519"_s);
    const auto x = bytesOf(jwk, "x"_L1);
    if (!x)
        return base::failure(x.error());
    if (x->size() != 32)
        return base::failure(u"an Ed25519 key that is not 32 bytes long"_s);
    EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytesOf(*x), size_t(x->size()));
    if (!key)
        return base::failure(takeOpenSslError());
    return std::shared_ptr<EVP_PKEY>(key, EVP_PKEY_free);
}

} // namespace

base::Expected<std::shared_ptr<evp_pkey_st>, QString> publicKeyOf(const QJsonObject &jwk)
{
    const QString type = jwk.value("kty"_L1).toString();
    if (type == "RSA"_L1)
        return rsaKey(jwk);
    if (type == "EC"_L1)
        return ecKey(jwk);
    if (type == "OKP"_L1)
        return edKey(jwk);
    return base::failure(u"a key type other than RSA, EC and OKP"_s);
}

} // namespace gatehouse::keys
