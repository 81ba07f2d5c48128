// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/signature.h"

#include "keys/algorithm.h"
#include "keys/opensslhandle.h"

#include <openssl/ecdsa.h>
#include <openssl/rsa.h>

namespace gatehouse::keys {

namespace {

using EcdsaSignature = std::unique_ptr<ECDSA_SIG, OpenSslFree<ECDSA_SIG_free>>;

const unsigned char *bytesOf(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

/// JWS writes r and s side by side, each of full length; OpenSSL wants them as DER. Empty if the length is
/// wrong.
QByteArray derOf(QByteArrayView signature, int bits)
{
    const qsizetype half = (bits + 7) / 8;
    if (signature.size() != 2 * half)
        return {};
    const EcdsaSignature pair(ECDSA_SIG_new());
    BigNumber r(BN_bin2bn(bytesOf(signature), int(half), nullptr));
    BigNumber s(BN_bin2bn(bytesOf(signature.sliced(half)), int(half), nullptr));
    if (!pair || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1)
        return {};
    r.release(); // The pair owns them now.
    s.release();
    QByteArray der(i2d_ECDSA_SIG(pair.get(), nullptr), '\0');
    auto *out = reinterpret_cast<unsigned char *>(der.data());
    i2d_ECDSA_SIG(pair.get(), &out);
    return der;
}

bool verifies(const Algorithm &algorithm, EVP_PKEY *key, QByteArrayView input, QByteArrayView signature)
{
    const DigestContext context(EVP_MD_CTX_new());
    const char *hash = algorithm.hash.isEmpty() ? nullptr : algorithm.hash.data();
    EVP_PKEY_CTX *details = nullptr; // Belongs to the digest's context.
    if (!context
        || EVP_DigestVerifyInit_ex(context.get(), &details, hash, nullptr, nullptr, key, nullptr) != 1)
        return false;
    if (algorithm.scheme == Algorithm::Scheme::Pss
        && (EVP_PKEY_CTX_set_rsa_padding(details, RSA_PKCS1_PSS_PADDING) != 1
            || EVP_PKEY_CTX_set_rsa_pss_saltlen(details, RSA_PSS_SALTLEN_DIGEST) != 1))
        return false;
    return EVP_DigestVerify(context.get(), bytesOf(signature), size_t(signature.size()), bytesOf(input),
                            size_t(input.size()))
        == 1;
}

} // namespace

SignatureAnswer verifySignature(const QString &algorithmName, const Jwk &key, QByteArrayView input,
                                QByteArrayView signature)
{
    const Algorithm *algorithm = algorithmNamed(algorithmName);
    if (!algorithm)
        return SignatureAnswer::UnknownAlgorithm;
    if (!key.key || !key.fits(algorithmName))
        return SignatureAnswer::KeyMismatch;
    bool good = false;
    if (algorithm->scheme == Algorithm::Scheme::Ecdsa) {
        const QByteArray der = derOf(signature, EVP_PKEY_get_bits(key.key.get()));
        good = !der.isEmpty() && verifies(*algorithm, key.key.get(), input, der);
    } else {
        // RFC 8017 §8.2.2: the length is that of the modulus, also where a shorter number would do.
        good = signature.size() == EVP_PKEY_get_size(key.key.get())
            && verifies(*algorithm, key.key.get(), input, signature);
    }
    ERR_clear_error();
    return good ? SignatureAnswer::Good : SignatureAnswer::Bad;
}

} // namespace gatehouse::keys
