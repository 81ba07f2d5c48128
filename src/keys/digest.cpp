// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/digest.h"

#include <openssl/sha.h>

namespace gatehouse::keys {

QByteArray sha256(QByteArrayView bytes)
{
    QByteArray out(SHA256_DIGEST_LENGTH, Qt::Uninitialized);
    SHA256(reinterpret_cast<const unsigned char *>(bytes.data()), size_t(bytes.size()),
           reinterpret_cast<unsigned char *>(out.data()));
    return out;
}

} // namespace gatehouse::keys
