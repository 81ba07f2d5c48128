// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/unit.h"
#include "web/loopback.h"

#include <QTest>
#include <QUrl>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using web::Loopback;

class TestLoopback : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsThisMachine_data();
    void knowsThisMachine();
};

void TestLoopback::knowsThisMachine_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<Loopback>("is");
    const auto rows = [](Loopback is, const QStringList &hosts) {
        for (const QString &host : hosts)
            QTest::addRow("%s", host.isEmpty() ? "(none)" : qPrintable(host)) << host << is;
    };
    rows(Loopback::Yes,
         {u"localhost"_s, u"LocalHost"_s, u"127.0.0.1"_s, u"127.0.0.2"_s, u"127.255.255.255"_s, u"::1"_s,
          u"[::1]"_s});
    rows(Loopback::Disguised,
         {u"localhost."_s,
          u"LOCALHOST."_s,
          u"a.localhost"_s,
          u"a.b.localhost."_s,
          u"0.0.0.0"_s,
          u"0"_s,
          u"::"_s,
          u"[::]"_s,
          u"[::ffff:127.0.0.1]"_s,
          u"::ffff:127.1.2.3"_s,
          u"[::ffff:7f00:1]"_s,
          u"[::FFFF:127.0.0.1]"_s,
          u"[::ffff:0.0.0.0]"_s,
          u"[::ffff:0:0]"_s,
          u"[::127.0.0.1]"_s,
          u"[0:0:0:0:0:0:0:1]"_s,
          u"[0000::0001]"_s,
          u"127.0.0.1."_s,
          u"127.1"_s,
          u"0x7f.0.0.1"_s,
          u"0177.0.0.1"_s,
          u"2130706433"_s,
          u"::1%lo"_s,
          u"[::1%25lo]"_s,
          u"::ffff:127.0.0.1%1"_s});
    rows(Loopback::No,
         {u""_s, u"example.com"_s, u"localhost.example.com"_s, u"notlocalhost"_s, u"127.0.0.1.example.com"_s,
          u"128.0.0.1"_s, u"1.27.0.0"_s, u"127.0.0.256"_s, u"::2"_s, u"[::ffff:10.0.0.1]"_s, u"[fe80::1]"_s,
          u"fe80::1%eth0"_s, u"%lo"_s, u"10.0.0.1"_s, u"192.168.0.1"_s, u"localhost.."_s});
}

void TestLoopback::knowsThisMachine()
{
    QFETCH(QString, host);
    QFETCH(Loopback, is);
    QCOMPARE(web::loopbackOf(host), is);
    QCOMPARE(web::isLoopbackHost(host), is == Loopback::Yes);
    QCOMPARE(web::leadsToLoopback(host), is != Loopback::No);
    // As callers have it: out of an address.
    const QUrl url(u"https://"_s + (host.contains(u':') && !host.startsWith(u'[') ? u'[' + host + u']' : host)
                   + u":1/"_s);
    if (url.isValid() && !url.host().isEmpty())
        QCOMPARE(web::leadsToLoopback(url.host()), is != Loopback::No);
}

GATEHOUSE_TEST(TestLoopback)
#include "tst_loopback.moc"
