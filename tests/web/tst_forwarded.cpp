// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/unit.h"
#include "web/forwarded.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(gatehouse::base::Headers)

class TestForwarded : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatAProxySays_data();
    void readsWhatAProxySays();
};

void TestForwarded::readsWhatAProxySays_data()
{
    QTest::addColumn<base::Headers>("headers");
    QTest::addColumn<QString>("origin");
    const auto row = [](const char *name, const base::Headers &headers, const QString &origin) {
        QTest::newRow(name) << headers << origin;
    };
    const base::Header host{"Host", "127.0.0.1:3000"};
    row("no proxy", {host}, {});
    row("a tunnel", {host, {"X-Forwarded-Proto", "https"}, {"X-Forwarded-Host", "a.ngrok.app"}},
        u"https://a.ngrok.app"_s);
    row("its name in Host", {{"Host", "mcp.example"}, {"x-forwarded-proto", "HTTPS"}},
        u"https://mcp.example"_s);
    row("two proxies",
        {host, {"X-Forwarded-Proto", "https, http"}, {"X-Forwarded-Host", "Out.Example:443, inner:80"}},
        u"https://out.example"_s);
    row("a name for the server behind it", {host, {"X-Forwarded-Proto", "https"}}, {});
    row("localhost behind it", {{"Host", "LOCALHOST:80"}, {"X-Forwarded-Proto", "https"}}, {});
    row("the scheme in one way and the name in the other",
        {host, {"Forwarded", "host=mcp.example"}, {"X-Forwarded-Proto", "https"}}, u"https://mcp.example"_s);
    row("the other way round",
        {host, {"Forwarded", "proto=https;for=192.0.2.1"}, {"X-Forwarded-Host", "mcp.example"}},
        u"https://mcp.example"_s);
    row("a name that looks like another",
        {host, {"X-Forwarded-Proto", "https"}, {"X-Forwarded-Host", "xn--80ak6aa92e.example"}},
        u"https://xn--80ak6aa92e.example"_s);
    row("a name that would fill the window",
        {host,
         {"X-Forwarded-Proto", "https"},
         {"X-Forwarded-Host", QByteArray(50, 'a') + '.' + QByteArray(50, 'b')}},
        {});
    row("nothing but semicolons",
        {host, {"Forwarded", QByteArray(900'000, ';') + "proto=https;host=a.example"}}, {});
    row("only a name", {host, {"X-Forwarded-Host", "mcp.example"}}, {});
    row("Forwarded",
        {host, {"Forwarded", "for=192.0.2.1;proto=https;host=\"mcp.example:8443\", for=10.0.0.1"}},
        u"https://mcp.example:8443"_s);
    row("Forwarded before what is older",
        {host, {"Forwarded", "Proto=http;Host=a.example"}, {"X-Forwarded-Proto", "https"}},
        u"http://a.example"_s);
    row("Forwarded of a peer alone", {host, {"Forwarded", "for=\"[2001:db8::1]:4711\""}}, {});
    row("commas and semicolons in quotes",
        {host, {"Forwarded", "for=\"a;host=x,y\";proto=https;host=b.example"}}, u"https://b.example"_s);
    row("IPv6", {host, {"Forwarded", "proto=https;host=\"[2001:db8::1]\""}}, u"https://[2001:db8::1]"_s);
    row("no scheme of the web", {host, {"X-Forwarded-Proto", "javascript"}, {"X-Forwarded-Host", "a"}}, {});
    row("a path", {host, {"X-Forwarded-Proto", "https"}, {"X-Forwarded-Host", "a.example/b"}}, {});
    row("somebody's name", {host, {"X-Forwarded-Proto", "https"}, {"X-Forwarded-Host", "me@a.example"}}, {});
    row("mark-up", {host, {"X-Forwarded-Proto", "https"}, {"X-Forwarded-Host", "<b>a</b>"}}, {});
    row("a blank", {host, {"X-Forwarded-Proto", "https"}, {"X-Forwarded-Host", "a b"}}, {});
    row("bytes that are no name", {host, {"X-Forwarded-Proto", "https"}, {"X-Forwarded-Host", "\xff\xfe"}},
        {});
    row("a long one", {host, {"X-Forwarded-Proto", "https"}, {"X-Forwarded-Host", QByteArray(300, 'a')}}, {});
    row("escapes in quotes", {host, {"Forwarded", R"(proto="ht\tps";host="mcp\.example")"}},
        u"https://mcp.example"_s);
    row("an escaped quotation mark", {host, {"Forwarded", R"(for="a\";host=x";proto=https;host=b.example)"}},
        u"https://b.example"_s);
    row("a port without its quotes", {host, {"Forwarded", "proto=https;host=b.example:8443"}},
        u"https://b.example:8443"_s);
    row("the port of a proxy within",
        {host,
         {"X-Forwarded-Proto", "https"},
         {"X-Forwarded-Host", "a.example"},
         {"X-Forwarded-Port", "8080"}},
        u"https://a.example"_s);
    row("a parameter twice", {host, {"Forwarded", "proto=https;host=a.example;host=b.example;proto=http"}},
        u"https://a.example"_s);
    row("quotes without an end", {host, {"Forwarded", "proto=\"https;host=a.example"}}, {});
}

void TestForwarded::readsWhatAProxySays()
{
    QFETCH(base::Headers, headers);
    QTEST(web::forwardedOrigin(headers), "origin");
}

GATEHOUSE_TEST(TestForwarded)
#include "tst_forwarded.moc"
