// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/headers.h"
#include "endpoint/personpage.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

/// A person who opens the address of the server.
class TestPersonPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isForBrowsersAlone_data();
    void isForBrowsersAlone();
    void saysHowToConnect();
    void saysThatNobodyIsAskedForAToken();
    void isInertWhateverTheAddressIs();
};

void TestPersonPage::isForBrowsersAlone_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("accept");
    QTest::addColumn<bool>("isWanted");
    QTest::newRow("Chromium")
        << "GET"_ba
        << "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"_ba << true;
    QTest::newRow("asking what there is") << "HEAD"_ba
                                          << "text/html"_ba << true;
    QTest::newRow("in another case") << "GET"_ba
                                     << "Text/HTML; q=0.9"_ba << true;
    QTest::newRow("a stream of MCP") << "GET"_ba
                                     << "text/event-stream"_ba << false;
    QTest::newRow("a stream, or a page of an error") << "GET"_ba
                                                     << "text/event-stream, text/html"_ba << false;
    QTest::newRow("anything") << "GET"_ba
                              << "*/*"_ba << false;
    QTest::newRow("any text") << "GET"_ba
                              << "text/*"_ba << false;
    QTest::newRow("nothing") << "GET"_ba
                             << ""_ba << false;
    QTest::newRow("a call") << "POST"_ba
                            << "text/html"_ba << false;
    QTest::newRow("the end of a session") << "DELETE"_ba
                                          << "text/html"_ba << false;
}

void TestPersonPage::isForBrowsersAlone()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, accept);
    http::Request request;
    request.method = method;
    if (!accept.isEmpty())
        request.headers = {{"Accept", accept}};
    QTEST(endpoint::wantsPage(request), "isWanted");
}

void TestPersonPage::saysHowToConnect()
{
    const http::Response page = endpoint::personPage(
        {u"https://mcp.example.com/mcp"_s, u"https://acme.authkit.app"_s, {}, u"Orders"_s}, true);
    QCOMPARE(page.status, 200);
    const QString html = QString::fromUtf8(page.body);
    for (const QString &words : {u"Orders"_s, u"https://mcp.example.com/mcp"_s, u"https://acme.authkit.app"_s,
                                 u"claude mcp add --transport http"_s,
                                 u"https://mcp.example.com/.well-known/oauth-protected-resource/mcp"_s})
        QVERIFY2(html.contains(words), qPrintable(words));
    QVERIFY(base::valuesOf(page.headers, "Content-Security-Policy").first().startsWith("default-src 'none'"));
    QVERIFY(!html.contains(u"<script"_s));
}

void TestPersonPage::saysThatNobodyIsAskedForAToken()
{
    const http::Response page
        = endpoint::personPage({u"http://localhost:3000/mcp"_s, {}, {}, u"Gatehouse"_s}, false);
    QVERIFY(page.body.contains("no token is asked for"));
    QVERIFY(!page.body.contains("oauth-protected-resource"));
}

void TestPersonPage::isInertWhateverTheAddressIs()
{
    const http::Response page = endpoint::personPage(
        {u"http://x/<script>alert(1)</script>\"'"_s, u"<b>i</b>"_s, {}, u"<img src=x>"_s}, true);
    for (const char *mark : {"<script>alert", "<b>i</b>", "<img"})
        QVERIFY2(!page.body.contains(mark), page.body.constData());
}

GATEHOUSE_TEST(TestPersonPage)
#include "tst_personpage.moc"
