// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "mcp/dispatcher.h"
#include "protocol/revision.h"
#include "support/collected.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QTest>
#include <QTimer>

#include <thread>

using namespace gatehouse;
using namespace Qt::StringLiterals;

using Peer = std::shared_ptr<test::Collected>;

namespace {

QJsonObject request(const QString &method, const QJsonObject &params = {}, const QJsonValue &id = 1)
{
    return {{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"method"_s, method}, {u"params"_s, params}};
}

QJsonObject call(const QString &tool, const QJsonObject &arguments = {})
{
    return {{u"name"_s, tool}, {u"arguments"_s, arguments}};
}

const QJsonObject form{{u"type"_s, u"object"_s},
                       {u"properties"_s, QJsonObject{{u"name"_s, QJsonObject{{u"type"_s, u"string"_s}}}}}};

} // namespace

/// What clients of each revision see of one and the same server.
class TestEras : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void servesAScriptInEveryRevision_data();
    void servesAScriptInEveryRevision();
    void listsInPages_data() { revisions(); }
    void listsInPages();
    void readsResources_data() { revisions(); }
    void readsResources();
    void stopsWorkThatNobodyWaitsFor();
    void goesOnWhenALegacyConnectionIsLost();
    void asksTheClient_data() { revisions(); }
    void asksTheClient();
    void failsWhereTheClientCannotBeAsked_data() { revisions(); }
    void failsWhereTheClientCannotBeAsked();
    void takesNoAnswerThatIsNone();
    void tellsListenersOfChanges();
    void tellsSubscribersOfUpdates();
    void logsWhatWasAskedFor();
    void answersBatchesOf2025_03_26();
    void bindsAQuestionToItsCall();
    void boundsWhatIsOpen();
    void endsStreamsWhoseTokenHasExpired();
    void endsWorkWithItsSession();
    void survivesHandlersThatThrow();
    void checksArgumentsBeforeTheCall_data() { revisions(); }
    void checksArgumentsBeforeTheCall();
    void letsNoToolBreakItsWord();

private:
    static void revisions()
    {
        QTest::addColumn<QString>("revision");
        for (const QString &revision : protocol::allRevisions())
            QTest::newRow(qPrintable(revision)) << revision;
    }
    void start(const mcp::ProtocolLimits &limits = {});
    void offer();
    /// Sends as a client of that revision does; initializes where its era does.
    Peer send(const QString &revision, const QString &method, QJsonObject params = {},
              const QJsonValue &id = 1, bool streams = true);
    Peer sendBody(const QJsonValue &body, bool streams = true);
    Peer listen(const QByteArray &lastEventId = {});
    static void wait(const Peer &peer)
    {
        if (!gatehouse::waitFor([&] { return peer->ends > 0; }, 3000) || peer->ends != 1)
            QTest::qFail("a request is answered exactly once", __FILE__, __LINE__);
    }
    QJsonObject result(const QString &revision, const QString &method, const QJsonObject &params = {})
    {
        const Peer peer = send(revision, method, params);
        wait(peer);
        return peer->body().value(u"result"_s).toObject();
    }

    qint64 m_now = 1'000'000;
    int m_seed = 0;
    int m_cancelled = 0;
    QByteArray m_session;
    QString m_user;
    qint64 m_expiresAt = 0;
    QString m_begunAs; ///< The session's revision.
    QJsonObject m_capabilities;
    mcp::ToolAnswer m_late;
    std::unique_ptr<mcp::Features> m_features;
    std::unique_ptr<mcp::Dispatcher> m_dispatcher;
};

void TestEras::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    start();
}

void TestEras::start(const mcp::ProtocolLimits &limits)
{
    m_dispatcher.reset();
    m_late = {};
    m_session.clear();
    m_begunAs.clear();
    m_user.clear();
    m_expiresAt = 0;
    m_cancelled = 0;
    m_capabilities = {{u"elicitation"_s, QJsonObject()}, {u"sampling"_s, QJsonObject()}};
    m_features = std::make_unique<mcp::Features>();
    m_dispatcher = std::make_unique<mcp::Dispatcher>(
        mcp::ServerDescription{}, m_features.get(), [this] { return m_now; },
        [this](qsizetype bytes) { return QByteArray::number(++m_seed).rightJustified(bytes, 'x'); }, limits);
    offer();
    QCoreApplication::processEvents();
}

void TestEras::offer()
{
    const auto add = [this](const QString &name,
                            const std::function<void(const mcp::ToolCall &, mcp::ToolAnswer)> &handler) {
        mcp::Tool made;
        made.name = name;
        made.inputSchema = {{u"type"_s, u"object"_s}};
        made.handler = handler;
        QVERIFY(m_features->addTool(made));
    };
    add(u"echo"_s, [](const mcp::ToolCall &called, const mcp::ToolAnswer &answer) {
        answer(mcp::ToolResult::structured(called.arguments));
    });
    add(u"steps"_s, [](const mcp::ToolCall &called, const mcp::ToolAnswer &answer) {
        // From another thread, as a tool that works does.
        std::thread([context = called.context, answer] {
            for (const double done : {1.0, 2.0, 2.0, 1.0, 3.0}) // Only what is more is told.
                context.progress(done, 3);
            answer(mcp::ToolResult::text(u"done"_s));
        }).detach();
    });
    add(u"late"_s, [this](const mcp::ToolCall &called, const mcp::ToolAnswer &answer) {
        m_late = answer;
        called.context.whenCancelled([this] { ++m_cancelled; });
        called.context.progress(0.5);
    });
    add(u"ask"_s, [](const mcp::ToolCall &called, const mcp::ToolAnswer &answer) {
        const auto first = mcp::acceptedIn(called.context, u"first"_s);
        const auto second = mcp::acceptedIn(called.context, u"second"_s);
        if (called.context.inputs.value(u"first"_s)[u"action"_s].toString() == u"decline"_s)
            return answer(mcp::ToolResult::error(u"declined"_s));
        if (!first)
            return answer(
                mcp::InputRequired{{{u"first"_s, mcp::InputRequest::form(u"Your name?"_s, form)}}, {}});
        if (!second) {
            return answer(mcp::InputRequired{{{u"second"_s, mcp::InputRequest::form(u"And yours?"_s, form)}},
                                             {{u"seen"_s, first->value(u"name"_s)}}});
        }
        answer(mcp::ToolResult::text(first->value(u"name"_s).toString() + u'+'
                                     + second->value(u"name"_s).toString() + u'+'
                                     + called.context.state.value(u"seen"_s).toString()));
    });
    add(u"sample"_s, [](const mcp::ToolCall &, const mcp::ToolAnswer &answer) {
        answer(mcp::InputRequired{{{u"roots"_s, mcp::InputRequest::roots()}}, {}});
    });
    add(u"insist"_s, [](const mcp::ToolCall &called, const mcp::ToolAnswer &answer) {
        answer(mcp::InputRequired{
            {{QString::number(called.context.inputs.size()), mcp::InputRequest::form(u"?"_s, form)}}, {}});
    });
    add(u"log"_s, [](const mcp::ToolCall &called, const mcp::ToolAnswer &answer) {
        called.context.log(mcp::LogLevel::Debug, u"fine"_s);
        called.context.log(mcp::LogLevel::Error, QJsonObject{{u"code"_s, 7}}, u"store"_s);
        answer(mcp::ToolResult::text(u"logged"_s));
    });
    mcp::Resource resource;
    resource.uri = u"a://b"_s;
    resource.name = u"b"_s;
    resource.mimeType = u"text/plain"_s;
    resource.handler = [](const mcp::ResourceRead &, const mcp::ReadAnswer &answer) {
        answer(QList<mcp::ResourceContents>{{{}, {}, u"text of b"_s}});
    };
    QVERIFY(m_features->addResource(resource));
    mcp::ResourceTemplate resources;
    resources.uriTemplate = u"t://{x}"_s;
    resources.name = u"t"_s;
    resources.handler = [](const mcp::ResourceRead &read, const mcp::ReadAnswer &answer) {
        if (read.variables.value(u"x"_s) == u"gone"_s)
            return answer(mcp::NotFound());
        answer(QList<mcp::ResourceContents>{{{}, u"image/png"_s, "\x89PNG"_ba}});
    };
    QVERIFY(m_features->addTemplate(resources));
}

Peer TestEras::sendBody(const QJsonValue &body, bool streams)
{
    mcp::Incoming incoming;
    incoming.body = body;
    incoming.sessionId = m_session;
    incoming.caller.userId = m_user;
    incoming.caller.expiresAt = m_expiresAt;
    const auto peer = std::make_shared<test::Collected>(streams);
    m_dispatcher->handle(incoming, peer);
    return peer;
}

Peer TestEras::send(const QString &revision, const QString &method, QJsonObject params, const QJsonValue &id,
                    bool streams)
{
    const bool isModern = revision == protocol::modernRevision;
    if (!isModern && m_begunAs != revision) {
        const Peer begun = sendBody(
            request(u"initialize"_s,
                    {{u"protocolVersion"_s, revision},
                     {u"capabilities"_s, m_capabilities},
                     {u"clientInfo"_s, QJsonObject{{u"name"_s, u"test"_s}, {u"version"_s, u"1"_s}}}}));
        m_session = begun->outgoing().sessionId;
        m_begunAs = revision;
    }
    mcp::Incoming incoming;
    incoming.caller.userId = m_user;
    incoming.caller.expiresAt = m_expiresAt;
    incoming.headers.protocolVersion = revision.toLatin1();
    if (isModern) {
        QJsonObject meta = params.value(u"_meta"_s).toObject();
        meta.insert(u"io.modelcontextprotocol/protocolVersion"_s, revision);
        meta.insert(u"io.modelcontextprotocol/clientCapabilities"_s, m_capabilities);
        params.insert(u"_meta"_s, meta);
        incoming.headers.method = method.toLatin1();
        for (const auto &member : {u"name"_s, u"uri"_s}) {
            if (params.contains(member))
                incoming.headers.name = params.value(member).toString().toUtf8();
        }
    } else {
        incoming.sessionId = m_session;
    }
    incoming.body = request(method, params, id);
    const auto peer = std::make_shared<test::Collected>(streams);
    m_dispatcher->handle(incoming, peer);
    return peer;
}

Peer TestEras::listen(const QByteArray &lastEventId)
{
    mcp::Incoming incoming;
    incoming.sessionId = m_session;
    incoming.caller.userId = m_user;
    incoming.caller.expiresAt = m_expiresAt;
    if (!lastEventId.isEmpty())
        incoming.lastEventId = lastEventId;
    const auto peer = std::make_shared<test::Collected>();
    m_dispatcher->listen(incoming, peer);
    return peer;
}

void TestEras::servesAScriptInEveryRevision_data()
{
    revisions();
}

void TestEras::servesAScriptInEveryRevision()
{
    QFETCH(QString, revision);
    const bool isModern = revision == protocol::modernRevision;
    const auto dressed = [&](const QJsonObject &answer) {
        return !isModern
            || (answer.value(u"resultType"_s).toString() == u"complete"_s
                && answer.value(u"_meta"_s)[u"io.modelcontextprotocol/serverInfo"_s][u"name"_s].toString()
                    == u"gatehouse"_s);
    };
    // List.
    const QJsonObject list = result(revision, u"tools/list"_s);
    QVERIFY(dressed(list));
    QCOMPARE(list[u"tools"_s][0][u"name"_s].toString(), u"echo"_s);
    QCOMPARE(list.contains(u"ttlMs"_s) && list.contains(u"cacheScope"_s), isModern);
    QVERIFY(!list.contains(u"nextCursor"_s));
    // Call.
    const QJsonObject called = result(revision, u"tools/call"_s, call(u"echo"_s, {{u"a"_s, 1}}));
    QVERIFY(dressed(called));
    QCOMPARE(called[u"content"_s][0][u"text"_s].toString(), u"{\"a\":1}"_s);
    QCOMPARE(called.contains(u"structuredContent"_s), revision > u"2025-03-26"_s);
    // Progress.
    QJsonObject params = call(u"steps"_s);
    params.insert(u"_meta"_s, QJsonObject{{u"progressToken"_s, u"p"_s}});
    const Peer steps = send(revision, u"tools/call"_s, params, 7);
    wait(steps);
    QList<double> told;
    for (const QJsonObject &message : steps->messages()) {
        if (message[u"method"_s].toString() != u"notifications/progress"_s)
            continue;
        QCOMPARE(message[u"params"_s][u"progressToken"_s].toString(), u"p"_s);
        told.append(message[u"params"_s][u"progress"_s].toDouble());
    }
    QCOMPARE(told, (QList<double>{1, 2, 3}));
    QCOMPARE(steps->messages().last()[u"id"_s].toInt(), 7);
    QVERIFY(steps->messages().last().contains(u"result"_s));
    const bool isPrimed = steps->events.first().data.isEmpty() && !steps->events.first().id.isEmpty();
    QVERIFY2(isPrimed == (revision == u"2025-11-25"_s), "only 2025-11-25 begins with an empty event");
    QCOMPARE(steps->events.last().id.isEmpty(), isModern);
    // Cancel.
    const Peer late = send(revision, u"tools/call"_s, call(u"late"_s), u"l"_s);
    QCoreApplication::processEvents();
    QVERIFY(m_late);
    if (isModern)
        late->leave();
    else
        QCOMPARE(
            send(revision, u"notifications/cancelled"_s, {{u"requestId"_s, u"l"_s}}, QJsonValue::Undefined)
                ->outgoing()
                .status,
            202);
    QCoreApplication::processEvents();
    QCOMPARE(m_cancelled, 1);
    m_late(mcp::ToolResult::text(u"too late"_s));
    QCoreApplication::processEvents();
    QVERIFY2(late->messages().isEmpty(), "nobody is told of what nobody waits for");
    QCOMPARE(late->ends, isModern ? 0 : 1);
}

void TestEras::listsInPages()
{
    QFETCH(QString, revision);
    mcp::ProtocolLimits limits;
    limits.pageSize = 2;
    start(limits);
    QStringList names;
    QJsonObject params;
    int pages = 0;
    while (pages < 10) {
        const QJsonObject list = result(revision, u"tools/list"_s, params);
        ++pages;
        const QJsonArray tools = list[u"tools"_s].toArray();
        QVERIFY(tools.size() >= 1 && tools.size() <= 2);
        for (const QJsonValue &tool : tools)
            names.append(tool[u"name"_s].toString());
        if (!list.contains(u"nextCursor"_s))
            break;
        params = {{u"cursor"_s, list[u"nextCursor"_s]}};
        const Peer other = send(revision, u"resources/list"_s, params);
        QVERIFY2(other->body()[u"error"_s][u"code"_s].toInt() == -32602, "a cursor is for its own list");
    }
    QCOMPARE(names.size(), int(m_features->tools().all().size()));
    QCOMPARE(pages, (names.size() + 1) / 2);
    for (const QJsonValue &cursor : {QJsonValue(u""_s), QJsonValue(u"x"_s), QJsonValue(1), QJsonValue(),
                                     QJsonValue(u"dG9vbHMvbGlzdCAw"_s), QJsonValue(u"dG9vbHMvbGlzdCAt"_s)}) {
        const Peer wrong = send(revision, u"tools/list"_s, {{u"cursor"_s, cursor}});
        QCOMPARE(wrong->body()[u"error"_s][u"code"_s].toInt(), -32602);
    }
}

void TestEras::readsResources()
{
    QFETCH(QString, revision);
    const bool isModern = revision == protocol::modernRevision;
    const QJsonObject text = result(revision, u"resources/read"_s, {{u"uri"_s, u"a://b"_s}});
    QCOMPARE(text[u"contents"_s].toArray(),
             QJsonArray({QJsonObject{
                 {u"uri"_s, u"a://b"_s}, {u"mimeType"_s, u"text/plain"_s}, {u"text"_s, u"text of b"_s}}}));
    QCOMPARE(text.contains(u"ttlMs"_s), isModern);
    const QJsonObject blob = result(revision, u"resources/read"_s, {{u"uri"_s, u"t://1"_s}});
    QCOMPARE(blob[u"contents"_s][0][u"blob"_s].toString(), u"iVBORw=="_s);
    for (const auto &uri : {u"a://none"_s, u"t://gone"_s}) {
        const Peer none = send(revision, u"resources/read"_s, {{u"uri"_s, uri}});
        wait(none);
        QCOMPARE(none->body()[u"error"_s][u"code"_s].toInt(), isModern ? -32602 : -32002);
        QCOMPARE(none->body()[u"error"_s][u"data"_s][u"uri"_s].toString(), uri);
    }
}

void TestEras::stopsWorkThatNobodyWaitsFor()
{
    const Peer peer = send(u"2026-07-28"_s, u"tools/call"_s, call(u"late"_s));
    QCoreApplication::processEvents();
    peer->leave();
    QCoreApplication::processEvents();
    QCOMPARE(m_cancelled, 1);
    // A context that is asked after the end says so at once.
    QCOMPARE(peer->ends, 0);
}

void TestEras::goesOnWhenALegacyConnectionIsLost()
{
    QJsonObject params = call(u"late"_s);
    params.insert(u"_meta"_s, QJsonObject{{u"progressToken"_s, 1}});
    const Peer first = send(u"2025-11-25"_s, u"tools/call"_s, params, 9);
    QCoreApplication::processEvents();
    QCOMPARE(first->events.size(), 2); // The empty one and the progress.
    first->leave();
    QCOMPARE(m_cancelled, 0);
    m_late(mcp::ToolResult::text(u"here it is"_s));
    QCoreApplication::processEvents();
    const Peer second = listen(first->events.first().id);
    QCOMPARE(second->messages().size(), 2);
    QCOMPARE(second->messages().last()[u"id"_s].toInt(), 9);
    QCOMPARE(second->ends, 1);
    // Another user's session, or none, has no such stream.
    m_user = u"somebody else"_s;
    QCOMPARE(listen(first->events.first().id)->outgoing().status, 404);
    m_user.clear();
    QCOMPARE(listen("77-1")->outgoing().status, 400);
}

void TestEras::asksTheClient()
{
    QFETCH(QString, revision);
    const QJsonObject yes{{u"action"_s, u"accept"_s}, {u"content"_s, QJsonObject{{u"name"_s, u"Ada"_s}}}};
    const QJsonObject too{{u"action"_s, u"accept"_s}, {u"content"_s, QJsonObject{{u"name"_s, u"Bob"_s}}}};
    if (revision != protocol::modernRevision) {
        const Peer peer = send(revision, u"tools/call"_s, call(u"ask"_s), 3);
        for (const QJsonObject &reply : {yes, too}) {
            QCoreApplication::processEvents();
            const QJsonObject asked = peer->messages().last();
            QCOMPARE(asked[u"method"_s].toString(), u"elicitation/create"_s);
            QCOMPARE(asked[u"params"_s][u"requestedSchema"_s].toObject(), form);
            QCOMPARE(sendBody(QJsonObject{
                                  {u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, asked[u"id"_s]}, {u"result"_s, reply}})
                         ->outgoing()
                         .status,
                     202);
        }
        wait(peer);
        QCOMPARE(peer->messages().last()[u"result"_s][u"content"_s][0][u"text"_s].toString(),
                 u"Ada+Bob+Ada"_s);
        return;
    }
    const auto round = [&](QJsonObject params) {
        const Peer peer = send(revision, u"tools/call"_s, params);
        wait(peer);
        return peer->body()[u"result"_s].toObject();
    };
    QJsonObject params = call(u"ask"_s);
    QJsonObject answer = round(params);
    QCOMPARE(answer[u"resultType"_s].toString(), u"input_required"_s);
    QCOMPARE(answer[u"inputRequests"_s][u"first"_s][u"method"_s].toString(), u"elicitation/create"_s);
    QVERIFY2(!answer.contains(u"ttlMs"_s), "a question is not kept");
    params.insert(u"requestState"_s, answer[u"requestState"_s]);
    params.insert(u"inputResponses"_s, QJsonObject{{u"first"_s, yes}, {u"unknown"_s, 1}});
    const QJsonValue firstState = answer[u"requestState"_s];
    answer = round(params);
    QCOMPARE(answer[u"inputRequests"_s].toObject().keys(), QStringList{u"second"_s});
    QVERIFY(answer[u"requestState"_s] != firstState);
    params.insert(u"requestState"_s, answer[u"requestState"_s]);
    params.insert(u"inputResponses"_s, QJsonObject{{u"second"_s, too}});
    answer = round(params);
    QCOMPARE(answer[u"content"_s][0][u"text"_s].toString(), u"Ada+Bob+Ada"_s);
    // A client that knows the questions may answer them before they are asked.
    params.remove(u"requestState"_s);
    params.insert(u"inputResponses"_s, QJsonObject{{u"first"_s, yes}, {u"second"_s, too}});
    QCOMPARE(round(params)[u"content"_s][0][u"text"_s].toString(), u"Ada+Bob+Ada"_s);
}

void TestEras::failsWhereTheClientCannotBeAsked()
{
    QFETCH(QString, revision);
    const bool isModern = revision == protocol::modernRevision;
    const Peer undeclared = send(revision, u"tools/call"_s, call(u"sample"_s));
    wait(undeclared);
    QCOMPARE(undeclared->outgoing().status, isModern ? 400 : 200);
    QCOMPARE(undeclared->body()[u"error"_s][u"code"_s].toInt(), isModern ? -32021 : -32600);
    QCOMPARE(undeclared->body()[u"error"_s][u"data"_s][u"requiredCapabilities"_s].toObject(),
             QJsonObject({{u"roots"_s, QJsonObject()}}));
    if (isModern)
        return;
    const Peer deaf = send(revision, u"tools/call"_s, call(u"ask"_s), 2, false);
    wait(deaf);
    QCOMPARE(deaf->body()[u"error"_s][u"code"_s].toInt(), -32603);
    // One that answers with an error has answered.
    const Peer peer = send(revision, u"tools/call"_s, call(u"ask"_s), 3);
    QCoreApplication::processEvents();
    sendBody(QJsonObject{{u"jsonrpc"_s, u"2.0"_s},
                         {u"id"_s, peer->messages().last()[u"id"_s]},
                         {u"error"_s, QJsonObject{{u"code"_s, -1}, {u"message"_s, u"no screen"_s}}}});
    wait(peer);
    QVERIFY(peer->messages().last()[u"error"_s][u"message"_s].toString().contains(u"no screen"_s));
}

void TestEras::takesNoAnswerThatIsNone()
{
    const Peer peer = send(u"2025-11-25"_s, u"tools/call"_s, call(u"ask"_s), 3);
    QCoreApplication::processEvents();
    const QJsonValue id = peer->messages().last()[u"id"_s];
    for (const QJsonValue &foreign : {QJsonValue(4711), QJsonValue(u"1"_s), QJsonValue(-1)})
        QCOMPARE(
            sendBody(QJsonObject{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, foreign}, {u"result"_s, QJsonObject()}})
                ->outgoing()
                .status,
            202);
    QCOMPARE(peer->ends, 0);
    sendBody(QJsonObject{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"result"_s, QJsonObject{{u"a"_s, 1}}}});
    wait(peer);
    QCOMPARE(peer->messages().last()[u"error"_s][u"code"_s].toInt(), -32603);
    // In the modern era what does not fit is asked again.
    for (const QJsonValue &answer :
         {QJsonValue(12345), QJsonValue(), QJsonValue(QJsonObject{{u"action"_s, u"accept"_s}}),
          QJsonValue(QJsonObject{{u"action"_s, u"maybe"_s}})}) {
        QJsonObject params = call(u"ask"_s);
        params.insert(u"inputResponses"_s, QJsonObject{{u"first"_s, answer}});
        QCOMPARE(result(u"2026-07-28"_s, u"tools/call"_s, params)[u"resultType"_s].toString(),
                 u"input_required"_s);
    }
    const QJsonObject no{{u"first"_s, QJsonObject{{u"action"_s, u"decline"_s}}}};
    QJsonObject params = call(u"ask"_s);
    params.insert(u"inputResponses"_s, no);
    QVERIFY(result(u"2026-07-28"_s, u"tools/call"_s, params)[u"isError"_s].toBool());
    // A handler that asks without end is stopped.
    QJsonObject insist = call(u"insist"_s);
    QJsonObject answers;
    for (int i = 0; i < 100; ++i)
        answers.insert(QString::number(i), QJsonObject{{u"action"_s, u"decline"_s}});
    insist.insert(u"inputResponses"_s, answers);
    const Peer stopped = send(u"2026-07-28"_s, u"tools/call"_s, insist);
    wait(stopped);
    QCOMPARE(stopped->body()[u"error"_s][u"code"_s].toInt(), -32603);
}

void TestEras::tellsListenersOfChanges()
{
    const Peer modern = send(u"2026-07-28"_s, u"subscriptions/listen"_s,
                             {{u"notifications"_s,
                               QJsonObject{{u"toolsListChanged"_s, true},
                                           {u"promptsListChanged"_s, true},
                                           {u"resourcesListChanged"_s, false}}}},
                             u"sub"_s);
    QCOMPARE(modern->messages().size(), 1);
    const QJsonObject first = modern->messages().first();
    QCOMPARE(first[u"method"_s].toString(), u"notifications/subscriptions/acknowledged"_s);
    QVERIFY2(first[u"params"_s][u"notifications"_s].toObject()
                 == QJsonObject({{u"toolsListChanged"_s, true}}),
             "there are no prompts to tell of");
    send(u"2025-06-18"_s, u"ping"_s);
    const Peer legacy = listen();
    QVERIFY(legacy->hasBegun);
    mcp::Tool more;
    more.name = u"more"_s;
    more.inputSchema = {{u"type"_s, u"object"_s}};
    more.handler = [](const mcp::ToolCall &, const mcp::ToolAnswer &) {};
    QVERIFY(m_features->addTool(more));
    QVERIFY(m_features->removeResource(u"a://b"_s));
    QCoreApplication::processEvents();
    QCOMPARE(modern->messages().size(), 2);
    const QJsonObject told = modern->messages().last();
    QCOMPARE(told[u"method"_s].toString(), u"notifications/tools/list_changed"_s);
    QCOMPARE(told[u"params"_s][u"_meta"_s][u"io.modelcontextprotocol/subscriptionId"_s],
             QJsonValue(u"sub"_s));
    QCOMPARE(legacy->messages().size(), 2);
    // What comes while the client is away waits for it.
    legacy->leave();
    QVERIFY(m_features->removeTool(u"more"_s));
    QCoreApplication::processEvents();
    const Peer again = listen(legacy->events.last().id);
    QCOMPARE(again->messages().size(), 1);
    QCOMPARE(again->ends, 0);
    // The server's end is a graceful one.
    modern->gone = nullptr;
    m_dispatcher.reset();
    QCOMPARE(modern->ends, 1);
    QCOMPARE(modern->messages().last()[u"id"_s], QJsonValue(u"sub"_s));
    QCOMPARE(again->ends, 1);
}

void TestEras::tellsSubscribersOfUpdates()
{
    QVERIFY(result(u"2025-11-25"_s, u"resources/subscribe"_s, {{u"uri"_s, u"a://b"_s}}).isEmpty());
    QCOMPARE(send(u"2025-11-25"_s, u"resources/subscribe"_s, {{u"uri"_s, u"a://none"_s}})
                 ->body()[u"error"_s][u"code"_s]
                 .toInt(),
             -32002);
    const Peer legacy = listen();
    const Peer modern = send(
        u"2026-07-28"_s, u"subscriptions/listen"_s,
        {{u"notifications"_s, QJsonObject{{u"resourceSubscriptions"_s, QJsonArray({u"a://b"_s, 7})}}}}, 5);
    QCOMPARE(
        modern->messages().first()[u"params"_s][u"notifications"_s][u"resourceSubscriptions"_s].toArray(),
        QJsonArray({u"a://b"_s}));
    m_features->resourceChanged(u"a://b"_s);
    m_features->resourceChanged(u"a://c"_s);
    for (const Peer &peer : {legacy, modern}) {
        const QJsonObject told = peer->messages().last();
        QCOMPARE(told[u"method"_s].toString(), u"notifications/resources/updated"_s);
        QCOMPARE(told[u"params"_s][u"uri"_s].toString(), u"a://b"_s);
    }
    QCOMPARE(modern->messages().size(), 2);
    result(u"2025-11-25"_s, u"resources/unsubscribe"_s, {{u"uri"_s, u"a://b"_s}});
    m_features->resourceChanged(u"a://b"_s);
    QCOMPARE(legacy->messages().size(), 1);
    modern->leave();
    m_features->resourceChanged(u"a://b"_s);
    QCOMPARE(modern->messages().size(), 3);
}

void TestEras::logsWhatWasAskedFor()
{
    const auto logged = [](const Peer &peer) {
        wait(peer);
        QStringList levels;
        for (const QJsonObject &message : peer->messages()) {
            if (message[u"method"_s].toString() == u"notifications/message"_s)
                levels.append(message[u"params"_s][u"level"_s].toString());
        }
        return levels;
    };
    QCOMPARE(logged(send(u"2025-11-25"_s, u"tools/call"_s, call(u"log"_s))), QStringList{u"error"_s});
    QVERIFY(result(u"2025-11-25"_s, u"logging/setLevel"_s, {{u"level"_s, u"debug"_s}}).isEmpty());
    QCOMPARE(logged(send(u"2025-11-25"_s, u"tools/call"_s, call(u"log"_s))),
             (QStringList{u"debug"_s, u"error"_s}));
    QCOMPARE(send(u"2025-11-25"_s, u"logging/setLevel"_s, {{u"level"_s, u"loud"_s}})
                 ->body()[u"error"_s][u"code"_s]
                 .toInt(),
             -32602);
    QCOMPARE(logged(send(u"2026-07-28"_s, u"tools/call"_s, call(u"log"_s))), QStringList());
    QJsonObject params = call(u"log"_s);
    params.insert(u"_meta"_s, QJsonObject{{u"io.modelcontextprotocol/logLevel"_s, u"error"_s}});
    const Peer peer = send(u"2026-07-28"_s, u"tools/call"_s, params);
    QCOMPARE(logged(peer), QStringList{u"error"_s});
    QCOMPARE(peer->messages().first()[u"params"_s][u"data"_s].toObject(), QJsonObject({{u"code"_s, 7}}));
    QCOMPARE(peer->messages().first()[u"params"_s][u"logger"_s].toString(), u"store"_s);
    params.insert(u"_meta"_s, QJsonObject{{u"io.modelcontextprotocol/logLevel"_s, u"loud"_s}});
    QCOMPARE(send(u"2026-07-28"_s, u"tools/call"_s, params)->body()[u"error"_s][u"code"_s].toInt(), -32602);
}

void TestEras::answersBatchesOf2025_03_26()
{
    send(u"2025-03-26"_s, u"ping"_s);
    const QJsonObject note{{u"jsonrpc"_s, u"2.0"_s}, {u"method"_s, u"notifications/initialized"_s}};
    const Peer peer = sendBody(QJsonArray(
        {request(u"ping"_s, {}, 1), note, request(u"tools/call"_s, call(u"echo"_s, {{u"a"_s, 1}}), u"two"_s),
         request(u"nothing"_s, {}, 3), 17, request(u"initialize"_s, {}, 4)}));
    wait(peer);
    QCOMPARE(peer->outgoing().status, 200);
    const QJsonArray answers = QJsonDocument::fromJson(peer->outgoing().body).array();
    QCOMPARE(answers.size(), 5);
    const auto with = [&](const QJsonValue &id) {
        for (const QJsonValue &answer : answers) {
            if (answer[u"id"_s] == id)
                return answer.toObject();
        }
        return QJsonObject();
    };
    QVERIFY(with(1).contains(u"result"_s));
    QVERIFY(with(u"two"_s).contains(u"result"_s));
    QCOMPARE(with(3)[u"error"_s][u"code"_s].toInt(), -32601);
    QCOMPARE(with(4)[u"error"_s][u"code"_s].toInt(), -32600);
    QCOMPARE(with(QJsonValue::Null)[u"error"_s][u"code"_s].toInt(), -32600);
    QCOMPARE(sendBody(QJsonArray({note, note}))->outgoing().status, 202);
    QCOMPARE(sendBody(QJsonArray())->outgoing().status, 400);
    QJsonArray many;
    for (int i = 0; i < 101; ++i)
        many.append(request(u"ping"_s, {}, i));
    QCOMPARE(sendBody(many)->outgoing().status, 400);
    send(u"2025-06-18"_s, u"ping"_s);
    QVERIFY2(sendBody(QJsonArray({note}))->outgoing().status == 400, "later revisions know no batches");
}

void TestEras::bindsAQuestionToItsCall()
{
    const QString modern = protocol::modernRevision;
    m_user = u"ada"_s;
    QJsonObject params = call(u"ask"_s);
    const QJsonValue state = result(modern, u"tools/call"_s, params)[u"requestState"_s];
    params.insert(u"requestState"_s, state);
    const auto code = [&](const QJsonObject &changed) {
        const Peer peer = send(modern, u"tools/call"_s, changed);
        wait(peer);
        return peer->body()[u"error"_s][u"code"_s].toInt();
    };
    QCOMPARE(code(params), 0);
    QJsonObject changed = params;
    changed.insert(u"arguments"_s, QJsonObject{{u"a"_s, 1}});
    QCOMPARE(code(changed), -32602);
    changed = params;
    changed.insert(u"name"_s, u"insist"_s);
    QCOMPARE(code(changed), -32602);
    m_user = u"bob"_s;
    QCOMPARE(code(params), -32602);
    m_user = u"ada"_s;
    m_now += 60 * 60 * 1000 + 1;
    QCOMPARE(code(params), -32602);
}

void TestEras::boundsWhatIsOpen()
{
    mcp::ProtocolLimits limits;
    limits.streams = 2;
    limits.operations = 2;
    limits.sessions.count = 2;
    start(limits);
    const QJsonObject all{{u"notifications"_s, QJsonObject{{u"toolsListChanged"_s, true}}}};
    const Peer first = send(u"2026-07-28"_s, u"subscriptions/listen"_s, all);
    send(u"2025-11-25"_s, u"ping"_s);
    const Peer second = listen();
    QVERIFY(first->hasBegun && second->hasBegun);
    QCOMPARE(send(u"2026-07-28"_s, u"subscriptions/listen"_s, all)->outgoing().status, 503);
    const Peer renewed = listen();
    QVERIFY2(renewed->hasBegun, "a stream that takes its own place needs no other");
    first->leave();
    QVERIFY(send(u"2026-07-28"_s, u"subscriptions/listen"_s, all)->hasBegun);

    const Peer one = send(u"2026-07-28"_s, u"tools/call"_s, call(u"late"_s));
    const Peer two = send(u"2026-07-28"_s, u"tools/call"_s, call(u"late"_s));
    QCOMPARE(send(u"2026-07-28"_s, u"tools/call"_s, call(u"echo"_s))->outgoing().status, 503);
    one->leave();
    QVERIFY(!result(u"2026-07-28"_s, u"tools/call"_s, call(u"echo"_s)).isEmpty());

    m_begunAs.clear();
    QCOMPARE(send(u"2025-11-25"_s, u"ping"_s)->outgoing().status, 200);
    const QByteArray kept = m_session;
    m_begunAs.clear();
    send(u"2025-11-25"_s, u"ping"_s);
    QVERIFY2(m_session.isEmpty(), "there is no room for a third session");
    m_session = kept;
    m_begunAs = u"2025-11-25"_s;
    QCOMPARE(send(u"2025-11-25"_s, u"ping"_s)->outgoing().status, 200);
}

void TestEras::endsStreamsWhoseTokenHasExpired()
{
    m_expiresAt = m_now / 1000 + 60;
    const QJsonObject all{{u"notifications"_s, QJsonObject{{u"toolsListChanged"_s, true}}}};
    const Peer modern = send(u"2026-07-28"_s, u"subscriptions/listen"_s, all);
    send(u"2025-11-25"_s, u"ping"_s);
    const Peer legacy = listen();
    m_now += 59'000;
    m_dispatcher->sweep();
    QCOMPARE(modern->ends + legacy->ends, 0);
    m_now += 1'000;
    m_dispatcher->sweep();
    QCOMPARE(modern->ends, 1);
    QCOMPARE(legacy->ends, 1);
    QVERIFY2(modern->messages().last().contains(u"result"_s), "in order, so that the client can come back");
    // With a new token the session goes on, and nothing is lost.
    m_expiresAt += 60;
    QVERIFY(m_features->removeTool(u"echo"_s));
    QCoreApplication::processEvents();
    const Peer again = listen("0-0");
    QCOMPARE(again->messages().size(), 1);
}

void TestEras::endsWorkWithItsSession()
{
    const Peer peer = send(u"2025-11-25"_s, u"tools/call"_s, call(u"late"_s), 1);
    const Peer same = send(u"2025-11-25"_s, u"ping"_s, {}, 1);
    QVERIFY2(same->body()[u"error"_s][u"code"_s].toInt() == -32600, "two requests of one id at one time");
    QCoreApplication::processEvents();
    const Peer stream = listen();
    QCOMPARE(m_dispatcher->endSession(m_session, {}).status, 200);
    QCoreApplication::processEvents();
    QCOMPARE(m_cancelled, 1);
    QCOMPARE(peer->ends, 1);
    QCOMPARE(stream->ends, 1);
}

void TestEras::survivesHandlersThatThrow()
{
    mcp::Tool angry;
    angry.name = u"angry"_s;
    angry.inputSchema = {{u"type"_s, u"object"_s}};
    angry.handler = [](const mcp::ToolCall &, const mcp::ToolAnswer &) {
        throw std::runtime_error("no such luck, and a secret");
    };
    QVERIFY(m_features->addTool(angry));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"A handler threw"_s));
    const Peer peer = send(u"2026-07-28"_s, u"tools/call"_s, call(u"angry"_s));
    wait(peer);
    QCOMPARE(peer->body()[u"error"_s][u"code"_s].toInt(), -32603);
    QVERIFY(!peer->outgoing().body.contains("secret"));
}

void TestEras::checksArgumentsBeforeTheCall()
{
    QFETCH(QString, revision);
    int calls = 0;
    mcp::Tool strict;
    strict.name = u"strict"_s;
    strict.inputSchema = {{u"type"_s, u"object"_s},
                          {u"properties"_s, QJsonObject{{u"n"_s, QJsonObject{{u"type"_s, u"integer"_s}}}}},
                          {u"required"_s, QJsonArray({u"n"_s})}};
    strict.handler = [&calls](const mcp::ToolCall &, const mcp::ToolAnswer &answer) {
        ++calls;
        answer(mcp::ToolResult::text(u"called"_s));
    };
    QVERIFY(m_features->addTool(strict));
    for (const QJsonObject &arguments : {QJsonObject{{u"n"_s, u"1"_s}}, QJsonObject()}) {
        const Peer peer = send(revision, u"tools/call"_s, call(u"strict"_s, arguments));
        wait(peer);
        const QJsonObject body = peer->body();
        const bool isResult = revision >= u"2025-11-25"_s;
        QCOMPARE(body.contains(u"result"_s), isResult);
        const QString text = isResult ? body[u"result"_s][u"content"_s][0][u"text"_s].toString()
                                      : body[u"error"_s][u"message"_s].toString();
        QVERIFY(text.contains(u"n: must be an integer and is \"1\""_s)
                || text.contains(u"must have the member n"_s));
        QCOMPARE(body[u"result"_s][u"isError"_s].toBool(), isResult);
    }
    QCOMPARE(calls, 0);
    wait(send(revision, u"tools/call"_s, call(u"strict"_s, {{u"n"_s, 1}})));
    QCOMPARE(calls, 1);
}

void TestEras::letsNoToolBreakItsWord()
{
    mcp::ToolResult next;
    mcp::Tool tool;
    tool.name = u"shaped"_s;
    tool.inputSchema = {{u"type"_s, u"object"_s}};
    tool.outputSchema = QJsonObject{{u"type"_s, u"object"_s}, {u"required"_s, QJsonArray({u"a"_s})}};
    tool.handler = [&next](const mcp::ToolCall &, const mcp::ToolAnswer &answer) { answer(next); };
    QVERIFY(m_features->addTool(tool));
    const auto code = [this] {
        const Peer peer = send(u"2026-07-28"_s, u"tools/call"_s, call(u"shaped"_s));
        wait(peer);
        return peer->body()[u"error"_s][u"code"_s].toInt();
    };
    next = mcp::ToolResult::structured(QJsonObject{{u"a"_s, 1}});
    QCOMPARE(code(), 0);
    next = mcp::ToolResult::error(u"it has no shape when it fails"_s);
    QCOMPARE(code(), 0);
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(u"broke its outputSchema.*must have the member a"_s));
    next = mcp::ToolResult::structured(QJsonObject{{u"b"_s, 1}});
    QCOMPARE(code(), -32603);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"no structured content"_s));
    next = mcp::ToolResult::text(u"only words"_s);
    QCOMPARE(code(), -32603);
    tool.name = u"unusable"_s;
    tool.outputSchema = QJsonObject{{u"$ref"_s, u"#/none"_s}};
    const auto added = m_features->addTool(tool);
    QVERIFY(!added && added.error().startsWith(u"The tool \"unusable\" is not offered: The reference"_s));
}

GATEHOUSE_TEST(TestEras)
#include "tst_eras.moc"
