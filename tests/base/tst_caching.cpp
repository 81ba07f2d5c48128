// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/caching.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestCaching : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void readsHowLongAnAnswerCounts_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<qint64>("seconds"); // -1: it does not say.
        QTest::addRow("alone") << "max-age=300"_ba << qint64(300);
        QTest::addRow("among others, in capitals") << "Public, MAX-AGE=60 , must-revalidate"_ba << qint64(60);
        QTest::addRow("the first of two") << "max-age=5, max-age=7"_ba << qint64(5);
        QTest::addRow("no-store beats it") << "max-age=5, no-store"_ba << qint64(0);
        QTest::addRow("no-cache beats it") << "no-cache, max-age=5"_ba << qint64(0);
        QTest::addRow("more than a number holds: as long as can be said")
            << "max-age=99999999999999999999"_ba << qint64(2147483648);
        QTest::addRow("negative") << "max-age=-1"_ba << qint64(-1);
        QTest::addRow("signed") << "max-age=+1"_ba << qint64(-1);
        QTest::addRow("no number") << "max-age=soon"_ba << qint64(-1);
        QTest::addRow("for shared caches only") << "s-maxage=9"_ba << qint64(-1);
        QTest::addRow("nothing") << ""_ba << qint64(-1);
    }
    void readsHowLongAnAnswerCounts()
    {
        QFETCH(QByteArray, value);
        QTEST(base::maxAgeOf(value).value_or(-1), "seconds");
    }

    void readsTheDateOfRfc9110AndNoOther_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<qint64>("seconds"); // -1: no date.
        QTest::addRow("IMF-fixdate") << "Sun, 06 Nov 1994 08:49:37 GMT"_ba << qint64(784111777);
        QTest::addRow("RFC 850") << "Sunday, 06-Nov-94 08:49:37 GMT"_ba << qint64(-1);
        QTest::addRow("asctime") << "Sun Nov  6 08:49:37 1994"_ba << qint64(-1);
        QTest::addRow("another zone") << "Sun, 06 Nov 1994 08:49:37 +0100"_ba << qint64(-1);
        QTest::addRow("no such day") << "Sun, 31 Feb 1994 08:49:37 GMT"_ba << qint64(-1);
        QTest::addRow("nothing") << ""_ba << qint64(-1);
    }
    void readsTheDateOfRfc9110AndNoOther()
    {
        QFETCH(QByteArray, value);
        const QDateTime date = base::httpDate(value);
        QTEST(date.isValid() ? date.toSecsSinceEpoch() : -1, "seconds");
    }
};

GATEHOUSE_TEST(TestCaching)
#include "tst_caching.moc"
