// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/peer.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestPeer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsAPeerByAllItsAddresses_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::addColumn<bool>("isSame");
        QTest::newRow("the same") << u"192.0.2.1"_s << u"192.0.2.1"_s << true;
        QTest::newRow("another") << u"192.0.2.1"_s << u"192.0.2.2"_s << false;
        QTest::newRow("mapped into IPv6") << u"192.0.2.1"_s << u"::ffff:192.0.2.1"_s << true;
        QTest::newRow("mapped, another") << u"::ffff:192.0.2.1"_s << u"::ffff:192.0.2.2"_s << false;
        QTest::newRow("within one /64") << u"2001:db8:1:2::1"_s << u"2001:db8:1:2:ffff::9"_s << true;
        QTest::newRow("in the next /64") << u"2001:db8:1:2::1"_s << u"2001:db8:1:3::1"_s << false;
        QTest::newRow("another family") << u"::1"_s << u"127.0.0.1"_s << false;
    }
    void knowsAPeerByAllItsAddresses()
    {
        QFETCH(QString, one);
        QFETCH(QString, other);
        QFETCH(bool, isSame);
        QCOMPARE(http::peerOf(QHostAddress(one)) == http::peerOf(QHostAddress(other)), isSame);
    }
};

GATEHOUSE_TEST(TestPeer)
#include "tst_peer.moc"
