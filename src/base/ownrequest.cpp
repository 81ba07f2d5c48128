// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ownrequest.h"

#include <QMessageAuthenticationCode>

namespace gatehouse::base {

namespace {

constexpr QByteArrayView prefix = "gatehouse-";
constexpr qsizetype halfDigits = 16;

QByteArray voucherFor(QByteArrayView digits, QByteArrayView authority)
{
    static const QByteArray key
        = newSecret(systemRandom()); // Of the process: its servers and clients share it.
    const QByteArray text = digits.toByteArray() + ' ' + authority.toByteArray().toLower();
    return QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha256).toHex().first(halfDigits);
}

} // namespace

QByteArray ownRequestId(const Random &random, QByteArrayView authority)
{
    const QByteArray digits = random(halfDigits / 2).toHex();
    return prefix.toByteArray() + digits + voucherFor(digits, authority);
}

bool isOwnRequestId(QByteArrayView id, QByteArrayView authority)
{
    if (!id.startsWith(prefix) || id.size() != prefix.size() + 2 * halfDigits)
        return false;
    const QByteArrayView digits = id.sliced(prefix.size(), halfDigits);
    return id.last(halfDigits) == voucherFor(digits, authority);
}

} // namespace gatehouse::base
