// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/caching.h"

#include <QLocale>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::base {

namespace {

constexpr qint64 longest = 2147483648;

} // namespace

std::optional<qint64> maxAgeOf(const QByteArray &cacheControl)
{
    std::optional<qint64> age;
    for (const QByteArray &part : cacheControl.toLower().split(',')) {
        const QByteArray directive = part.trimmed();
        if (directive == "no-store" || directive == "no-cache")
            return 0;
        if (age || !directive.startsWith("max-age="))
            continue;
        const QByteArray digits = directive.sliced(8);
        const bool isNumber = !digits.isEmpty()
            && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
        bool fits = false;
        const qint64 seconds = digits.toLongLong(&fits);
        if (isNumber)
            age = fits ? std::min(seconds, longest) : longest; // RFC 9111 §1.2.2
    }
    return age;
}

QDateTime httpDate(const QByteArray &value)
{
    QDateTime date
        = QLocale::c().toDateTime(QString::fromLatin1(value), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    date.setTimeZone(QTimeZone::utc());
    return date;
}

} // namespace gatehouse::base
