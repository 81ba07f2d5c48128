// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <memory>

namespace gatehouse::keys {

/// OpenSSL's objects with an owner. For .cpp files of this room only.
template <auto Free> struct OpenSslFree
{
    template <typename T> void operator()(T *object) const { Free(object); }
};

using PkeyContext = std::unique_ptr<EVP_PKEY_CTX, OpenSslFree<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, OpenSslFree<EVP_MD_CTX_free>>;
using BigNumber = std::unique_ptr<BIGNUM, OpenSslFree<BN_free>>;

/// The sentence of the first error in the thread's queue, which is emptied: a stale error must not explain a
/// later call.
inline QString takeOpenSslError()
{
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    QByteArray text(256, '\0');
    ERR_error_string_n(code, text.data(), size_t(text.size()));
    return QString::fromLatin1(text.constData());
}

} // namespace gatehouse::keys
