// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/signingkey.h"

#include "base/base64url.h"
#include "base/json.h"
#include "base/logging.h"
#include "keys/opensslhandle.h"

#include <QCryptographicHash>

#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

namespace gatehouse::keys {

using namespace Qt::StringLiterals;

namespace {

using Certificate = std::unique_ptr<X509, OpenSslFree<X509_free>>;

constexpr long yearInSeconds = 365L * 24 * 60 * 60;

QString base64Number(const EVP_PKEY *key, const char *name)
{
    BIGNUM *raw = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &raw) != 1)
        return {};
    const BigNumber number(raw);
    QByteArray bytes(BN_num_bytes(number.get()), '\0');
    BN_bn2bin(number.get(), reinterpret_cast<unsigned char *>(bytes.data()));
    return QString::fromLatin1(base::toBase64Url(bytes));
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

} // namespace

base::Expected<SigningKey, QString> SigningKey::generate(const QString &keyId, qint64 nowMs)
{
    SigningKey made;
    made.m_keyId = keyId;
    made.m_key = std::shared_ptr<EVP_PKEY>(EVP_RSA_gen(2048), EVP_PKEY_free);
    if (!made.m_key)
        return base::failure(takeOpenSslError());
    const QByteArray der = selfSigned(made.m_key.get(), nowMs);
    if (der.isEmpty())
        return base::failure(takeOpenSslError());
    const QByteArray thumbprint
        = base::toBase64Url(QCryptographicHash::hash(der, QCryptographicHash::Sha256));
    made.m_publicJwk = {{u"kty"_s, u"RSA"_s},
                        {u"alg"_s, u"RS256"_s},
                        {u"use"_s, u"sig"_s},
                        {u"kid"_s, keyId},
                        {u"n"_s, base64Number(made.m_key.get(), OSSL_PKEY_PARAM_RSA_N)},
                        {u"e"_s, base64Number(made.m_key.get(), OSSL_PKEY_PARAM_RSA_E)},
                        {u"x5c"_s, QJsonArray({QString::fromLatin1(der.toBase64())})},
                        {u"x5t#S256"_s, QString::fromLatin1(thumbprint)}};
    return made;
}

QByteArray SigningKey::sign(const QJsonObject &header, const QByteArray &payload) const
{
    const QByteArray input = base::toBase64Url(base::writeJson(header)) + '.' + base::toBase64Url(payload);
    return input + '.' + base::toBase64Url(signature(input));
}

QByteArray SigningKey::signature(QByteArrayView input) const
{
    const DigestContext context(EVP_MD_CTX_new());
    QByteArray out(EVP_PKEY_get_size(m_key.get()), '\0');
    size_t size = size_t(out.size());
    const bool done = context
        && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key.get()) == 1
        && EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(out.data()), &size,
                          reinterpret_cast<const unsigned char *>(input.data()), size_t(input.size()))
            == 1;
    if (!done) {
        qCWarning(base::lcKeys) << "A token could not be signed:" << takeOpenSslError();
        return {};
    }
    out.truncate(qsizetype(size));
    return out;
}

} // namespace gatehouse::keys
