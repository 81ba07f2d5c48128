// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/pending.h"
#include "support/unit.h"

#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

using namespace gatehouse;

/// What the system knows of a socket before the event loop tells it.
class TestPending : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, m_ends), 0); }
    void cleanup()
    {
        ::close(m_ends[0]);
        if (m_ends[1] >= 0)
            ::close(m_ends[1]);
    }
    void isNothingWhereNothingCame() { QVERIFY(!fetch::hasPending(m_ends[0])); }
    void isWhatCanBeRead()
    {
        QCOMPARE(::write(m_ends[1], "x", 1), 1);
        QVERIFY(fetch::hasPending(m_ends[0]));
        char byte = 0;
        QCOMPARE(::read(m_ends[0], &byte, 1), 1);
        QVERIFY(!fetch::hasPending(m_ends[0]));
    }
    void isTheEnd()
    {
        ::close(std::exchange(m_ends[1], -1));
        QVERIFY(fetch::hasPending(m_ends[0]));
    }
    void isTakenToBeWhereThereIsNoSocket() { QVERIFY(fetch::hasPending(-1)); }

private:
    int m_ends[2] = {-1, -1};
};

GATEHOUSE_TEST(TestPending)
#include "tst_pending.moc"
