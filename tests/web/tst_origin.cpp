// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/unit.h"
#include "web/origin.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

class TestOrigin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAnOriginAsBrowsersDo_data();
    void writesAnOriginAsBrowsersDo();
    void sendsSecretsOnlyOverTlsOrToThisMachine_data();
    void sendsSecretsOnlyOverTlsOrToThisMachine();
};

void TestOrigin::writesAnOriginAsBrowsersDo_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("origin");
    QTest::addColumn<QString>("withPort");
    const auto row = [](const char *name, const char *url, const char *origin, const char *withPort) {
        QTest::newRow(name) << QString::fromUtf8(url) << QString::fromUtf8(origin)
                            << QString::fromUtf8(withPort);
    };
    row("a port of its own", "http://localhost:3000/mcp", "http://localhost:3000", "localhost:3000");
    row("the scheme's own port", "https://mcp.example:443/mcp?a=b", "https://mcp.example", "mcp.example:443");
    row("no port", "http://mcp.example", "http://mcp.example", "mcp.example:80");
    row("the other scheme's port", "https://mcp.example:80", "https://mcp.example:80", "mcp.example:80");
    row("capitals", "HTTPS://MCP.Example/", "https://mcp.example", "mcp.example:443");
    row("IPv6", "https://[2001:DB8::1]:8443/", "https://[2001:db8::1]:8443", "[2001:db8::1]:8443");
    row("a name of other letters", "https://Bücher.example/", "https://xn--bcher-kva.example",
        "xn--bcher-kva.example:443");
    row("its ASCII form", "https://xn--bcher-kva.example/", "https://xn--bcher-kva.example",
        "xn--bcher-kva.example:443");
    row("IPv6 without a port", "https://[2001:db8::1]/", "https://[2001:db8::1]", "[2001:db8::1]:443");
}

void TestOrigin::writesAnOriginAsBrowsersDo()
{
    QFETCH(QString, url);
    QFETCH(QString, origin);
    QCOMPARE(web::originOf(QUrl(url)), origin);
    QCOMPARE(web::authorityOf(QUrl(url)), origin.section(u"//"_s, 1));
    QTEST(web::authorityWithPortOf(QUrl(url)), "withPort");
}

void TestOrigin::sendsSecretsOnlyOverTlsOrToThisMachine_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("mayBe");
    const auto row
        = [](const char *url, bool mayBe) { QTest::newRow(url) << QString::fromUtf8(url) << mayBe; };
    row("https://as.example/token", true);
    row("HTTPS://as.example", true);
    row("http://as.example/token", false);
    row("http://127.0.0.1:4455/token", true);
    row("http://localhost/token", true);
    row("http://[::1]:3000/", true);
    row("http://0.0.0.0/", false);
    row("http://localhost.example/", false);
    row("http://127.0.0.1.example/", false);
    row("ftp://localhost/", false);
    row("https:///token", false);
    row("//as.example/token", false);
    row("", false);
}

void TestOrigin::sendsSecretsOnlyOverTlsOrToThisMachine()
{
    QFETCH(QString, url);
    QTEST(web::isHttpsOrLoopback(QUrl(url)), "mayBe");
}

GATEHOUSE_TEST(TestOrigin)
#include "tst_origin.moc"
