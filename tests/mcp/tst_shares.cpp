// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/shares.h"
#include "support/unit.h"

#include <QTest>

#include <vector>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestShares : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesNobodyMoreThanAQuarter()
    {
        mcp::Shares shares(100);
        std::vector<mcp::Shares::Hold> held;
        const auto takeAll = [&](const QString &user) {
            int took = 0;
            for (; shares.hasRoom(user); ++took)
                held.push_back(shares.acquire(user));
            return took;
        };
        for (const QString &user : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
            QCOMPARE(takeAll(user), 25);
        QCOMPARE(takeAll(u"e"_s), 0);
        held.pop_back();
        QCOMPARE(takeAll(u"e"_s), 1);
        held.clear();
        QCOMPARE(shares.taken(), 0);
        QCOMPARE(takeAll(QString()), 100); // Where nobody signs in there is nobody to tell from others.
    }
    void givesSomeHoweverLittleThereIs()
    {
        QCOMPARE(mcp::Shares(3).mostOfOne(), 3);
        QCOMPARE(mcp::Shares(20).mostOfOne(), 8);
        QCOMPARE(mcp::Shares(100).mostOfOne(), 25);
    }
    void countsAmounts()
    {
        mcp::Shares shares(1000);
        mcp::Shares::Hold one = shares.acquire(u"a"_s, 200);
        QVERIFY(shares.hasRoom(u"a"_s, 50));
        QVERIFY(!shares.hasRoom(u"a"_s, 51));
        mcp::Shares::Hold other = std::move(one);
        QCOMPARE(shares.taken(), 200);
        other = shares.acquire(u"b"_s, 10);
        QCOMPARE(shares.taken(), 10);
        QVERIFY(shares.hasRoom(u"a"_s, 250));
        other.release();
        other.release();
        QCOMPARE(shares.taken(), 0);
    }
    void growsWithinTheShare()
    {
        mcp::Shares shares(1000);
        mcp::Shares::Hold one = shares.acquire(u"a"_s, 100);
        QVERIFY(one.grow(150));
        QVERIFY(!one.grow(1));
        QCOMPARE(shares.taken(), 250);
        one.release();
        QCOMPARE(shares.taken(), 0);
        QVERIFY(one.grow(5)); // Nothing is counted.
        QCOMPARE(shares.taken(), 0);
    }
    void tellsUsersOfDifferentIssuersApart()
    {
        const mcp::Identity ada{u"https://a"_s, u"ada"_s, u"org_1"_s, u"client_1"_s};
        mcp::Identity other = ada;
        other.organizationId = u"org_2"_s;
        other.clientId = u"client_2"_s;
        QVERIFY2(mcp::userOf(ada) == mcp::userOf(other), "one person with two clients is one");
        other.issuer = u"https://b"_s;
        QVERIFY(mcp::userOf(ada) != mcp::userOf(other));
        QVERIFY(mcp::userOf({u"https://a"_s, {}, {}, {}}).isEmpty());
    }
};

GATEHOUSE_TEST(TestShares)
#include "tst_shares.moc"
