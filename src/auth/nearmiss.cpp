// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/nearmiss.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::auth {

namespace {

constexpr qsizetype longestDifference = 12; ///< Of what still counts as a slip.

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::auth::Explanation)
};

/// The parts of two addresses that differ, where it is only one.
QString addressMiss(const QString &expected, const QString &actual)
{
    const QUrl wanted(expected);
    const QUrl given(actual);
    if (wanted.host().isEmpty() || given.host().isEmpty() || wanted.path() != given.path())
        return {};
    const bool isSameHost = wanted.host() == given.host();
    if (isSameHost && wanted.scheme() != given.scheme())
        return Words::tr("%1 instead of %2").arg(given.scheme(), wanted.scheme());
    if (isSameHost && wanted.port() != given.port())
        return given.port() > 0 && wanted.port() > 0
            ? Words::tr("port %1 instead of %2").arg(given.port()).arg(wanted.port())
            : Words::tr("another port");
    if (!isSameHost && wanted.port() == given.port() && wanted.scheme() == given.scheme())
        return Words::tr("another name: %1 instead of %2").arg(given.host(), wanted.host());
    return {};
}

} // namespace

Difference differenceOf(const QString &expected, const QString &actual)
{
    const qsizetype shorter = std::min(expected.size(), actual.size());
    qsizetype front = 0;
    while (front < shorter && expected[front] == actual[front])
        ++front;
    qsizetype back = 0;
    while (back < shorter - front && expected[expected.size() - 1 - back] == actual[actual.size() - 1 - back])
        ++back;
    return {front, expected.size() - front - back, actual.size() - front - back};
}

QString nearMiss(const QString &expected, const QString &actual)
{
    if (expected == actual || expected.isEmpty() || actual.isEmpty())
        return {};
    if (actual == expected + u'/')
        return Words::tr("one trailing slash too many");
    if (expected == actual + u'/')
        return Words::tr("the trailing slash is missing");
    const Difference difference = differenceOf(expected, actual);
    if (expected.compare(actual, Qt::CaseInsensitive) == 0)
        return Words::tr("upper and lower case differ from character %1 on").arg(difference.from + 1);
    if (actual.trimmed() == expected)
        return Words::tr("blanks around it");
    if (const QString part = addressMiss(expected, actual); !part.isEmpty())
        return part;
    if (actual.startsWith("client_"_L1))
        return Words::tr("that is a client id: no resource indicator is configured");
    // A slip of a few characters in a text that is the same else.
    const qsizetype same = expected.size() - difference.expectedLength;
    if (std::max(difference.expectedLength, difference.length) > longestDifference || same < 8
        || same < expected.size() / 2)
        return {};
    const QString wanted = expected.mid(difference.from, difference.expectedLength);
    const QString given = actual.mid(difference.from, difference.length);
    if (given.isEmpty())
        return Words::tr("“%1” is missing from character %2 on").arg(wanted).arg(difference.from + 1);
    if (wanted.isEmpty())
        return Words::tr("“%1” too many from character %2 on").arg(given).arg(difference.from + 1);
    return Words::tr("from character %3 on “%1” instead of “%2”").arg(given, wanted).arg(difference.from + 1);
}

} // namespace gatehouse::auth
