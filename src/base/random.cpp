// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/random.h"

#include "base/base64url.h"

#include <QRandomGenerator>

namespace gatehouse::base {

Random systemRandom()
{
    return [](qsizetype bytes) {
        QByteArray out(bytes, Qt::Uninitialized);
        for (char &byte : out)
            byte = char(QRandomGenerator::system()->generate() & 0xff);
        return out;
    };
}

QByteArray newSecret(const Random &random)
{
    return toBase64Url(random(32));
}

} // namespace gatehouse::base
