// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/signingkey.h"

#include "base/base64url.h"
#include "base/json.h"
#include "base/logging.h"
#include "keys/algorithm.h"
#include "keys/opensslhandle.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonArray>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>

namespace gatehouse::keys {

using namespace Qt::StringLiterals;

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::keys::SigningKey)
};

using EcdsaSignature = std::unique_ptr<ECDSA_SIG, OpenSslFree<ECDSA_SIG_free>>;
using Certificate = std::unique_ptr<X509, OpenSslFree<X509_free>>;

constexpr long yearInSeconds = 365L * 24 * 60 * 60;

/// A number of the key, padded on the left to `bytes`, or in its fewest bytes.
QString base64Number(const EVP_PKEY *key, const char *name, int bytes = 0)
{
    BIGNUM *raw = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &raw) != 1)
        return {};
    const BigNumber number(raw);
    QByteArray out(std::max(bytes, BN_num_bytes(number.get())), '\0');
    BN_bn2binpad(number.get(), reinterpret_cast<unsigned char *>(out.data()), int(out.size()));
    return QString::fromLatin1(base::toBase64Url(out));
}

EVP_PKEY *generated(const Algorithm &algorithm)
{
    switch (algorithm.scheme) {
    case Algorithm::Scheme::Pkcs1:
    case Algorithm::Scheme::Pss:
        return EVP_RSA_gen(2048);
    case Algorithm::Scheme::Ecdsa:
        return EVP_EC_gen(algorithm.curve.data());
    case Algorithm::Scheme::EdDsa:
        return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    }
    Q_UNREACHABLE();
}

/// The members that only this kind of key has (RFC 7518 §6, RFC 8037 §2).
QJsonObject numbersOf(const EVP_PKEY *key, const Algorithm &algorithm)
{
    if (algorithm.keyType == "RSA"_L1)
        return {{u"n"_s, base64Number(key, OSSL_PKEY_PARAM_RSA_N)},
                {u"e"_s, base64Number(key, OSSL_PKEY_PARAM_RSA_E)}};
    if (algorithm.keyType == "EC"_L1) {
        const int bytes = (EVP_PKEY_get_bits(key) + 7) / 8;
        return {{u"crv"_s, algorithm.curve},
                {u"x"_s, base64Number(key, OSSL_PKEY_PARAM_EC_PUB_X, bytes)},
                {u"y"_s, base64Number(key, OSSL_PKEY_PARAM_EC_PUB_Y, bytes)}};
    }
    QByteArray x(32, '\0');
    size_t size = size_t(x.size());
    EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char *>(x.data()), &size);
    return {{u"crv"_s, algorithm.curve}, {u"x"_s, QString::fromLatin1(base::toBase64Url(x))}};
}

/// OpenSSL's DER of an ECDSA signature as JWS writes it: r and s side by side, each of full length.
QByteArray sideBySide(const QByteArray &der, int bits)
{
    const auto *from = reinterpret_cast<const unsigned char *>(der.constData());
    const EcdsaSignature pair(d2i_ECDSA_SIG(nullptr, &from, long(der.size())));
    const int half = (bits + 7) / 8;
    QByteArray out(2 * half, '\0');
    if (pair) {
        auto *to = reinterpret_cast<unsigned char *>(out.data());
        BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), to, half);
        BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), to + half, half);
    }
    return out;
}

/// DER of a self-signed certificate, as AuthKit's keys have one in x5c; empty if OpenSSL fails.
QByteArray selfSigned(EVP_PKEY *key, qint64 nowMs)
{
    const Certificate certificate(X509_new());
    if (!certificate)
        return {};
    X509 *x = certificate.get();
    X509_NAME *name = X509_get_subject_name(x);
    const auto *common = reinterpret_cast<const unsigned char *>("Gatehouse Sandbox AuthKit");
    const bool built = X509_set_version(x, X509_VERSION_3) == 1
        && ASN1_INTEGER_set_int64(X509_get_serialNumber(x), nowMs) == 1
        && ASN1_TIME_set(X509_getm_notBefore(x), time_t(nowMs / 1000)) != nullptr
        && ASN1_TIME_set(X509_getm_notAfter(x), time_t(nowMs / 1000 + yearInSeconds)) != nullptr
        && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common, -1, -1, 0) == 1
        && X509_set_issuer_name(x, name) == 1 && X509_set_pubkey(x, key) == 1
        && X509_sign(x, key, EVP_sha256()) > 0;
    if (!built)
        return {};
    QByteArray der(i2d_X509(x, nullptr), '\0');
    auto *out = reinterpret_cast<unsigned char *>(der.data());
    i2d_X509(x, &out);
    return der;
}

using Bio = std::unique_ptr<BIO, OpenSslFree<BIO_free>>;

/// Whoever has a passphrase is asked for it by OpenSSL on the terminal, without this.
int noPassphrase(char *, int, int, void *)
{
    return -1;
}

bool fits(const EVP_PKEY *key, const Algorithm &algorithm)
{
    if (algorithm.keyType == "RSA"_L1)
        return EVP_PKEY_is_a(key, "RSA") == 1 && EVP_PKEY_get_bits(key) >= 2048;
    if (algorithm.keyType != "EC"_L1)
        return EVP_PKEY_is_a(key, "ED25519") == 1;
    char curve[64] = {};
    if (EVP_PKEY_is_a(key, "EC") != 1 || EVP_PKEY_get_group_name(key, curve, sizeof curve, nullptr) != 1)
        return false;
    // OpenSSL has its own name for one of them: prime256v1.
    const int named = OBJ_sn2nid(curve);
    return named != NID_undef && named == EC_curve_nist2nid(algorithm.curve.data());
}

} // namespace

base::Expected<SigningKey, QString> SigningKey::fromPem(const QByteArray &pem, const QString &algorithmName)
{
    const Algorithm *algorithm = algorithmNamed(algorithmName);
    if (!algorithm)
        return base::failure(Tr::tr("There is no algorithm “%1”.").arg(algorithmName.left(40)));
    const Bio text(BIO_new_mem_buf(pem.constData(), int(std::min<qsizetype>(pem.size(), 64 * 1024))));
    SigningKey read;
    read.m_algorithm = algorithmName;
    read.m_key
        = std::shared_ptr<EVP_PKEY>(PEM_read_bio_PrivateKey(text.get(), nullptr, noPassphrase, nullptr),
                                    [](EVP_PKEY *key) { EVP_PKEY_free(key); });
    ERR_clear_error();
    if (!read.m_key)
        return base::failure(Tr::tr("It is no private key in PEM, or has a passphrase."));
    if (!fits(read.m_key.get(), *algorithm))
        return base::failure(Tr::tr("It is no key for %1.").arg(algorithmName));
    read.m_publicJwk = numbersOf(read.m_key.get(), *algorithm);
    read.m_publicJwk.insert(u"kty"_s, algorithm->keyType);
    return read;
}

base::Expected<SigningKey, QString> SigningKey::generate(const QString &keyId, qint64 nowMs,
                                                         const QString &algorithmName)
{
    const Algorithm *algorithm = algorithmNamed(algorithmName);
    if (!algorithm)
        return base::failure(u"No key can be made for “%1”."_s.arg(algorithmName));
    SigningKey made;
    made.m_keyId = keyId;
    made.m_algorithm = algorithmName;
    made.m_key = std::shared_ptr<EVP_PKEY>(generated(*algorithm), EVP_PKEY_free);
    if (!made.m_key)
        return base::failure(takeOpenSslError());
    made.m_publicJwk = numbersOf(made.m_key.get(), *algorithm);
    made.m_publicJwk.insert(u"kty"_s, algorithm->keyType);
    made.m_publicJwk.insert(u"alg"_s, algorithmName);
    made.m_publicJwk.insert(u"use"_s, u"sig"_s);
    made.m_publicJwk.insert(u"kid"_s, keyId);
    if (algorithm->keyType != "RSA"_L1)
        return made;
    const QByteArray der = selfSigned(made.m_key.get(), nowMs);
    if (der.isEmpty())
        return base::failure(takeOpenSslError());
    const QByteArray thumbprint
        = base::toBase64Url(QCryptographicHash::hash(der, QCryptographicHash::Sha256));
    made.m_publicJwk.insert(u"x5c"_s, QJsonArray({QString::fromLatin1(der.toBase64())}));
    made.m_publicJwk.insert(u"x5t#S256"_s, QString::fromLatin1(thumbprint));
    return made;
}

QByteArray SigningKey::sign(const QJsonObject &header, const QByteArray &payload) const
{
    const QByteArray input = base::toBase64Url(base::writeJson(header)) + '.' + base::toBase64Url(payload);
    return input + '.' + base::toBase64Url(signature(input));
}

QByteArray SigningKey::signature(QByteArrayView input) const
{
    const Algorithm &algorithm = *algorithmNamed(m_algorithm);
    const DigestContext context(EVP_MD_CTX_new());
    const char *hash = algorithm.hash.isEmpty() ? nullptr : algorithm.hash.data();
    EVP_PKEY_CTX *details = nullptr; // Belongs to the digest's context.
    QByteArray out(EVP_PKEY_get_size(m_key.get()), '\0');
    size_t size = size_t(out.size());
    bool done = context
        && EVP_DigestSignInit_ex(context.get(), &details, hash, nullptr, nullptr, m_key.get(), nullptr) == 1;
    if (done && algorithm.scheme == Algorithm::Scheme::Pss)
        done = EVP_PKEY_CTX_set_rsa_padding(details, RSA_PKCS1_PSS_PADDING) == 1
            && EVP_PKEY_CTX_set_rsa_pss_saltlen(details, RSA_PSS_SALTLEN_DIGEST) == 1;
    done = done
        && EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(out.data()), &size,
                          reinterpret_cast<const unsigned char *>(input.data()), size_t(input.size()))
            == 1;
    if (!done) {
        qCWarning(base::lcKeys) << "A token could not be signed:" << takeOpenSslError();
        return {};
    }
    out.truncate(qsizetype(size));
    return algorithm.scheme == Algorithm::Scheme::Ecdsa ? sideBySide(out, EVP_PKEY_get_bits(m_key.get()))
                                                        : out;
}

} // namespace gatehouse::keys
