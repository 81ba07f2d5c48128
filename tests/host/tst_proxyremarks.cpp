// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/proxyremarks.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse::host;
using namespace Qt::StringLiterals;

class TestProxyRemarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void remarksOnceOnEach();
    void isDelayedByAStrangerAndNotSilenced();
};

void TestProxyRemarks::remarksOnceOnEach()
{
    ProxyRemarks remarks;
    QVERIFY(remarks.isDue(u"https://a"_s, 0));
    QVERIFY(!remarks.isDue(u"https://a"_s, 1) && !remarks.isDue(u"https://a"_s, 10 * ProxyRemarks::keptMs));
    QVERIFY(remarks.isDue(u"https://b"_s, 2));
    remarks.clear();
    QVERIFY(remarks.isDue(u"https://a"_s, 3));
}

void TestProxyRemarks::isDelayedByAStrangerAndNotSilenced()
{
    ProxyRemarks remarks;
    int made = 0;
    for (int i = 0; i < 1000; ++i)
        made += remarks.isDue(u"https://stranger%1"_s.arg(i), i) ? 1 : 0;
    QCOMPARE(made, ProxyRemarks::most);
    QVERIFY(!remarks.isDue(u"https://mine"_s, ProxyRemarks::keptMs - 1));
    QVERIFY(remarks.isDue(u"https://mine"_s, ProxyRemarks::keptMs));
    QVERIFY(!remarks.isDue(u"https://mine"_s, ProxyRemarks::keptMs));
    QVERIFY(remarks.isDue(u"https://other"_s, -1)); // The clock was set back.
}

GATEHOUSE_TEST(TestProxyRemarks)
#include "tst_proxyremarks.moc"
