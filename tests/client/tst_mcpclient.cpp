// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/script.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::client;
using namespace gatehouse::test;
using namespace Qt::StringLiterals;

namespace {

/// A row's answer: QTest wants to compare what it holds, and a FetchResult cannot be.
struct Came
{
    base::FetchResult result;
};

} // namespace

class TestMcpClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensASessionAndKeepsItsId();
    void speaksTheModernEraWhereTheServerKnowsIt();
    void readsTheAnswerOffAnEventStream();
    void collectsAllPagesOfTools();
    void endsAListThatDoesNotEnd();
    void endsAListThatIsTooLarge();
    void showsAListAsFarAsItCame_data();
    void showsAListAsFarAsItCame();
    void opensANewSessionWhereTheOldOneIsGone();
    void saysWhatWentWrong_data();
    void saysWhatWentWrong();
    void sendsParametersAsHeadersInTheModernEra();
    void answersNothingOnceItIsGone();
    void answersNothingOnceItIsCancelled();

private:
    const QUrl m_url{u"https://example.com/mcp"_s};
};

void TestMcpClient::opensASessionAndKeepsItsId()
{
    Script script;
    script.reply = legacy([](const base::FetchRequest &request) -> base::FetchResult {
        return request.method == "DELETE" ? base::FetchResult(http(204))
                                          : answer(request, {{u"content"_s, QJsonArray()}});
    });
    McpClient client(m_url, &script);
    client.setAccessToken("abc");
    Got<ServerInfo> opened;
    client.open(opened.taker());
    QTRY_VERIFY(opened.value);
    QVERIFY(*opened.value);
    QCOMPARE((*opened.value)->era, protocol::Era::Legacy);
    QCOMPARE((*opened.value)->name, u"old"_s);
    Got<Result> called;
    client.callTool(u"echo"_s, {}, called.taker());
    QTRY_VERIFY(called.value);
    bool closed = false;
    client.close([&closed] { closed = true; });
    QTRY_VERIFY(closed);

    QCOMPARE(script.methods(),
             QStringList({u"server/discover"_s, u"initialize"_s, u"notifications/initialized"_s,
                          u"tools/call"_s, u"DELETE"_s}));
    QCOMPARE(Script::header(script.asked[1], "MCP-Protocol-Version"), QByteArray());
    for (int i = 2; i < 5; ++i) {
        QCOMPARE(Script::header(script.asked[i], "Mcp-Session-Id"), "s-1"_ba);
        QCOMPARE(Script::header(script.asked[i], "MCP-Protocol-Version"), "2025-11-25"_ba);
        QCOMPARE(Script::header(script.asked[i], "Authorization"), "Bearer abc"_ba);
    }
    QCOMPARE(Script::header(script.asked[3], "Accept"), "application/json, text/event-stream"_ba);
    QCOMPARE(Script::header(script.asked[3], "Mcp-Method"), QByteArray());
}

void TestMcpClient::speaksTheModernEraWhereTheServerKnowsIt()
{
    Script script;
    int discovered = 0;
    script.reply = [&discovered](const base::FetchRequest &request) -> base::FetchResult {
        const QString method = Script::bodyOf(request).value("method"_L1).toString();
        if (method == "server/discover"_L1 && discovered++ == 0)
            return rpcError(400, -32022, u"Unsupported, at first"_s,
                            {{u"supported"_s, QJsonArray{u"2026-07-28"_s}}});
        return answer(request,
                      {{u"resultType"_s, u"complete"_s},
                       {u"supportedVersions"_s, QJsonArray{u"2026-07-28"_s}},
                       {u"tools"_s, QJsonArray()}});
    };
    McpClient client(m_url, &script);
    Got<ServerInfo> opened;
    client.open(opened.taker());
    QTRY_VERIFY(opened.value);
    QVERIFY(*opened.value);
    QCOMPARE((*opened.value)->era, protocol::Era::Modern);
    Got<Result> called;
    client.callTool(u"größe"_s, {}, called.taker());
    QTRY_VERIFY(called.value && *called.value);
    const base::FetchRequest &last = script.asked.last();
    QCOMPARE(Script::header(last, "MCP-Protocol-Version"), "2026-07-28"_ba);
    QCOMPARE(Script::header(last, "Mcp-Method"), "tools/call"_ba);
    QCOMPARE(Script::header(last, "Mcp-Name"), "=?base64?" + u"größe"_s.toUtf8().toBase64() + "?=");
    QCOMPARE(Script::header(last, "Mcp-Session-Id"), QByteArray());
    const QJsonObject meta = Script::bodyOf(last).value("params"_L1).toObject().value("_meta"_L1).toObject();
    QCOMPARE(meta.value("io.modelcontextprotocol/protocolVersion"_L1).toString(), u"2026-07-28"_s);
    QVERIFY(meta.value("io.modelcontextprotocol/clientCapabilities"_L1).isObject());
}

void TestMcpClient::readsTheAnswerOffAnEventStream()
{
    Script script;
    script.reply = legacy([](const base::FetchRequest &request) -> base::FetchResult {
        const QByteArray id = QByteArray::number(Script::bodyOf(request).value("id"_L1).toInteger());
        return http(200,
                    ": hello\r\nid: 1\r\ndata:\r\n\r\n"
                    "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n"
                    "event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":"
                        + id + ",\ndata: \"result\":{\"content\":[]}}\n\n",
                    "text/event-stream; charset=utf-8");
    });
    McpClient client(m_url, &script);
    Got<ServerInfo> opened;
    client.open(opened.taker());
    QTRY_VERIFY(opened.value);
    Got<Result> called;
    client.callTool(u"echo"_s, {}, called.taker());
    QTRY_VERIFY(called.value);
    QVERIFY(*called.value);
    QVERIFY((*called.value)->json.contains("content"_L1));
}

void TestMcpClient::collectsAllPagesOfTools()
{
    Script script;
    script.reply = legacy([](const base::FetchRequest &request) -> base::FetchResult {
        const QJsonObject params = Script::bodyOf(request).value("params"_L1).toObject();
        if (!params.contains("cursor"_L1))
            return answer(
                request,
                {{u"tools"_s, QJsonArray{QJsonObject{{u"name"_s, u"one"_s}}}}, {u"nextCursor"_s, u""_s}});
        return answer(request, {{u"tools"_s, QJsonArray{QJsonObject{{u"name"_s, u"two"_s}}}}});
    });
    McpClient client(m_url, &script);
    Got<ServerInfo> opened;
    client.open(opened.taker());
    QTRY_VERIFY(opened.value);
    Got<ToolListing> listed;
    client.listTools(listed.taker());
    QTRY_VERIFY(listed.value);
    QVERIFY(*listed.value);
    QCOMPARE((*listed.value)->tools.size(), 2); // The empty cursor is a cursor.
    QCOMPARE((*listed.value)->tools.last().name, u"two"_s);
}

void TestMcpClient::endsAListThatDoesNotEnd()
{
    Script script;
    script.reply = legacy([](const base::FetchRequest &request) -> base::FetchResult {
        return answer(request, {{u"tools"_s, QJsonArray()}, {u"nextCursor"_s, u"again"_s}});
    });
    McpClient client(m_url, &script);
    Got<ServerInfo> opened;
    client.open(opened.taker());
    QTRY_VERIFY(opened.value);
    Got<ToolListing> listed;
    client.listTools(listed.taker());
    QTRY_VERIFY(listed.value);
    QVERIFY(*listed.value);
    QVERIFY((*listed.value)->remark.contains(u"does not end"_s));
    QVERIFY(script.asked.size() < 7);
}

/// Each page is within its bound, and Qt takes eight times its text.
void TestMcpClient::endsAListThatIsTooLarge()
{
    QJsonArray digits;
    for (int i = 0; i < 200'000; ++i)
        digits.append(1);
    Script script;
    int pages = 0;
    script.reply = legacy([&](const base::FetchRequest &request) -> base::FetchResult {
        ++pages;
        const QJsonObject tool{{u"name"_s, u"tool-%1"_s.arg(pages)},
                               {u"inputSchema"_s, QJsonObject{{u"examples"_s, digits}}}};
        return answer(request, {{u"tools"_s, QJsonArray{tool}}, {u"nextCursor"_s, QString::number(pages)}});
    });
    McpClient client(m_url, &script);
    Got<ServerInfo> opened;
    client.open(opened.taker());
    QTRY_VERIFY(opened.value);
    Got<ToolListing> listed;
    client.listTools(listed.taker());
    QTRY_VERIFY_WITH_TIMEOUT(listed.value, 60'000);
    QVERIFY(*listed.value);
    QVERIFY2((*listed.value)->remark.contains(u"larger than 32 MiB"_s), qPrintable((*listed.value)->remark));
    QVERIFY(!(*listed.value)->tools.isEmpty());
    QVERIFY2(pages < 20, "it stops asking");
}

void TestMcpClient::showsAListAsFarAsItCame_data()
{
    QTest::addColumn<QByteArrayList>("pages"); // "!": an error.
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QString>("remark"); // "!": it fails.
    QTest::newRow("an empty cursor that is one")
        << QByteArrayList{R"({"tools":[{"name":"a"}],"nextCursor":""})", R"({"tools":[{"name":"b"}]})"}
        << QStringList{u"a"_s, u"b"_s} << QString();
    QTest::newRow("an empty cursor that means the end")
        << QByteArrayList{R"({"tools":[{"name":"a"}],"nextCursor":""})",
                          R"({"tools":[{"name":"a"}],"nextCursor":""})"}
        << QStringList{u"a"_s} << u"does not end"_s;
    QTest::newRow("a cursor that is none")
        << QByteArrayList{R"({"tools":[{"name":"a"}],"nextCursor":2})"} << QStringList{u"a"_s} << QString();
    QTest::newRow("one bad entry")
        << QByteArrayList{R"({"tools":[{"name":"a"},{"name":null},3,{"name":"b"}]})"}
        << QStringList{u"a"_s, u"b"_s} << u"without a name"_s;
    QTest::newRow("two of one name") << QByteArrayList{R"({"tools":[{"name":"a"},{"name":"a"}]})"}
                                     << QStringList{u"a"_s, u"a"_s} << QString();
    QTest::newRow("a later page that fails")
        << QByteArrayList{R"({"tools":[{"name":"a"}],"nextCursor":"x"})", "!"} << QStringList{u"a"_s}
        << u"what follows is missing: it broke"_s;
    QTest::newRow("a later page that is none")
        << QByteArrayList{R"({"tools":[{"name":"a"}],"nextCursor":"x"})", "{}"} << QStringList{u"a"_s}
        << u"missing: The answer to tools/list has no list of tools"_s;
    QTest::newRow("an empty page in between")
        << QByteArrayList{R"({"tools":[],"nextCursor":"x"})", R"({"tools":[{"name":"a"}]})"}
        << QStringList{u"a"_s} << QString();
    QTest::newRow("a first page that fails") << QByteArrayList{"!"} << QStringList() << u"!"_s;
    QTest::newRow("a first page that is none")
        << QByteArrayList{R"({"tools":null})"} << QStringList() << u"!"_s;
}

void TestMcpClient::showsAListAsFarAsItCame()
{
    QFETCH(const QByteArrayList, pages);
    QFETCH(const QStringList, names);
    QFETCH(const QString, remark);
    Script script;
    int page = 0;
    script.reply = legacy([&](const base::FetchRequest &request) -> base::FetchResult {
        const QByteArray text = pages.value(page++);
        return text == "!" ? rpcError(200, -32603, u"it broke"_s)
                           : answer(request, base::readJsonObject(text).value_or(QJsonObject()));
    });
    McpClient client(m_url, &script);
    Got<ServerInfo> opened;
    client.open(opened.taker());
    QTRY_VERIFY(opened.value);
    Got<ToolListing> listed;
    client.listTools(listed.taker());
    QTRY_VERIFY(listed.value);
    QCOMPARE(page, pages.size());
    QCOMPARE(listed.value->has_value(), remark != "!"_L1);
    if (remark == "!"_L1)
        return;
    QStringList came;
    for (const ToolInfo &tool : std::as_const((*listed.value)->tools))
        came.append(tool.name);
    QCOMPARE(came, names);
    QCOMPARE((*listed.value)->remark.isEmpty(), remark.isEmpty());
    QVERIFY2((*listed.value)->remark.contains(remark), qPrintable((*listed.value)->remark));
}

void TestMcpClient::opensANewSessionWhereTheOldOneIsGone()
{
    Script script;
    int calls = 0;
    script.reply = legacy([&calls](const base::FetchRequest &request) -> base::FetchResult {
        return calls++ == 0 ? base::FetchResult(http(404)) : answer(request, {{u"content"_s, QJsonArray()}});
    });
    McpClient client(m_url, &script);
    Got<ServerInfo> opened;
    client.open(opened.taker());
    QTRY_VERIFY(opened.value);
    Got<Result> called;
    client.callTool(u"echo"_s, {}, called.taker());
    QTRY_VERIFY(called.value);
    QVERIFY(*called.value);
    QCOMPARE(script.methods().count(u"initialize"_s), 2);
    calls = -1; // Gone for good: the second 404 is the answer.
    script.reply = legacy([](const base::FetchRequest &) -> base::FetchResult { return http(404); });
    Got<Result> again;
    client.callTool(u"echo"_s, {}, again.taker());
    QTRY_VERIFY(again.value);
    QVERIFY(!*again.value);
    QCOMPARE(again.value->error().fault, CallFault::HttpError);
}

void TestMcpClient::saysWhatWentWrong_data()
{
    QTest::addColumn<Came>("came");
    QTest::addColumn<CallFault>("fault");
    QTest::addColumn<QByteArray>("challenge");
    const base::FetchResult gone
        = base::failure(base::FetchError{base::FetchFault::Unreachable, u"No connection."_s});
    base::FetchReply refused = http(401);
    refused.headers.append({"www-authenticate"_ba, "Bearer x=\"y\""_ba});
    base::FetchReply forbidden = http(403);
    forbidden.headers.append({"www-authenticate"_ba, "Bearer error=\"insufficient_scope\""_ba});
    QTest::addRow("nobody there") << Came{gone} << CallFault::Unreachable << QByteArray();
    QTest::addRow("a token is wanted") << Came{refused} << CallFault::Unauthorized << "Bearer x=\"y\""_ba;
    QTest::addRow("more scopes are wanted")
        << Came{forbidden} << CallFault::Forbidden << "Bearer error=\"insufficient_scope\""_ba;
    QTest::addRow("a broken server") << Came{http(500, "<html>")} << CallFault::HttpError << QByteArray();
    QTest::addRow("a redirect") << Came{http(307)} << CallFault::HttpError << QByteArray();
    QTest::addRow("an error of JSON-RPC")
        << Came{rpcError(200, -32602, u"Unknown tool"_s)} << CallFault::RpcError << QByteArray();
    QTest::addRow("an error of JSON-RPC with a status")
        << Came{rpcError(400, -32602, u"Unknown tool"_s)} << CallFault::RpcError << QByteArray();
}

void TestMcpClient::saysWhatWentWrong()
{
    QFETCH(Came, came);
    QFETCH(CallFault, fault);
    QFETCH(QByteArray, challenge);
    Script script;
    script.reply = legacy([came](const base::FetchRequest &) { return came.result; });
    McpClient client(m_url, &script);
    Got<ServerInfo> opened;
    client.open(opened.taker());
    QTRY_VERIFY(opened.value);
    Got<Result> called;
    client.callTool(u"echo"_s, {}, called.taker());
    QTRY_VERIFY(called.value);
    QVERIFY(!*called.value);
    QCOMPARE(called.value->error().fault, fault);
    QCOMPARE(called.value->error().challenge, challenge);
    QVERIFY(!called.value->error().text.isEmpty());
}

void TestMcpClient::sendsParametersAsHeadersInTheModernEra()
{
    Script script;
    const QJsonObject region{{u"type"_s, u"string"_s}, {u"x-mcp-header"_s, u"Region"_s}};
    const QJsonObject wrong{{u"type"_s, u"object"_s}, {u"x-mcp-header"_s, u"Region"_s}};
    const auto tool = [](const QString &name, const QJsonObject &property) {
        return QJsonObject{
            {u"name"_s, name},
            {u"inputSchema"_s,
             QJsonObject{{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject{{u"region"_s, property}}}}}};
    };
    script.reply = [&](const base::FetchRequest &request) -> base::FetchResult {
        return answer(request,
                      {{u"supportedVersions"_s, QJsonArray{u"2026-07-28"_s}},
                       {u"tools"_s, QJsonArray{tool(u"good"_s, region), tool(u"bad"_s, wrong)}}});
    };
    McpClient client(m_url, &script);
    Got<ServerInfo> opened;
    client.open(opened.taker());
    QTRY_VERIFY(opened.value && *opened.value);
    Got<ToolListing> listed;
    client.listTools(listed.taker());
    QTRY_VERIFY(listed.value && *listed.value);
    QCOMPARE((*listed.value)->tools.size(), 1); // The other asks for a header that no object can be.
    Got<Result> called;
    client.callTool(u"good"_s, {{u"region"_s, u" eu"_s}}, called.taker());
    QTRY_VERIFY(called.value);
    QCOMPARE(Script::header(script.asked.last(), "Mcp-Param-Region"), "=?base64?IGV1?="_ba);
}

void TestMcpClient::answersNothingOnceItIsGone()
{
    Script script;
    script.reply = legacy([](const base::FetchRequest &) -> base::FetchResult { return http(500); });
    bool called = false;
    {
        McpClient client(m_url, &script);
        client.open([&called](const auto &) { called = true; });
    }
    QTest::qWait(20);
    QCOMPARE(script.asked.size(), 1);
    QVERIFY(!called);
}

void TestMcpClient::answersNothingOnceItIsCancelled()
{
    Script script;
    script.reply = legacy([](const base::FetchRequest &) -> base::FetchResult { return http(200); });
    McpClient client(m_url, &script);
    Got<ServerInfo> opened;
    client.open(opened.taker());
    client.cancel();
    QTest::qWait(20);
    QVERIFY(!opened.value);
    client.open(opened.taker()); // It can be used again.
    QTRY_VERIFY(opened.value);
}

GATEHOUSE_TEST(TestMcpClient)
#include "tst_mcpclient.moc"
