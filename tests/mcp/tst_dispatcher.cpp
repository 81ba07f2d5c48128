// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "base/mask.h"
#include "mcp/dispatcher.h"
#include "protocol/revision.h"
#include "support/collected.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QJsonDocument>
#include <QTest>

#include <thread>

using namespace gatehouse;
using namespace Qt::StringLiterals;

namespace {

const QJsonObject modernMeta{{u"io.modelcontextprotocol/protocolVersion"_s, u"2026-07-28"_s},
                             {u"io.modelcontextprotocol/clientCapabilities"_s, QJsonObject{}}};

QJsonObject request(const QString &method, QJsonObject params = {}, const QJsonValue &id = 1)
{
    return {{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"method"_s, method}, {u"params"_s, params}};
}

mcp::Tool tool(const QString &name, std::function<void(const mcp::ToolCall &, mcp::ToolAnswer)> handler)
{
    mcp::Tool made;
    made.name = name;
    made.inputSchema = {{u"type"_s, u"object"_s},
                        {u"properties"_s, QJsonObject{{u"text"_s, QJsonObject{{u"type"_s, u"string"_s}}}}},
                        {u"additionalProperties"_s, false}};
    made.handler = std::move(handler);
    return made;
}

} // namespace

class TestDispatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void negotiatesTheRevision_data();
    void negotiatesTheRevision();
    void answersSessionsOfEachRevision_data();
    void answersSessionsOfEachRevision();
    void refusesWhatIsNoMessage_data();
    void refusesWhatIsNoMessage();
    void keepsSessionsApart();
    void endsASessionForWhoeverRunsTheServer();
    void answersWhatIsUnderWayInASessionThatIsEnded();
    void tellsOfEachSessionThatIsOver();
    void forgetsIdleAndSurplusSessions();
    void refusesBatchesAndAnotherErasVersions();
    void followsTheModernTable_data();
    void followsTheModernTable();
    void survivesToolsThatMisbehave();
    void refusesToolsThatCannotBeServed();
    void describesMessagesForTheLog();
    void leavesSessionsForOthers();
    void alwaysAnswersAPing();
    void boundsWhatMessagesTake();
    void boundsWhatASessionKeeps();

private:
    mcp::Outgoing send(mcp::Incoming incoming);
    mcp::Outgoing send(const QJsonObject &message, const QByteArray &session)
    {
        mcp::Incoming incoming;
        incoming.body = message;
        incoming.sessionId = session;
        return send(incoming);
    }
    QByteArray begin(const QString &revision = u"2025-11-25"_s, const QString &user = {});
    static QJsonObject bodyOf(const mcp::Outgoing &outgoing)
    {
        return QJsonDocument::fromJson(outgoing.body).object();
    }
    static int codeOf(const mcp::Outgoing &outgoing)
    {
        return bodyOf(outgoing)[u"error"_s][u"code"_s].toInt();
    }

    qint64 m_now = 1'000'000;
    int m_seed = 0;
    int m_calls = 0;
    std::unique_ptr<mcp::Features> m_features;
    std::unique_ptr<mcp::Dispatcher> m_dispatcher;
};

void TestDispatcher::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_calls = 0;
    const auto random
        = [this](qsizetype bytes) { return QByteArray::number(++m_seed).rightJustified(bytes, 'x'); };
    m_dispatcher.reset();
    m_features = std::make_unique<mcp::Features>();
    mcp::ProtocolLimits limits;
    limits.sessions = {3, 90'000};
    m_dispatcher = std::make_unique<mcp::Dispatcher>(
        mcp::ServerDescription{}, m_features.get(), [this] { return m_now; }, random, limits);
    QVERIFY(
        m_features->addTool(tool(u"echo"_s, [this](const mcp::ToolCall &call, const mcp::ToolAnswer &answer) {
            ++m_calls;
            answer(
                mcp::ToolResult::structured({{u"echo"_s, call.arguments}, {u"user"_s, call.caller.userId}}));
        })));
}

mcp::Outgoing TestDispatcher::send(mcp::Incoming incoming)
{
    const auto peer = std::make_shared<test::Collected>();
    m_dispatcher->handle(incoming, peer);
    if (!gatehouse::waitFor([&] { return peer->ends > 0; }, 2000) || peer->ends != 1)
        QTest::qFail("a request is answered exactly once", __FILE__, __LINE__);
    return peer->outgoing();
}

QByteArray TestDispatcher::begin(const QString &revision, const QString &user)
{
    mcp::Incoming incoming;
    incoming.caller.userId = user;
    incoming.body = request(u"initialize"_s,
                            {{u"protocolVersion"_s, revision},
                             {u"capabilities"_s, QJsonObject{}},
                             {u"clientInfo"_s, QJsonObject{{u"name"_s, u"test"_s}, {u"version"_s, u"1"_s}}}});
    return send(incoming).sessionId;
}

void TestDispatcher::negotiatesTheRevision_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("given");
    for (const QString &revision : protocol::legacyRevisions())
        QTest::newRow(qPrintable(revision)) << revision << revision;
    QTest::newRow("unknown") << u"1999-01-01"_s << u"2025-11-25"_s;
    QTest::newRow("stateless") << u"2026-07-28"_s << u"2025-11-25"_s;
}

void TestDispatcher::negotiatesTheRevision()
{
    QFETCH(QString, asked);
    mcp::Incoming incoming;
    incoming.body = request(u"initialize"_s,
                            {{u"protocolVersion"_s, asked},
                             {u"capabilities"_s, QJsonObject{}},
                             {u"clientInfo"_s, QJsonObject{}}});
    const mcp::Outgoing outgoing = send(incoming);
    QCOMPARE(outgoing.status, 200);
    QTEST(bodyOf(outgoing)[u"result"_s][u"protocolVersion"_s].toString(), "given");
    QVERIFY(outgoing.sessionId.size() >= 32);
    incoming.body = request(u"initialize"_s, {{u"protocolVersion"_s, 1}});
    QCOMPARE(codeOf(send(incoming)), -32602);
}

void TestDispatcher::answersSessionsOfEachRevision_data()
{
    QTest::addColumn<QString>("revision");
    for (const QString &revision : protocol::legacyRevisions())
        QTest::newRow(qPrintable(revision)) << revision;
}

void TestDispatcher::answersSessionsOfEachRevision()
{
    QFETCH(QString, revision);
    const QByteArray session = begin(revision);
    QCOMPARE(send({{u"jsonrpc"_s, u"2.0"_s}, {u"method"_s, u"notifications/initialized"_s}}, session).status,
             202);
    QCOMPARE(bodyOf(send(request(u"ping"_s), session))[u"result"_s].toObject(), QJsonObject());
    QCOMPARE(
        bodyOf(send(request(u"tools/list"_s), session))[u"result"_s][u"tools"_s][0][u"name"_s].toString(),
        u"echo"_s);
    const QJsonObject call
        = request(u"tools/call"_s,
                  {{u"name"_s, u"echo"_s}, {u"arguments"_s, QJsonObject{{u"text"_s, u"a"_s}}}}, u"x"_s);
    const QJsonObject answer = bodyOf(send(call, session));
    QCOMPARE(answer[u"id"_s].toString(), u"x"_s);
    QCOMPARE(answer[u"result"_s][u"content"_s][0][u"type"_s].toString(), u"text"_s);
    QVERIFY2(answer[u"result"_s].toObject().contains(u"structuredContent"_s) == (revision > u"2025-03-26"_s),
             "2025-03-26 knows no structured content");
    QCOMPARE(codeOf(send(request(u"tools/call"_s, {{u"name"_s, u"none"_s}}), session)), -32602);
    QCOMPARE(codeOf(send(request(u"nothing/known"_s), session)), -32601);
    QCOMPARE(codeOf(send(request(u"tools/list"_s, {{u"cursor"_s, u"x"_s}}), session)), -32602);
}

void TestDispatcher::refusesWhatIsNoMessage_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("number") << "1"_ba;
    QTest::newRow("empty object") << "{}"_ba;
    QTest::newRow("other version") << "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}"_ba;
    QTest::newRow("id null") << "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}"_ba;
    QTest::newRow("id a fraction") << "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}"_ba;
    QTest::newRow("id a boolean") << "{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"ping\"}"_ba;
    QTest::newRow("method a number") << "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":2}"_ba;
    QTest::newRow("params a list") << "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}"_ba;
    QTest::newRow("batch without a session") << "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]"_ba;
}

void TestDispatcher::refusesWhatIsNoMessage()
{
    QFETCH(QByteArray, body);
    mcp::Incoming incoming;
    incoming.body = *base::readJson(body);
    incoming.headers.protocolVersion = "2025-11-25";
    const mcp::Outgoing outgoing = send(incoming);
    QCOMPARE(outgoing.status, 400);
    QCOMPARE(codeOf(outgoing), -32600);
    QVERIFY(!bodyOf(outgoing).contains(u"id"_s));
}

void TestDispatcher::keepsSessionsApart()
{
    const QByteArray session = begin(u"2025-11-25"_s, u"user_a"_s);
    mcp::Incoming incoming;
    incoming.body = request(u"ping"_s);
    QCOMPARE(send(incoming).status, 400);
    incoming.sessionId = "unknown";
    QCOMPARE(send(incoming).status, 404);
    incoming.sessionId = session;
    incoming.caller.userId = u"user_b"_s;
    QVERIFY2(send(incoming).status == 404, "a foreign session looks like none");
    QCOMPARE(m_dispatcher->endSession(session, incoming.caller).status, 404);
    incoming.caller.userId = u"user_a"_s;
    QCOMPARE(send(incoming).status, 200);
    incoming.headers.protocolVersion = "2024-01-01";
    QCOMPARE(send(incoming).status, 400);
    QCOMPARE(m_dispatcher->endSession(std::nullopt, incoming.caller).status, 400);
    QCOMPARE(m_dispatcher->endSession(session, incoming.caller).status, 200);
    incoming.headers.protocolVersion.reset();
    QCOMPARE(send(incoming).status, 404);
}

void TestDispatcher::endsASessionForWhoeverRunsTheServer()
{
    const QByteArray first = begin();
    const QByteArray second = begin();
    QVERIFY(!m_dispatcher->endSessionByFingerprint("00000000"));
    QVERIFY(!m_dispatcher->endSessionByFingerprint({}));
    QVERIFY(!m_dispatcher->endSessionByFingerprint(first)); // Its id is not known there.
    QVERIFY(m_dispatcher->endSessionByFingerprint(base::fingerprint(first)));
    QCOMPARE(send(request(u"ping"_s), first).status, 404);
    QCOMPARE(send(request(u"ping"_s), second).status, 200);
    QVERIFY(!m_dispatcher->endSessionByFingerprint(base::fingerprint(first)));
}

void TestDispatcher::answersWhatIsUnderWayInASessionThatIsEnded()
{
    QList<mcp::ToolAnswer> waiting;
    QVERIFY(
        m_features->addTool(tool(u"slow"_s, [&waiting](const mcp::ToolCall &, const mcp::ToolAnswer &answer) {
            waiting.append(answer);
        })));
    const QByteArray session = begin();
    const QByteArray other = begin();
    const auto call = [this](const QByteArray &id) {
        mcp::Incoming incoming;
        incoming.sessionId = id;
        incoming.body = request(u"tools/call"_s, {{u"name"_s, u"slow"_s}, {u"arguments"_s, QJsonObject{}}});
        auto peer = std::make_shared<test::Collected>();
        m_dispatcher->handle(incoming, peer);
        return peer;
    };
    const auto peer = call(session);
    const auto theirs = call(other);
    QTRY_COMPARE(waiting.size(), 2);
    mcp::Incoming listening;
    listening.sessionId = session;
    const auto stream = std::make_shared<test::Collected>();
    m_dispatcher->listen(listening, stream);
    QVERIFY(m_dispatcher->endSessionByFingerprint(base::fingerprint(session)));
    QTRY_COMPARE(peer->ends, 1);
    QVERIFY2(peer->body()[u"error"_s][u"message"_s].toString().contains(u"ended the session"_s),
             peer->outgoing().body.constData());
    QTRY_COMPARE(stream->ends, 1);
    QCOMPARE(theirs->ends, 0);
}

void TestDispatcher::tellsOfEachSessionThatIsOver()
{
    QByteArrayList told;
    connect(m_dispatcher.get(), &mcp::Dispatcher::sessionEnded, this,
            [&told](const QByteArray &fingerprint) { told.append(fingerprint); });
    const auto isTold = [&told](const QByteArray &session) {
        return std::exchange(told, {}) == QByteArrayList({base::fingerprint(session)});
    };
    const QByteArray left = begin();
    QCOMPARE(m_dispatcher->endSession(left, {}).status, 200);
    QVERIFY(isTold(left));
    QCOMPARE(m_dispatcher->endSession(left, {}).status, 404);
    QVERIFY(told.isEmpty());
    const QByteArray ended = begin();
    QVERIFY(m_dispatcher->endSessionByFingerprint(base::fingerprint(ended)));
    QVERIFY(isTold(ended));
    const QByteArray unused = begin();
    m_now += 90'001;
    QCOMPARE(send(request(u"ping"_s), unused).status, 404);
    QVERIFY(isTold(unused));
    const QByteArray swept = begin();
    m_now += 90'001;
    m_dispatcher->sweep();
    QVERIFY(isTold(swept));
    const QByteArray surplus = begin();
    m_now += 60'001;
    for (int i = 0; i < 3; ++i)
        QVERIFY(!begin().isEmpty());
    QVERIFY(isTold(surplus));
    m_dispatcher->endUnentitled(false);
    QVERIFY(told.isEmpty());
    m_dispatcher->endUnentitled(true);
    QCOMPARE(told.size(), 3);
}

void TestDispatcher::forgetsIdleAndSurplusSessions()
{
    const QByteArray first = begin();
    const QByteArray second = begin();
    m_now += 10;
    QCOMPARE(send(request(u"ping"_s), first).status, 200);
    QVERIFY(!begin().isEmpty());
    QVERIFY2(begin().isEmpty(), "a full house takes nobody in while all are busy");
    m_now += 59'999;
    QCOMPARE(send(request(u"ping"_s), first).status, 200);
    QVERIFY(!begin().isEmpty());
    QVERIFY2(send(request(u"ping"_s), second).status == 404, "the longest idle one has gone");
    QCOMPARE(send(request(u"ping"_s), first).status, 200);
    m_now += 90'001;
    QCOMPARE(send(request(u"ping"_s), first).status, 404);
}

void TestDispatcher::refusesBatchesAndAnotherErasVersions()
{
    mcp::Incoming incoming;
    incoming.sessionId = begin();
    incoming.body = QJsonArray({request(u"ping"_s)});
    QCOMPARE(send(incoming).status, 400);
    incoming.body = request(u"ping"_s);
    incoming.headers.protocolVersion = "2024-11-05";
    const mcp::Outgoing outgoing = send(incoming);
    QCOMPARE(outgoing.status, 400);
    QVERIFY(bodyOf(outgoing)[u"error"_s][u"message"_s].toString().contains("2025-11-25"_L1));
    incoming.headers.protocolVersion = "2025-06-18";
    QCOMPARE(send(incoming).status, 200);
    // It is supported, but it has no streams to open.
    incoming.headers.protocolVersion = "2026-07-28";
    const auto peer = std::make_shared<test::Collected>();
    m_dispatcher->listen(incoming, peer);
    QCOMPARE(peer->outgoing().status, 400);
    const QString said = bodyOf(peer->outgoing())[u"error"_s][u"message"_s].toString();
    QVERIFY2(said.contains(u"has no sessions"_s) && !said.contains(u"not supported"_s), qPrintable(said));
}

void TestDispatcher::followsTheModernTable_data()
{
    QTest::addColumn<QJsonObject>("message");
    QTest::addColumn<QByteArrayList>("headers"); // version, method, name; "-" is absent
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    const QJsonObject meta{{u"_meta"_s, modernMeta}};
    const QJsonObject call{{u"_meta"_s, modernMeta}, {u"name"_s, u"echo"_s}, {u"arguments"_s, QJsonObject{}}};
    QJsonObject badCall = call;
    badCall.insert(u"arguments"_s, QJsonArray());
    QJsonObject noCall = call;
    noCall.insert(u"name"_s, u"ech"_s);
    QJsonObject future = modernMeta;
    future.insert(u"io.modelcontextprotocol/protocolVersion"_s, u"2030-01-01"_s);
    using List = QByteArrayList;
    QTest::newRow("discover") << request(u"server/discover"_s, meta)
                              << List{"2026-07-28", "server/discover", "-"} << 200 << 0;
    QTest::newRow("list") << request(u"tools/list"_s, meta) << List{"2026-07-28", "tools/list", "-"} << 200
                          << 0;
    QTest::newRow("call") << request(u"tools/call"_s, call) << List{"2026-07-28", "tools/call", "echo"} << 200
                          << 0;
    QTest::newRow("call with an encoded name")
        << request(u"tools/call"_s, call) << List{"2026-07-28", "tools/call", "=?base64?ZWNobw==?="} << 200
        << 0;
    QTest::newRow("call with a badly encoded name")
        << request(u"tools/call"_s, call) << List{"2026-07-28", "tools/call", "=?base64?ZWNobw?="} << 400
        << -32020;
    QTest::newRow("no version header")
        << request(u"tools/list"_s, meta) << List{"-", "tools/list", "-"} << 400 << -32020;
    QTest::newRow("no _meta") << request(u"tools/list"_s) << List{"2026-07-28", "tools/list", "-"} << 400
                              << -32602;
    QTest::newRow("header of another version")
        << request(u"tools/list"_s, meta) << List{"2025-11-25", "tools/list", "-"} << 400 << -32020;
    QTest::newRow("version of the future") << request(u"tools/list"_s, {{u"_meta"_s, future}})
                                           << List{"2030-01-01", "tools/list", "-"} << 400 << -32022;
    QTest::newRow("no method header")
        << request(u"tools/list"_s, meta) << List{"2026-07-28", "-", "-"} << 400 << -32020;
    QTest::newRow("method header differs in case")
        << request(u"tools/list"_s, meta) << List{"2026-07-28", "Tools/list", "-"} << 400 << -32020;
    QTest::newRow("no name header") << request(u"tools/call"_s, call) << List{"2026-07-28", "tools/call", "-"}
                                    << 400 << -32020;
    QTest::newRow("name header differs")
        << request(u"tools/call"_s, call) << List{"2026-07-28", "tools/call", "ech"} << 400 << -32020;
    QTest::newRow("initialize with a _meta of its time")
        << request(u"initialize"_s, meta) << List{"2026-07-28", "initialize", "-"} << 404 << -32601;
    QTest::newRow("discover without _meta")
        << request(u"server/discover"_s) << List{"-", "-", "-"} << 400 << -32020;
    QTest::newRow("a version that is none")
        << request(u"tools/list"_s) << List{"latest", "tools/list", "-"} << 400 << -32602;
    QTest::newRow("arguments a list")
        << request(u"tools/call"_s, badCall) << List{"2026-07-28", "tools/call", "echo"} << 200 << -32602;
    QTest::newRow("an unknown tool") << request(u"tools/call"_s, noCall)
                                     << List{"2026-07-28", "tools/call", "ech"} << 200 << -32602;
    QTest::newRow("removed method") << request(u"ping"_s, meta) << List{"2026-07-28", "ping", "-"} << 404
                                    << -32601;
}

void TestDispatcher::followsTheModernTable()
{
    QFETCH(QJsonObject, message);
    QFETCH(QByteArrayList, headers);
    QFETCH(int, code);
    mcp::Incoming incoming;
    incoming.body = message;
    const auto header
        = [&](qsizetype i) { return headers[i] == "-" ? std::nullopt : std::optional(headers[i]); };
    incoming.headers.protocolVersion = header(0);
    incoming.headers.method = header(1);
    incoming.headers.name = header(2);
    const mcp::Outgoing outgoing = send(incoming);
    QTEST(outgoing.status, "status");
    QCOMPARE(codeOf(outgoing), code);
    QCOMPARE(bodyOf(outgoing)[u"id"_s].toInt(), 1);
    if (code == 0)
        QCOMPARE(bodyOf(outgoing)[u"result"_s][u"resultType"_s].toString(), u"complete"_s);
    QCOMPARE(outgoing.outcome, code == 0 ? mcp::ResultKind::Ok : mcp::ResultKind::RpcError);
    QCOMPARE(outgoing.rpcErrorCode, code);
    QVERIFY(outgoing.sessionId.isEmpty());
}

void TestDispatcher::survivesToolsThatMisbehave()
{
    std::thread thread;
    QVERIFY(m_features->addTool(tool(u"twice"_s, [](const mcp::ToolCall &, const mcp::ToolAnswer &answer) {
        answer(mcp::ToolResult::text(u"first"_s));
        answer(mcp::ToolResult::text(u"second"_s));
    })));
    QVERIFY(m_features->addTool(tool(u"never"_s, [](const mcp::ToolCall &, const mcp::ToolAnswer &) {})));
    QVERIFY(
        m_features->addTool(tool(u"elsewhere"_s, [&](const mcp::ToolCall &, const mcp::ToolAnswer &answer) {
            thread = std::thread([answer] { answer(mcp::ToolResult::text(u"from a thread"_s)); });
        })));
    const QByteArray session = begin();
    const auto call = [&](const QString &name) {
        return bodyOf(send(request(u"tools/call"_s, {{u"name"_s, name}}), session));
    };
    QCOMPARE(call(u"twice"_s)[u"result"_s][u"content"_s][0][u"text"_s].toString(), u"first"_s);
    QCOMPARE(call(u"never"_s)[u"error"_s][u"code"_s].toInt(), -32603);
    QCOMPARE(call(u"elsewhere"_s)[u"result"_s][u"content"_s][0][u"text"_s].toString(), u"from a thread"_s);
    thread.join();
    // An answer that comes after the dispatcher has gone finds nobody.
    mcp::ToolAnswer late;
    QVERIFY(m_features->addTool(
        tool(u"late"_s, [&](const mcp::ToolCall &, const mcp::ToolAnswer &answer) { late = answer; })));
    mcp::Incoming incoming;
    incoming.body = request(u"tools/call"_s, {{u"name"_s, u"late"_s}});
    incoming.sessionId = session;
    const auto peer = std::make_shared<test::Collected>();
    m_dispatcher->handle(incoming, peer);
    m_dispatcher.reset();
    late(mcp::ToolResult::text(u"too late"_s));
    late = {};
    QCoreApplication::processEvents();
    QCOMPARE(peer->ends, 0);
}

void TestDispatcher::refusesToolsThatCannotBeServed()
{
    const auto nothing = [](const mcp::ToolCall &, const mcp::ToolAnswer &) {};
    QVERIFY2(!m_features->addTool(tool(u"echo"_s, nothing)), "taken");
    QVERIFY2(!m_features->addTool(tool(u"a b"_s, nothing)), "no tool name");
    QVERIFY2(!m_features->addTool(tool({}, nothing)), "empty");
    mcp::Tool broken = tool(u"broken"_s, nothing);
    broken.inputSchema = {};
    QVERIFY(!m_features->addTool(broken));
}

void TestDispatcher::leavesSessionsForOthers()
{
    mcp::ProtocolLimits limits;
    limits.sessions = {40, 90'000'000};
    m_dispatcher = std::make_unique<mcp::Dispatcher>(
        mcp::ServerDescription{}, m_features.get(), [this] { return m_now; }, base::systemRandom(), limits);
    for (int i = 0; i < 10; ++i)
        QVERIFY(!begin(u"2025-11-25"_s, u"user_a"_s).isEmpty());
    QVERIFY(begin(u"2025-11-25"_s, u"user_a"_s).isEmpty());
    const QByteArray hers = begin(u"2025-11-25"_s, u"user_b"_s);
    QVERIFY(!hers.isEmpty());
    // Whoever has too many gives up one of their own, and nobody else's.
    m_now += 61'000;
    QVERIFY(!begin(u"2025-11-25"_s, u"user_a"_s).isEmpty());
    mcp::Incoming incoming;
    incoming.caller.userId = u"user_b"_s;
    incoming.sessionId = hers;
    incoming.body = request(u"ping"_s);
    QCOMPARE(send(incoming).status, 200);
}

void TestDispatcher::alwaysAnswersAPing()
{
    mcp::ProtocolLimits limits;
    limits.operations = 2;
    m_dispatcher = std::make_unique<mcp::Dispatcher>(
        mcp::ServerDescription{}, m_features.get(), [this] { return m_now; }, base::systemRandom(), limits);
    QList<mcp::ToolAnswer> open;
    QVERIFY(m_features->addTool(tool(
        u"wait"_s, [&open](const mcp::ToolCall &, const mcp::ToolAnswer &answer) { open.append(answer); })));
    const QByteArray session = begin();
    std::vector<std::shared_ptr<test::Collected>> peers;
    for (int i = 0; i < 2; ++i) {
        mcp::Incoming incoming;
        incoming.sessionId = session;
        incoming.body = request(u"tools/call"_s, {{u"name"_s, u"wait"_s}}, i + 10);
        peers.push_back(std::make_shared<test::Collected>());
        m_dispatcher->handle(incoming, peers.back());
    }
    QCOMPARE(send(request(u"tools/list"_s), session).status, 503);
    QCOMPARE(send(request(u"ping"_s), session).status, 200);
    mcp::Incoming cancel;
    cancel.sessionId = session;
    cancel.body = QJsonObject{{u"jsonrpc"_s, u"2.0"_s},
                              {u"method"_s, u"notifications/cancelled"_s},
                              {u"params"_s, QJsonObject{{u"requestId"_s, 10}}}};
    QCOMPARE(send(cancel).status, 202);
    QCOMPARE(send(request(u"tools/list"_s), session).status, 200);
}

void TestDispatcher::boundsWhatMessagesTake()
{
    mcp::ProtocolLimits limits;
    limits.messageBytes = 4'000'000;
    m_dispatcher = std::make_unique<mcp::Dispatcher>(
        mcp::ServerDescription{}, m_features.get(), [this] { return m_now; }, base::systemRandom(), limits);
    QList<mcp::ToolAnswer> open;
    QVERIFY(m_features->addTool(tool(
        u"wait"_s, [&open](const mcp::ToolCall &, const mcp::ToolAnswer &answer) { open.append(answer); })));
    std::vector<std::shared_ptr<test::Collected>> peers;
    const auto call = [&](const QString &user) {
        mcp::Incoming incoming;
        incoming.caller.userId = user;
        incoming.headers.protocolVersion = "2026-07-28";
        incoming.headers.method = "tools/call";
        incoming.headers.name = "wait";
        incoming.bodyBytes = 400'000;
        incoming.body = request(u"tools/call"_s, {{u"name"_s, u"wait"_s}, {u"_meta"_s, modernMeta}});
        peers.push_back(std::make_shared<test::Collected>());
        m_dispatcher->handle(incoming, peers.back());
        return peers.back()->ends == 0;
    };
    QVERIFY(call(u"ada"_s) && call(u"ada"_s)); // Of her quarter.
    QVERIFY(!call(u"ada"_s));
    QCOMPARE(peers.back()->outgoing().status, 503);
    QVERIFY(call(u"grace"_s));
    open.takeFirst()(mcp::ToolResult::text(u"done"_s));
    QTRY_COMPARE(peers.front()->ends, 1);
    QVERIFY(call(u"ada"_s));
}

void TestDispatcher::boundsWhatASessionKeeps()
{
    const QJsonObject info{{u"name"_s, u"a"_s}, {u"version"_s, u"1"_s}};
    const auto initialized = [&](const QJsonObject &capabilities, const QJsonValue &id = 1) {
        mcp::Incoming incoming;
        incoming.body = request(u"initialize"_s,
                                {{u"protocolVersion"_s, u"2025-11-25"_s},
                                 {u"capabilities"_s, capabilities},
                                 {u"clientInfo"_s, info}},
                                id);
        return send(incoming);
    };
    QCOMPARE(codeOf(initialized({{u"x"_s, QString(17'000, u'x')}})), -32602);
    QCOMPARE(initialized({{u"x"_s, QString(10'000, u'x')}}).status, 200);
    QCOMPARE(codeOf(initialized({}, QString(1'025, u'i'))), -32600);
    QCOMPARE(initialized({}, QString(1'024, u'i')).status, 200);
    mcp::ResourceTemplate resources;
    resources.uriTemplate = u"t://{x}"_s;
    resources.name = u"t"_s;
    resources.handler = [](const mcp::ResourceRead &, const mcp::ReadAnswer &) {};
    QVERIFY(m_features->addTemplate(resources));
    const QByteArray session = begin();
    const auto subscribe = [&](qsizetype length, int number) {
        return send(request(u"resources/subscribe"_s,
                            {{u"uri"_s, u"t://"_s + QString::number(number) + QString(length, u'x')}}),
                    session);
    };
    QVERIFY(bodyOf(subscribe(30'000, 1)).contains(u"result"_s));
    QVERIFY(bodyOf(subscribe(30'000, 2)).contains(u"result"_s));
    QCOMPARE(codeOf(subscribe(30'000, 3)), -32602);
}

void TestDispatcher::describesMessagesForTheLog()
{
    mcp::Incoming incoming;
    incoming.sessionId = begin();
    incoming.body = request(u"tools/call"_s, {{u"name"_s, u"echo"_s}});
    const mcp::Description description = m_dispatcher->describe(incoming);
    QCOMPARE(description.rpcMethod, u"tools/call"_s);
    QCOMPARE(description.target, u"echo"_s);
    QCOMPARE(description.client, u"test 1"_s);
    QCOMPARE(description.revision, u"2025-11-25"_s);
    incoming.body = QJsonArray({1, 2, 3});
    QCOMPARE(m_dispatcher->describe(incoming).rpcMethod, QString());
    incoming.body = request(QString(1000, u'x'), {{u"name"_s, QString(1000, u'y')}});
    QVERIFY(m_dispatcher->describe(incoming).rpcMethod.size() <= 128);
    QVERIFY(m_dispatcher->describe(incoming).target.size() <= 200);
}

GATEHOUSE_TEST(TestDispatcher)
#include "tst_dispatcher.moc"
