// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sameorigin.h"
#include "client/script.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::client;
using namespace gatehouse::test;
using namespace Qt::StringLiterals;

/// Answers that send a request on.
class TestSameOrigin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWhereARequestMayFollow_data();
    void knowsWhereARequestMayFollow();
    void sendsTheSameRequestOn();
    void handsOverNothingOfAnAnswerThatSendsOn();
    void endsInACircle();
    void canBeCancelledOnItsWay();
};

namespace {

base::FetchReply sentOn(const QByteArray &location, int status = 307)
{
    return {status, {{"location"_ba, location}}, "moved"};
}

} // namespace

void TestSameOrigin::knowsWhereARequestMayFollow_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("next"); // Empty: nowhere.
    const auto row = [](const char *name, int status, const QByteArray &location, const QString &next = {}) {
        QTest::newRow(name) << status << location << next;
    };
    row("a slash more", 307, "https://example.com/mcp/", u"https://example.com/mcp/"_s);
    row("for good", 308, "/v2/mcp", u"https://example.com/v2/mcp"_s);
    row("beside it", 307, "other?a=b", u"https://example.com/other?a=b"_s);
    row("with the usual port", 307, "https://example.com:443/mcp/", u"https://example.com/mcp/"_s);
    row("with a fragment", 307, "/mcp/#here", u"https://example.com/mcp/"_s);
    row("where a POST would become a GET", 301, "/mcp/");
    row("to look at something else", 303, "/mcp/");
    row("to another host", 307, "https://evil.example/mcp");
    row("to another port", 307, "https://example.com:8443/mcp");
    row("without TLS", 307, "http://example.com/mcp");
    row("to a file", 307, "file:///etc/passwd");
    row("to another host without a scheme", 307, "//evil.example/mcp");
    row("with somebody's name", 307, "https://ada@example.com/mcp");
    row("to nowhere", 307, "");
    row("to what is no address", 307, "https://exa mple/%zz");
    row("not at all", 200, "/mcp/");
}

void TestSameOrigin::knowsWhereARequestMayFollow()
{
    QFETCH(int, status);
    QFETCH(QByteArray, location);
    QFETCH(QString, next);
    const QUrl came = followedLocation(QUrl(u"https://example.com/mcp"_s), sentOn(location, status));
    QCOMPARE(came.toString().replace(u":443"_s, QString()), next);
}

void TestSameOrigin::sendsTheSameRequestOn()
{
    Script script;
    script.reply = [](const base::FetchRequest &request) -> base::FetchResult {
        return request.url.path() == "/mcp"_L1 ? sentOn("/mcp/") : http(200, "{}");
    };
    SameOriginFetcher fetcher(&script);
    base::FetchRequest request;
    request.method = "POST";
    request.url = QUrl(u"https://example.com/mcp"_s);
    request.headers = {{"Authorization"_ba, "Bearer t"_ba}};
    request.body = "hello";
    std::optional<base::FetchResult> came;
    fetcher.fetch(request, [&came](base::FetchResult result) { came = std::move(result); });
    QTRY_VERIFY(came);
    QCOMPARE((*came)->status, 200);
    QCOMPARE(script.asked.size(), 2);
    QCOMPARE(script.asked.last().method, "POST"_ba);
    QCOMPARE(script.asked.last().body, "hello"_ba);
    QCOMPARE(script.asked.last().headers, request.headers);
}

void TestSameOrigin::handsOverNothingOfAnAnswerThatSendsOn()
{
    Script script;
    script.reply = [](const base::FetchRequest &request) -> base::FetchResult {
        return request.url.path() == "/mcp"_L1 ? sentOn("/mcp/") : http(200, "right");
    };
    SameOriginFetcher fetcher(&script);
    base::FetchRequest request;
    request.url = QUrl(u"https://example.com/mcp"_s);
    QByteArray body;
    request.onBody = [&body](const base::FetchReply &, QByteArrayView piece) {
        body += piece;
        return false;
    };
    bool isDone = false;
    fetcher.fetch(request, [&isDone](const base::FetchResult &) { isDone = true; });
    QTRY_VERIFY(isDone);
    QCOMPARE(body, "right"_ba);
}

void TestSameOrigin::endsInACircle()
{
    Script script;
    script.reply = [](const base::FetchRequest &) -> base::FetchResult { return sentOn("/mcp"); };
    SameOriginFetcher fetcher(&script);
    base::FetchRequest request;
    request.url = QUrl(u"https://example.com/mcp"_s);
    std::optional<base::FetchResult> came;
    fetcher.fetch(request, [&came](base::FetchResult result) { came = std::move(result); });
    QTRY_VERIFY(came);
    QCOMPARE((*came)->status, 307);
    QCOMPARE(script.asked.size(), 4);
}

void TestSameOrigin::canBeCancelledOnItsWay()
{
    Held held;
    SameOriginFetcher fetcher(&held);
    base::FetchRequest request;
    request.url = QUrl(u"https://example.com/mcp"_s);
    bool isDone = false;
    const auto cancel = fetcher.fetch(request, [&isDone](const base::FetchResult &) { isDone = true; });
    held.all.first()->done(sentOn("/mcp/"));
    QCOMPARE(held.all.size(), 2);
    cancel();
    QVERIFY(held.all.last()->isCancelled);
    QVERIFY(!isDone);
}

GATEHOUSE_TEST(TestSameOrigin)
#include "tst_sameorigin.moc"
