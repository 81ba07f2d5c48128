// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ulid.h"

namespace gatehouse::base {

QString ulid(qint64 nowMs, const Random &random)
{
    static constexpr char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    QByteArray text(26, '0');
    for (qsizetype i = 9; i >= 0; --i, nowMs >>= 5)
        text[i] = digits[nowMs & 31];
    const QByteArray bytes = random(16);
    for (qsizetype i = 0; i < 16; ++i)
        text[10 + i] = digits[uchar(bytes.at(i)) & 31];
    return QString::fromLatin1(text);
}

} // namespace gatehouse::base
