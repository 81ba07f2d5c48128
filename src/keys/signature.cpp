// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/signature.h"

#include "keys/opensslhandle.h"

namespace gatehouse::keys {

using namespace Qt::StringLiterals;

namespace {

const EVP_MD *digestOf(const QString &algorithm)
{
    if (algorithm == "RS256"_L1)
        return EVP_sha256();
    return nullptr;
}

const unsigned char *bytesOf(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

} // namespace

SignatureAnswer verifySignature(const QString &algorithm, const Jwk &key, QByteArrayView input,
                                QByteArrayView signature)
{
    const EVP_MD *digest = digestOf(algorithm);
    if (!digest)
        return SignatureAnswer::UnknownAlgorithm;
    if (key.keyType != "RSA"_L1 || (!key.algorithm.isEmpty() && key.algorithm != algorithm) || !key.key)
        return SignatureAnswer::KeyMismatch;
    // RFC 8017 §8.2.2: the length is that of the modulus, also where a shorter number would do.
    if (signature.size() != EVP_PKEY_get_size(key.key.get()))
        return SignatureAnswer::Bad;
    const DigestContext context(EVP_MD_CTX_new());
    const bool good = context
        && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key.key.get()) == 1
        && EVP_DigestVerify(context.get(), bytesOf(signature), size_t(signature.size()), bytesOf(input),
                            size_t(input.size()))
            == 1;
    ERR_clear_error();
    return good ? SignatureAnswer::Good : SignatureAnswer::Bad;
}

} // namespace gatehouse::keys
