// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ulid.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestUlid : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasTheTimeInFrontAndTheRandomBehind_data()
    {
        QTest::addColumn<qint64>("time");
        QTest::addColumn<char>("byte");
        QTest::addColumn<QString>("ulid");
        QTest::addRow("the beginning of time") << qint64(0) << '\0' << u"00000000000000000000000000"_s;
        // The example of the ULID specification's own tests.
        QTest::addRow("the specification's moment")
            << qint64(1469918176385) << '\1' << u"01ARYZ6S411111111111111111"_s;
        QTest::addRow("the last moment")
            << (qint64(1) << 48) - 1 << '\xff' << u"7ZZZZZZZZZZZZZZZZZZZZZZZZZ"_s;
    }
    void hasTheTimeInFrontAndTheRandomBehind()
    {
        QFETCH(qint64, time);
        QFETCH(char, byte);
        QTEST(base::ulid(time, [byte](qsizetype bytes) { return QByteArray(bytes, byte); }), "ulid");
    }

    void standsInTheOrderOfTime()
    {
        const auto random = base::systemRandom();
        QString before;
        for (qint64 time = 1'800'000'000'000; time < 1'800'000'002'000; time += 7) {
            const QString now = base::ulid(time, random);
            QVERIFY2(before < now, qPrintable(before + u' ' + now));
            before = now;
        }
    }
};

GATEHOUSE_TEST(TestUlid)
#include "tst_ulid.moc"
