// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/environmentproxy.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

/// Which way the environment sends an address; that it is gone: fetch/connections.
class TestEnvironmentProxy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void isTheOneThatIsNamed_data();
    void isTheOneThatIsNamed();
    void isNoneForWhatIsExempt_data();
    void isNoneForWhatIsExempt();
    void isNotLeftOutWhereItCannotBeRead_data();
    void isNotLeftOutWhereItCannotBeRead();

private:
    static constexpr const char *names[] = {"https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY"};
    QList<std::optional<QByteArray>> m_before;
};

void TestEnvironmentProxy::init()
{
    m_before.clear();
    for (const char *name : names) {
        m_before.append(qEnvironmentVariableIsSet(name) ? std::optional(qgetenv(name)) : std::nullopt);
        qunsetenv(name);
    }
}

void TestEnvironmentProxy::cleanup()
{
    for (qsizetype i = 0; i < m_before.size(); ++i)
        m_before[i] ? qputenv(names[i], *m_before[i]) : qunsetenv(names[i]);
}

void TestEnvironmentProxy::isTheOneThatIsNamed_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("proxy"); // kind user password host port
    const auto row
        = [](const char *what, const char *value, const char *proxy, const char *name = "https_proxy") {
              QTest::newRow(what) << QByteArray(name) << QByteArray(value) << QString::fromUtf8(proxy);
          };
    row("none", "", "direct");
    row("with a scheme", "http://px:3128", "http px 3128");
    row("with a slash", "http://px:3128/", "http px 3128");
    row("without a scheme", "px:3128", "http px 3128");
    row("without a port", "http://px", "http px 80");
    row("SOCKS", "socks5://px", "socks px 1080");
    row("SOCKS that looks names up", "socks5h://px:9", "socks px 9");
    row("with a user", "http://ada:p%40ss%2Fw@px:1", "http ada p@ss/w px 1");
    row("an address of version 6", "http://[::1]:3128", "http ::1 3128");
    row("in large letters", "px:1", "http px 1", "HTTPS_PROXY");
    row("of http alone", "px:1", "direct", "http_proxy");
}

void TestEnvironmentProxy::isTheOneThatIsNamed()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, value);
    QFETCH(const QString, proxy);
    qputenv(name.constData(), value);
    const auto found = fetch::environmentProxy(QUrl(u"https://mcp.example/"_s));
    qunsetenv(name.constData());
    QVERIFY2(found, found ? "" : qPrintable(found.error()));
    QStringList words{found->type() == QNetworkProxy::NoProxy         ? u"direct"_s
                          : found->type() == QNetworkProxy::HttpProxy ? u"http"_s
                                                                      : u"socks"_s};
    for (const QString &word : {found->user(), found->password(), found->hostName()}) {
        if (!word.isEmpty())
            words.append(word);
    }
    if (found->port() != 0)
        words.append(QString::number(found->port()));
    QCOMPARE(words.join(u' '), proxy);
}

void TestEnvironmentProxy::isNoneForWhatIsExempt_data()
{
    QTest::addColumn<QByteArray>("exempt");
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("isExempt");
    const auto row = [](const char *exempt, const char *url, bool isExempt) {
        QTest::addRow("%s for %s", url, exempt) << QByteArray(exempt) << QString::fromUtf8(url) << isExempt;
    };
    row("*", "https://mcp.example/", true);
    row("mcp.example", "https://mcp.example/", true);
    row("other.example, mcp.example", "https://mcp.example/", true);
    row("other.example mcp.example", "https://mcp.example/", true);
    row("example", "https://mcp.example/", true);
    row(".example", "https://mcp.example/", true);
    row("*.Example", "https://mcp.example/", true);
    row("MCP.example.", "https://mcp.example/", true);
    row("mcp.example", "https://mcp.example./", true);
    row("p.example", "https://mcp.example/", false);
    row("mcp.example.org", "https://mcp.example/", false);
    row("mcp.example:8443", "https://mcp.example:8443/", true);
    row("mcp.example:443", "https://mcp.example/", true);
    row("mcp.example:8443", "https://mcp.example/", false);
    row("xn--mnchen-3ya.de", "https://m\u00fcnchen.de/", true);
    row("m\u00fcnchen.de", "https://xn--mnchen-3ya.de/", true);
    row("M\u00dcNCHEN.de", "https://m\u00fcnchen.de/", true);
    row("10.1.2.3", "https://10.1.2.3/", true);
    row("1.2.3", "https://10.1.2.3/", false);
    row("10.0.0.0/8", "https://10.1.2.3/", true);
    row("10.0.0.0/8", "https://11.1.2.3/", false);
    row("10.1.2.3:8443", "https://10.1.2.3:8443/", true);
    row("2001:db8::1", "https://[2001:db8::1]/", true);
    row("[2001:db8::1]", "https://[2001:db8::1]/", true);
    row("[2001:db8::1]:8443", "https://[2001:db8::1]:8443/", true);
    row("[2001:db8::1]:8443", "https://[2001:db8::1]/", false);
    row("2001:DB8:0::1", "https://[2001:db8::1]/", true);
    row("2001:db8::/32", "https://[2001:db8::1]/", true);
    row(", ,", "https://mcp.example/", false);
    row("mcp.example:99999999", "https://mcp.example/", false);
    row("none", "https://localhost/", true);
    row("none", "https://127.0.0.1/", true);
}

void TestEnvironmentProxy::isNoneForWhatIsExempt()
{
    QFETCH(const QByteArray, exempt);
    QFETCH(const QString, url);
    QFETCH(const bool, isExempt);
    qputenv("https_proxy", "http://px:3128");
    for (const char *name : {"no_proxy", "NO_PROXY"}) {
        qputenv(name, exempt);
        const auto found = fetch::environmentProxy(QUrl(url));
        qunsetenv(name);
        QVERIFY(found);
        QCOMPARE(found->type() == QNetworkProxy::NoProxy, isExempt);
    }
}

void TestEnvironmentProxy::isNotLeftOutWhereItCannotBeRead_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char *value :
         {"http://u:p@ss@px:3128", "http://p x:3128", "u:pa/ss@px", "http:/px", "px:99999", "px:0",
          "https://px:443", "socks4://px:1080", "ftp://px", "http://px/path", "http://px?x", "http:///"})
        QTest::newRow(value) << QByteArray(value);
}

void TestEnvironmentProxy::isNotLeftOutWhereItCannotBeRead()
{
    QFETCH(const QByteArray, value);
    qputenv("https_proxy", value);
    const auto found = fetch::environmentProxy(QUrl(u"https://mcp.example/"_s));
    QVERIFY(!found);
    QVERIFY2(found.error().contains(u"(https_proxy) cannot be used"_s), qPrintable(found.error()));
    QVERIFY(!found.error().contains(QString::fromLatin1(value))); // There may be a password in it.
    QVERIFY(fetch::environmentProxy(QUrl(u"http://localhost:3000/"_s))); // Nobody needs it.
}

GATEHOUSE_TEST(TestEnvironmentProxy)
#include "tst_environmentproxy.moc"
