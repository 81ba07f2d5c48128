// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/caching.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace gatehouse::base {

std::optional<qint64> maxAgeOf(const QByteArray &cacheControl)
{
    std::optional<qint64> age;
    for (const QByteArray &part : cacheControl.toLower().split(',')) {
        const QByteArray directive = part.trimmed();
        if (directive == "no-store" || directive == "no-cache")
            return 0;
        bool isNumber = false;
        const qint64 seconds = directive.startsWith("max-age=") ? directive.sliced(8).toInt(&isNumber) : 0;
        if (isNumber && seconds >= 0 && !age)
            age = seconds;
    }
    return age;
}

QDateTime httpDate(const QByteArray &value)
{
    QDateTime date
        = QLocale::c().toDateTime(QString::fromLatin1(value), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    date.setTimeSpec(Qt::UTC);
    return date;
}

} // namespace gatehouse::base
