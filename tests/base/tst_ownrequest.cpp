// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ownrequest.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::base;

/// Requests of this process, and those that look like them.
class TestOwnRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsItsOwn();
    void knowsNoOther_data();
    void knowsNoOther();
};

void TestOwnRequest::knowsItsOwn()
{
    const QByteArray one = ownRequestId(systemRandom(), "localhost:3000");
    QVERIFY(isOwnRequestId(one, "localhost:3000"));
    QVERIFY(isOwnRequestId(one, "LocalHost:3000")); // The name of a host has no case (RFC 3986 §3.2.2).
    QVERIFY(one != ownRequestId(systemRandom(), "localhost:3000"));
}

void TestOwnRequest::knowsNoOther_data()
{
    QTest::addColumn<QByteArray>("id");
    const QByteArray good = ownRequestId(systemRandom(), "localhost:3000");
    QByteArray turned = good;
    turned[turned.size() - 1] = turned.back() == '0' ? '1' : '0';
    QByteArray other = good;
    other[12] = other.at(12) == '0' ? '1' : '0';
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("made up") << QByteArray("gatehouse-" + QByteArray(32, 'a'));
    QTest::newRow("the last digit is another") << turned;
    QTest::newRow("a digit that is vouched for is another") << other;
    QTest::newRow("cut") << good.chopped(1);
    QTest::newRow("longer") << good + '0';
    QTest::newRow("for another server") << ownRequestId(systemRandom(), "attacker.example");
}

void TestOwnRequest::knowsNoOther()
{
    QFETCH(const QByteArray, id);
    QVERIFY(!isOwnRequestId(id, "localhost:3000"));
}

GATEHOUSE_TEST(TestOwnRequest)
#include "tst_ownrequest.moc"
