// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/unit.h"
#include "web/clientidurl.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestClientIdUrl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsWrongWithIt_data();
    void saysWhatIsWrongWithIt();
};

void TestClientIdUrl::saysWhatIsWrongWithIt_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("fault"); // Empty: nothing.
    QTest::newRow("a document") << u"https://example.com/client.json"_s << QString();
    QTest::newRow("a port and a query") << u"https://example.com:8443/client?v=1"_s << QString();
    QTest::newRow("a directory") << u"https://example.com/client/"_s << QString();
    QTest::newRow("on this machine") << u"http://127.0.0.1:8000/client.json"_s << QString();
    QTest::newRow("nothing") << QString() << u"no address"_s;
    QTest::newRow("a name") << u"client_1"_s << u"no address"_s;
    QTest::newRow("no host") << u"https:///client"_s << u"no address"_s;
    QTest::newRow("plain http") << u"http://example.com/client.json"_s << u"https"_s;
    QTest::newRow("plain http in disguise") << u"http://localhost.:1/client.json"_s << u"https"_s;
    QTest::newRow("a file") << u"file://host/client.json"_s << u"https"_s;
    QTest::newRow("no path") << u"https://example.com"_s << u"path"_s;
    QTest::newRow("only a slash") << u"https://example.com/"_s << u"path"_s;
    QTest::newRow("a dot") << u"https://example.com/./client"_s << u"dots"_s;
    QTest::newRow("two dots") << u"https://example.com/a/../client"_s << u"dots"_s;
    QTest::newRow("two dots in disguise") << u"https://example.com/a/%2e%2E/client"_s << u"dots"_s;
    QTest::newRow("dots in a name") << u"https://example.com/a..b/.well-known"_s << QString();
    QTest::newRow("a fragment") << u"https://example.com/client#x"_s << u"fragment"_s;
    QTest::newRow("an empty fragment") << u"https://example.com/client#"_s << u"fragment"_s;
    QTest::newRow("a user") << u"https://ada@example.com/client"_s << u"user"_s;
    QTest::newRow("a password") << u"https://ada:x@example.com/client"_s << u"user"_s;
    QTest::newRow("an empty user") << u"https://@example.com/client"_s << u"user"_s;
}

void TestClientIdUrl::saysWhatIsWrongWithIt()
{
    QFETCH(const QString, id);
    QFETCH(const QString, fault);
    const QString said = web::clientIdUrlFault(id);
    QCOMPARE(said.isEmpty(), fault.isEmpty());
    QVERIFY2(said.contains(fault), qPrintable(said));
}

GATEHOUSE_TEST(TestClientIdUrl)
#include "tst_clientidurl.moc"
