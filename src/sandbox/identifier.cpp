// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/identifier.h"

#include <QCryptographicHash>

namespace gatehouse::sandbox {

QString newSecret(const base::Random &random)
{
    return QString::fromLatin1(base::newSecret(random));
}

QByteArray digestOf(const QString &secret)
{
    return QCryptographicHash::hash(secret.toUtf8(), QCryptographicHash::Sha256);
}

} // namespace gatehouse::sandbox
