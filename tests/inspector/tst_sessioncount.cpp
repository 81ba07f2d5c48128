// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/sessioncount.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;

class TestSessionCount : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsThoseThatWereUsedAndNotEnded();
    void countsNoMoreThanItKeeps();

private:
    static exchange::Exchange answered(const QByteArray &method, const QByteArray &session, int status)
    {
        exchange::Exchange one;
        one.method = method;
        one.session = session;
        one.status = status;
        return one;
    }
};

void TestSessionCount::countsThoseThatWereUsedAndNotEnded()
{
    inspector::SessionCount count;
    count.record(answered("POST", {}, 200)); // Without one.
    count.record(answered("POST", "a", 404)); // Nobody has it.
    QCOMPARE(count.count(), 0);
    count.record(answered("POST", "a", 200));
    count.record(answered("GET", "a", 200));
    count.record(answered("POST", "b", 202));
    QCOMPARE(count.count(), 2);
    count.record(answered("DELETE", "a", 403)); // It was not ended.
    QCOMPARE(count.count(), 2);
    count.record(answered("DELETE", "a", 200));
    QCOMPARE(count.count(), 1);
    count.clear();
    QCOMPARE(count.count(), 0);
}

void TestSessionCount::countsNoMoreThanItKeeps()
{
    inspector::SessionCount count;
    for (qsizetype i = 0; i < inspector::SessionCount::most + 2; ++i)
        count.record(answered("POST", QByteArray::number(i), 200));
    QCOMPARE(count.count(), inspector::SessionCount::most);
}

GATEHOUSE_TEST(TestSessionCount)
#include "tst_sessioncount.moc"
