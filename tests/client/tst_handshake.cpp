// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/script.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::client;
using namespace gatehouse::test;
using namespace Qt::StringLiterals;

/// Which era and which revision are spoken, and how many requests it takes to know.
class TestHandshake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsOutWhatTheServerSpeaks_data();
    void findsOutWhatTheServerSpeaks();
    void speaksOnlyWhatItIsToldTo_data();
    void speaksOnlyWhatItIsToldTo();
    void namesTheTransportThatWasReplaced_data();
    void namesTheTransportThatWasReplaced();
    void believesWhatSaysThatNobodyMayComeIn_data();
    void believesWhatSaysThatNobodyMayComeIn();
    void goesOnWhereTheFirstQuestionIsNotAnswered();
    void takesItsTimeWhereTheServerWakesUp();

private:
    const QUrl m_url{u"https://example.com/mcp"_s};
};

namespace {

/// What the server says to each request in turn.
struct Talk
{
    QList<base::FetchReply> replies;
};

const QJsonObject knowsModern{{u"supportedVersions"_s, QJsonArray{u"2026-07-28"_s}}};

base::FetchReply result(const QJsonObject &json)
{
    return http(200, base::writeJson(json), "result");
}
base::FetchReply agreed(const QString &revision)
{
    return result({{u"protocolVersion"_s, revision}});
}
base::FetchReply unsupported(const QJsonArray &supported)
{
    return rpcError(400, -32022, u"Unsupported protocol version"_s, {{u"supported"_s, supported}});
}

/// A result is given the id of the request that it answers.
Reply inTurn(const Talk &talk, int &at)
{
    return [talk, &at](const base::FetchRequest &request) -> base::FetchResult {
        if (Script::bodyOf(request).value("method"_L1) == "notifications/initialized"_L1)
            return http(202);
        const base::FetchReply reply = talk.replies.value(at++, http(418));
        return reply.header("content-type") == "result"
            ? answer(request, base::readJsonObject(reply.body).value_or(QJsonObject()))
            : reply;
    };
}

} // namespace

void TestHandshake::findsOutWhatTheServerSpeaks_data()
{
    QTest::addColumn<Talk>("talk");
    QTest::addColumn<QStringList>("asked"); // Methods, with the revision that initialize names.
    QTest::addColumn<QString>("revision"); // Empty: none.
    const QString discover = u"server/discover"_s;
    const QString newest = u"initialize 2025-11-25"_s;
    const auto row = [](const char *name, const Talk &talk, const QStringList &asked,
                        const QString &revision) { QTest::newRow(name) << talk << asked << revision; };
    row("a server of today", {{result(knowsModern)}}, {discover}, u"2026-07-28"_s);
    row("a server of both eras that names the old one first",
        {{result({{u"supportedVersions"_s, QJsonArray{u"2025-11-25"_s, u"2026-07-28"_s}}})}}, {discover},
        u"2026-07-28"_s);
    row("one that refuses at first what it knows", {{unsupported({u"2026-07-28"_s}), result(knowsModern)}},
        {discover, discover}, u"2026-07-28"_s);
    row("one that always refuses what it knows",
        {{unsupported({u"2026-07-28"_s}), unsupported({u"2026-07-28"_s}), http(404)}},
        {discover, discover, newest}, {});
    const QList<std::pair<const char *, base::FetchReply>> strangers{
        {"a method that it does not know", rpcError(200, -32601, u"Method not found"_s)},
        {"the same with a status", rpcError(404, -32601, u"Method not found"_s)},
        {"a request without a session", rpcError(400, -32000, u"Server not initialized"_s)},
        {"a request without a session, in a page", http(400, "<html>", "text/html")},
        {"an empty 404", http(404)},
        {"an empty 405", http(405)},
        {"an empty 406", http(406)},
        {"a server that breaks", http(500, "oops", "text/plain")},
        {"a result that means nothing", result({})},
        {"a page for everything", http(200, "<html>", "text/html")},
        {"nothing at all", http(202)}};
    for (const auto &[name, reply] : strangers)
        row(name, {{reply, agreed(u"2025-11-25"_s)}}, {discover, newest}, u"2025-11-25"_s);
    row("a server that only knows what was before Streamable HTTP", {{http(404), agreed(u"2024-11-05"_s)}},
        {discover, newest}, u"2024-11-05"_s);
    row("an answer in a revision that nobody knows", {{http(404), agreed(u"2025-13-32"_s)}},
        {discover, newest}, {});
    row("a list of old revisions",
        {{unsupported({u"2025-03-26"_s, u"2025-06-18"_s}), agreed(u"2025-06-18"_s)}},
        {discover, u"initialize 2025-06-18"_s}, u"2025-06-18"_s);
    row("discover lists only old revisions",
        {{result({{u"supportedVersions"_s, QJsonArray{u"2025-06-18"_s}}}), agreed(u"2025-06-18"_s)}},
        {discover, u"initialize 2025-06-18"_s}, u"2025-06-18"_s);
    row("initialize lists what it knows",
        {{http(404),
          rpcError(200, -32602, u"Unsupported protocol version"_s,
                   {{u"supported"_s, QJsonArray{u"2025-06-18"_s}}, {u"requested"_s, u"2025-11-25"_s}}),
          agreed(u"2025-06-18"_s)}},
        {discover, newest, u"initialize 2025-06-18"_s}, u"2025-06-18"_s);
    row("initialize lists what it was asked for",
        {{http(404), rpcError(200, -32602, u"No"_s, {{u"supported"_s, QJsonArray{u"2025-11-25"_s}}})}},
        {discover, newest}, {});
    row("initialize lists what nobody knows",
        {{http(404), rpcError(200, -32602, u"No"_s, {{u"supported"_s, QJsonArray{u"2030-01-01"_s}}})}},
        {discover, newest}, {});
    row("initialize is answered in the revision that has none",
        {{http(404), agreed(u"2026-07-28"_s), result(knowsModern)}}, {discover, newest, discover},
        u"2026-07-28"_s);
    row("initialize is answered so by a server that does not mean it",
        {{http(404), agreed(u"2026-07-28"_s), http(404)}}, {discover, newest, discover, u"GET"_s}, {});
    row("a list that is none",
        {{rpcError(400, -32022, u"No"_s, {{u"supported"_s, 7}}), agreed(u"2025-11-25"_s)}},
        {discover, newest}, u"2025-11-25"_s);
    row("neither is known", {{http(404), http(404)}}, {discover, newest, u"GET"_s}, {});
}

void TestHandshake::findsOutWhatTheServerSpeaks()
{
    QFETCH(const Talk, talk);
    QFETCH(const QStringList, asked);
    QFETCH(const QString, revision);
    int at = 0;
    Script script;
    script.reply = inTurn(talk, at);
    McpClient client(m_url, &script);
    Got<ServerInfo> opened;
    client.open(opened.taker());
    QTRY_VERIFY(opened.value);
    QStringList came;
    for (const base::FetchRequest &request : std::as_const(script.asked)) {
        const QJsonObject body = Script::bodyOf(request);
        const QString method = request.method == "GET" ? u"GET"_s : body.value("method"_L1).toString();
        if (method != "notifications/initialized"_L1)
            came.append((method + u' ' + body["params"_L1]["protocolVersion"_L1].toString()).trimmed());
        if (method == "initialize"_L1)
            QVERIFY(Script::header(request, "MCP-Protocol-Version").isEmpty());
    }
    QCOMPARE(came, asked);
    QCOMPARE(opened.value->has_value() ? (*opened.value)->revision : QString(), revision);
    QVERIFY(*opened.value || !opened.value->error().text.isEmpty());
}

void TestHandshake::speaksOnlyWhatItIsToldTo_data()
{
    QTest::addColumn<QString>("only");
    QTest::addColumn<Talk>("talk");
    QTest::addColumn<QStringList>("asked");
    QTest::addColumn<bool>("isOpened");
    const QString newest = u"2025-11-25"_s;
    const QString today = u"2026-07-28"_s;
    QTest::newRow("an old one of a server that knows a newer")
        << newest << Talk{{agreed(newest)}} << QStringList{u"initialize"_s} << true;
    QTest::newRow("an old one that the server does not take")
        << newest << Talk{{agreed(u"2025-06-18"_s)}} << QStringList{u"initialize"_s} << false;
    QTest::newRow("an old one that the server refuses")
        << u"2025-06-18"_s << Talk{{rpcError(200, -32602, u"No"_s, {{u"supported"_s, QJsonArray{newest}}})}}
        << QStringList{u"initialize"_s} << false;
    QTest::newRow("the one of today")
        << today << Talk{{result(knowsModern)}} << QStringList{u"server/discover"_s} << true;
    QTest::newRow("the one of today at a server that does not know it")
        << today << Talk{{rpcError(200, -32601, u"Method not found"_s)}} << QStringList{u"server/discover"_s}
        << false;
}

void TestHandshake::speaksOnlyWhatItIsToldTo()
{
    QFETCH(const QString, only);
    QFETCH(const Talk, talk);
    QFETCH(const QStringList, asked);
    int at = 0;
    Script script;
    script.reply = inTurn(talk, at);
    McpClient client(m_url, &script);
    client.setRevision(only);
    Got<ServerInfo> opened;
    client.open(opened.taker());
    QTRY_VERIFY(opened.value);
    QStringList methods = script.methods();
    methods.removeAll(u"notifications/initialized"_s);
    QCOMPARE(methods, asked);
    QTEST(opened.value->has_value(), "isOpened");
    if (opened.value->has_value())
        QCOMPARE((*opened.value)->revision, only);
}

void TestHandshake::namesTheTransportThatWasReplaced_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isNamed");
    const QByteArray stream = "text/event-stream";
    const QByteArray endpoint = "event: endpoint\ndata: /messages?sessionId=1\n\n";
    QTest::newRow("its first event") << endpoint << stream << 405 << true;
    QTest::newRow("with a comment behind it, at once") << endpoint + ": ping\n\n" << stream << 405 << true;
    QTest::newRow("with another event behind it, at once") << endpoint + "data: {}\n\n" << stream << 405 << true;
    QTest::newRow("after a comment") << ": hello\n\n" + endpoint << stream << 404 << true;
    QTest::newRow("a stream of Streamable HTTP") << "data: {}\n\n"_ba << stream << 405 << false;
    QTest::newRow("no stream") << endpoint << "text/plain"_ba << 405 << false;
    QTest::newRow("an error of another kind") << endpoint << stream << 500 << false;
    QTest::newRow("an event that does not end") << "event: endpoint\n"_ba << stream << 405 << false;
}

/// Many servers still stand at /sse; whoever asks there is told why it does not work.
void TestHandshake::namesTheTransportThatWasReplaced()
{
    QFETCH(const QByteArray, stream);
    QFETCH(const QByteArray, type);
    QFETCH(const int, status);
    Script script;
    script.reply = [&](const base::FetchRequest &request) -> base::FetchResult {
        return request.method == "GET" ? http(200, stream, type) : http(status);
    };
    McpClient client(m_url, &script);
    Got<ServerInfo> opened;
    client.open(opened.taker());
    QTRY_VERIFY(opened.value);
    QVERIFY(!*opened.value);
    QTEST(opened.value->error().text.contains(u"HTTP+SSE"_s), "isNamed");
}

void TestHandshake::believesWhatSaysThatNobodyMayComeIn_data()
{
    QTest::addColumn<Talk>("talk");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("requests");
    for (const int status : {401, 403, 429, 502, 503, 504}) {
        QTest::addRow("%d to the first", status) << Talk{{http(status)}} << status << 1;
        QTest::addRow("%d to the second", status) << Talk{{http(404), http(status)}} << status << 2;
    }
}

void TestHandshake::believesWhatSaysThatNobodyMayComeIn()
{
    QFETCH(const Talk, talk);
    QFETCH(const int, status);
    QFETCH(const int, requests);
    int at = 0;
    Script script;
    script.reply = inTurn(talk, at);
    McpClient client(m_url, &script);
    Got<ServerInfo> opened;
    client.open(opened.taker());
    QTRY_VERIFY(opened.value);
    QVERIFY(!*opened.value);
    QCOMPARE(opened.value->error().status, status);
    QCOMPARE(script.asked.size(), requests);
}

void TestHandshake::goesOnWhereTheFirstQuestionIsNotAnswered()
{
    Held server;
    McpClient client(m_url, &server);
    client.setTimeoutMs(20);
    Got<ServerInfo> opened;
    client.open(opened.taker());
    client.setTimeoutMs(30'000);
    QTRY_COMPARE(server.all.size(), 2);
    QVERIFY(server.all.first()->isCancelled);
    Held::finish(server.last(u"initialize"_s),
                 answer(server.last(u"initialize"_s).request, {{u"protocolVersion"_s, u"2025-11-25"_s}}));
    server.last(u"notifications/initialized"_s).done(http(202));
    QVERIFY(opened.value && *opened.value);
}

void TestHandshake::takesItsTimeWhereTheServerWakesUp()
{
    Held server;
    McpClient client(m_url, &server);
    client.setTimeoutMs(20);
    Got<ServerInfo> opened;
    client.open(opened.taker());
    client.setTimeoutMs(30'000);
    QTRY_COMPARE(server.all.size(), 2);
    Held::finish(server.last(u"initialize"_s), unsupported({u"2026-07-28"_s}));
    QCOMPARE(server.all.size(), 3);
    Held::finish(server.last(u"server/discover"_s),
                 answer(server.last(u"server/discover"_s).request, knowsModern));
    QVERIFY(opened.value && *opened.value);
    QCOMPARE((*opened.value)->revision, u"2026-07-28"_s);
}

GATEHOUSE_TEST(TestHandshake)
#include "tst_handshake.moc"
