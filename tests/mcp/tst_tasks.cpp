// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/dispatcher.h"
#include "protocol/jsonrpc.h"
#include "support/collected.h"
#include "support/unit.h"
#include "support/wait.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;

using Peer = std::shared_ptr<test::Collected>;

class TestTasks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void goesOnWithoutItsClient();
    void waitsForTheClientsAnswers();
    void isKnownToItsUserOnly();
    void isStoppedByItsClient();
    void endsWithItsTime();
    void isNothingForClientsThatKnowNone();
    void asksForNoMoreThanItsTool();
    void boundsTheirNumber();
    void leavesRoomForOthers();
    void stopsNobodyWhileTasksRun();
    void keepsNoMoreResultsThanAllowed();

private:
    void start(const mcp::ProtocolLimits &limits = {});
    QJsonObject send(const QString &method, QJsonObject params, int status = 200);
    QJsonObject result(const QString &method, const QJsonObject &params)
    {
        return send(method, params).value(u"result"_s).toObject();
    }
    QString begin(const QString &tool = u"slow"_s)
    {
        return result(u"tools/call"_s, {{u"name"_s, tool}})[u"taskId"_s].toString();
    }
    QJsonObject get(const QString &task) { return result(u"tasks/get"_s, {{u"taskId"_s, task}}); }

    qint64 m_now = 1'000'000'000'000;
    int m_seed = 0;
    int m_cancelled = 0;
    QString m_user = u"ada"_s;
    bool m_knowsTasks = true;
    mcp::ToolAnswer m_answer;
    QList<mcp::ToolAnswer> m_open;
    std::unique_ptr<mcp::Features> m_features;
    std::unique_ptr<mcp::Dispatcher> m_dispatcher;
};

void TestTasks::start(const mcp::ProtocolLimits &limits)
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_dispatcher.reset();
    m_answer = {};
    m_open.clear();
    m_cancelled = 0;
    m_user = u"ada"_s;
    m_knowsTasks = true;
    m_features = std::make_unique<mcp::Features>();
    m_dispatcher = std::make_unique<mcp::Dispatcher>(
        mcp::ServerDescription{}, m_features.get(), [this] { return m_now; },
        [this](qsizetype bytes) { return QByteArray::number(++m_seed).rightJustified(bytes, 'x'); }, limits);
    mcp::Tool slow;
    slow.name = u"slow"_s;
    slow.inputSchema = {{u"type"_s, u"object"_s}};
    slow.tasks = mcp::TaskSupport::Optional;
    slow.handler = [this](const mcp::ToolCall &call, const mcp::ToolAnswer &answer) {
        call.context.becomeTask();
        call.context.becomeTask(); // Once is enough.
        call.context.whenCancelled([this] { ++m_cancelled; });
        m_answer = answer;
        m_open.append(answer); // One that is let go has failed.
    };
    QVERIFY(m_features->addTool(slow));
    mcp::Tool asking = slow;
    asking.name = u"asking"_s;
    asking.tasks = mcp::TaskSupport::Required;
    asking.handler = [](const mcp::ToolCall &call, const mcp::ToolAnswer &answer) {
        call.context.becomeTask();
        const mcp::InputRequest question = mcp::InputRequest::form(
            u"?"_s,
            {{u"type"_s, u"object"_s},
             {u"properties"_s, QJsonObject{{u"n"_s, QJsonObject{{u"type"_s, u"integer"_s}}}}}});
        if (call.context.inputs.size() < 2)
            return answer(mcp::InputRequired{{{u"a"_s, question}, {u"b"_s, question}}, {}});
        answer(mcp::ToolResult::text(
            QString::number(mcp::acceptedIn(call.context, u"a"_s)->value(u"n"_s).toInt()
                            + mcp::acceptedIn(call.context, u"b"_s)->value(u"n"_s).toInt())));
    };
    QVERIFY(m_features->addTool(asking));
    QCoreApplication::processEvents();
}

QJsonObject TestTasks::send(const QString &method, QJsonObject params, int status)
{
    QJsonObject capabilities{{u"elicitation"_s, QJsonObject()}};
    if (m_knowsTasks)
        capabilities.insert(u"extensions"_s,
                            QJsonObject{{u"io.modelcontextprotocol/tasks"_s, QJsonObject()}});
    mcp::Incoming incoming;
    incoming.caller.userId = m_user;
    incoming.headers.protocolVersion = "2026-07-28";
    incoming.headers.method = method.toLatin1();
    incoming.headers.name
        = params.value(params.contains(u"taskId"_s) ? u"taskId"_s : u"name"_s).toString().toUtf8();
    params.insert(u"_meta"_s,
                  QJsonObject{{u"io.modelcontextprotocol/protocolVersion"_s, u"2026-07-28"_s},
                              {u"io.modelcontextprotocol/clientCapabilities"_s, capabilities}});
    incoming.body
        = QJsonObject{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, 1}, {u"method"_s, method}, {u"params"_s, params}};
    const auto peer = std::make_shared<test::Collected>();
    m_dispatcher->handle(incoming, peer);
    if (!gatehouse::waitFor([&] { return peer->ends > 0 || m_answer; }, 2000))
        QTest::qFail("nothing came", __FILE__, __LINE__);
    QCoreApplication::processEvents();
    if (peer->ends == 1 && peer->outgoing().status != status)
        QTest::qFail(qPrintable(u"status %1"_s.arg(peer->outgoing().status)), __FILE__, __LINE__);
    return peer->body();
}

void TestTasks::goesOnWithoutItsClient()
{
    const QJsonObject created = result(u"tools/call"_s, {{u"name"_s, u"slow"_s}});
    QCOMPARE(created[u"resultType"_s].toString(), u"task"_s);
    QCOMPARE(created[u"status"_s].toString(), u"working"_s);
    QCOMPARE(created[u"createdAt"_s].toString(), u"2001-09-09T01:46:40.000Z"_s);
    const QString id = created[u"taskId"_s].toString();
    QVERIFY(id.size() >= 32);
    QVERIFY(!get(id).contains(u"result"_s));
    m_now += 5000;
    m_answer(mcp::ToolResult::error(u"it failed, but it ran"_s));
    m_answer(mcp::ToolResult::text(u"a second answer"_s));
    QCoreApplication::processEvents();
    const QJsonObject done = get(id);
    QCOMPARE(done[u"resultType"_s].toString(), u"complete"_s);
    QCOMPARE(done[u"status"_s].toString(), u"completed"_s);
    QCOMPARE(done[u"lastUpdatedAt"_s].toString(), u"2001-09-09T01:46:45.000Z"_s);
    QVERIFY(done[u"result"_s][u"isError"_s].toBool());
    const QString broken = begin();
    m_answer(protocol::RpcError{-32603, u"broken"_s, {}});
    QCoreApplication::processEvents();
    QCOMPARE(get(broken)[u"status"_s].toString(), u"failed"_s);
    QCOMPARE(get(broken)[u"error"_s][u"message"_s].toString(), u"broken"_s);
    QVERIFY(!get(broken).contains(u"result"_s));
    // One that forgets its answer has failed as well.
    const QString forgotten = begin();
    m_answer = {};
    m_open.clear();
    QCoreApplication::processEvents();
    QCOMPARE(get(forgotten)[u"status"_s].toString(), u"failed"_s);
}

void TestTasks::waitsForTheClientsAnswers()
{
    const QString id = begin(u"asking"_s);
    QJsonObject open = get(id)[u"inputRequests"_s].toObject();
    QCOMPARE(open.size(), 2);
    const QStringList keys = open.keys();
    const auto answer = [&](const QString &key, const QJsonValue &value) {
        return send(u"tasks/update"_s, {{u"taskId"_s, id}, {u"inputResponses"_s, QJsonObject{{key, value}}}});
    };
    const auto accept = [](const QJsonValue &n) {
        return QJsonObject{{u"action"_s, u"accept"_s}, {u"content"_s, QJsonObject{{u"n"_s, n}}}};
    };
    QVERIFY2(answer(keys[0], accept(u"two"_s)).contains(u"error"_s), "it does not fit the form");
    QVERIFY(answer(keys[0], 12).contains(u"error"_s));
    QVERIFY2(answer(u"unknown"_s, accept(1)).contains(u"result"_s), "what nobody asked for is let be");
    // What is not kept takes nobody's room: a quarter of 64 MiB would be full by now.
    const QJsonObject large = accept(QString(1'000'000, u'x'));
    for (int i = 0; i < 20; ++i)
        (void)answer(i % 2 == 0 ? u"unknown"_s : keys[0], large);
    QVERIFY(answer(keys[0], accept(2)).contains(u"result"_s));
    open = get(id)[u"inputRequests"_s].toObject();
    QCOMPARE(open.keys(), QStringList{keys[1]});
    QVERIFY2(answer(keys[0], accept(100)).contains(u"result"_s), "an answer twice is let be, too");
    QVERIFY(answer(keys[1], accept(40)).contains(u"result"_s));
    QCOMPARE(get(id)[u"status"_s].toString(), u"completed"_s);
    QCOMPARE(get(id)[u"result"_s][u"content"_s][0][u"text"_s].toString(), u"42"_s);
    QVERIFY(send(u"tasks/update"_s, {{u"taskId"_s, id}}).contains(u"error"_s));
}

void TestTasks::isKnownToItsUserOnly()
{
    const QString id = begin();
    m_user = u"bob"_s;
    for (const auto &method : {u"tasks/get"_s, u"tasks/cancel"_s, u"tasks/update"_s})
        QCOMPARE(
            send(method, {{u"taskId"_s, id}, {u"inputResponses"_s, QJsonObject()}})[u"error"_s][u"code"_s]
                .toInt(),
            -32602);
    QCOMPARE(m_cancelled, 0);
    m_user = u"ada"_s;
    QCOMPARE(get(id)[u"status"_s].toString(), u"working"_s);
    QCOMPARE(send(u"tasks/get"_s, {{u"taskId"_s, u"none"_s}})[u"error"_s][u"code"_s].toInt(), -32602);
    for (const auto &method : {u"tasks/list"_s, u"tasks/result"_s})
        QCOMPARE(send(method, {{u"taskId"_s, id}}, 404)[u"error"_s][u"code"_s].toInt(), -32601);
}

void TestTasks::isStoppedByItsClient()
{
    const QString id = begin();
    for (int i = 0; i < 2; ++i)
        QVERIFY(send(u"tasks/cancel"_s, {{u"taskId"_s, id}}).contains(u"result"_s));
    QCOMPARE(m_cancelled, 1);
    m_answer(mcp::ToolResult::text(u"too late"_s));
    QCoreApplication::processEvents();
    QCOMPARE(get(id)[u"status"_s].toString(), u"cancelled"_s);
    QVERIFY(!get(id).contains(u"result"_s));
}

void TestTasks::endsWithItsTime()
{
    const QString id = begin();
    m_now += 60 * 60 * 1000;
    QCOMPARE(get(id)[u"status"_s].toString(), u"working"_s);
    QCOMPARE(get(id)[u"ttlMs"_s].toInt(), 60 * 60 * 1000);
    m_now += 1;
    QVERIFY(send(u"tasks/get"_s, {{u"taskId"_s, id}}).contains(u"error"_s));
    QVERIFY2(m_cancelled == 1, "what nobody can ask for is not worked on");
}

void TestTasks::isNothingForClientsThatKnowNone()
{
    m_knowsTasks = false;
    const QJsonObject refused = send(u"tools/call"_s, {{u"name"_s, u"asking"_s}}, 400);
    QCOMPARE(refused[u"error"_s][u"code"_s].toInt(), -32021);
    QVERIFY(refused[u"error"_s][u"data"_s][u"requiredCapabilities"_s][u"extensions"_s].toObject().contains(
        u"io.modelcontextprotocol/tasks"_s));
    QCOMPARE(send(u"tasks/get"_s, {{u"taskId"_s, u"x"_s}}, 400)[u"error"_s][u"code"_s].toInt(), -32021);
    QVERIFY2(send(u"tools/call"_s, {{u"name"_s, u"slow"_s}}).isEmpty(), "it waits for the answer itself");
    m_answer(mcp::ToolResult::text(u"here"_s));
    QCoreApplication::processEvents();
}

void TestTasks::asksForNoMoreThanItsTool()
{
    const QString id = begin();
    m_features->setRules({{u"slow"_s, {{u"slow:run"_s}, {}, {}}}});
    const auto needsOf = [this](const QString &task) {
        mcp::Incoming get;
        get.caller.userId = m_user;
        get.body = QJsonObject{{u"jsonrpc"_s, u"2.0"_s},
                               {u"id"_s, 1},
                               {u"method"_s, u"tasks/get"_s},
                               {u"params"_s, QJsonObject{{u"taskId"_s, task}}}};
        return m_dispatcher->needsOf(get);
    };
    QVERIFY2(needsOf(id) == (QList<base::AccessRequirements>{{{u"slow:run"_s}, {}, {}}}),
             "who may not call a tool may not have its results either");
    QVERIFY(needsOf(u"none"_s).isEmpty());
}

void TestTasks::boundsTheirNumber()
{
    mcp::ProtocolLimits limits;
    limits.tasks.count = 2;
    start(limits);
    const QString first = begin();
    QVERIFY(!begin().isEmpty());
    m_answer = {};
    QCOMPARE(send(u"tools/call"_s, {{u"name"_s, u"slow"_s}}, 503)[u"error"_s][u"code"_s].toInt(), -32603);
    m_now += 60 * 60 * 1000 + 1;
    m_answer = {};
    QVERIFY2(!begin().isEmpty(), "the old ones make room");
    QVERIFY(send(u"tasks/get"_s, {{u"taskId"_s, first}}).contains(u"error"_s));
}

void TestTasks::leavesRoomForOthers()
{
    mcp::ProtocolLimits limits;
    limits.tasks.count = 40;
    start(limits);
    for (int i = 0; i < 10; ++i) {
        m_answer = {};
        QVERIFY(!begin().isEmpty());
    }
    m_answer = {};
    QCOMPARE(send(u"tools/call"_s, {{u"name"_s, u"slow"_s}}, 503)[u"error"_s][u"code"_s].toInt(), -32603);
    QCOMPARE(m_cancelled, 1); // Its handler hears that nobody waits.
    m_user = u"grace"_s;
    m_answer = {};
    const QString hers = begin();
    QVERIFY(!hers.isEmpty());
    // One that is over makes room for the next one of its user.
    m_answer(mcp::ToolResult::text(u"done"_s));
    QCoreApplication::processEvents();
    for (int i = 0; i < 10; ++i) {
        m_answer = {};
        QVERIFY(!begin().isEmpty());
    }
    QVERIFY(send(u"tasks/get"_s, {{u"taskId"_s, hers}}).contains(u"error"_s));
}

void TestTasks::stopsNobodyWhileTasksRun()
{
    mcp::ProtocolLimits limits;
    limits.operations = 4;
    start(limits);
    QStringList tasks;
    for (int i = 0; i < 20; ++i) { // Five times as many as may be waited for.
        m_answer = {};
        tasks.append(begin());
        QVERIFY(!tasks.last().isEmpty());
    }
    m_knowsTasks = false; // Now with clients that wait …
    for (int i = 0; i < 4; ++i) {
        m_answer = {};
        QVERIFY(send(u"tools/call"_s, {{u"name"_s, u"slow"_s}}).isEmpty());
    }
    m_answer = {};
    QCOMPARE(send(u"tools/call"_s, {{u"name"_s, u"slow"_s}}, 503)[u"error"_s][u"code"_s].toInt(), -32603);
    m_knowsTasks = true; // … cancelling is served all the same.
    QVERIFY(send(u"tasks/cancel"_s, {{u"taskId"_s, tasks.first()}}).contains(u"result"_s));
    QCOMPARE(send(u"tasks/get"_s, {{u"taskId"_s, tasks.first()}}, 503)[u"error"_s][u"code"_s].toInt(),
             -32603);
}

void TestTasks::keepsNoMoreResultsThanAllowed()
{
    mcp::ProtocolLimits limits;
    limits.tasks.resultBytes = 40'000;
    start(limits);
    const auto finish = [this](qsizetype size) {
        m_answer = {};
        const QString task = begin();
        m_answer(mcp::ToolResult::text(QString(size, u'x')));
        QCoreApplication::processEvents();
        ++m_now;
        return task;
    };
    const auto statusOf = [this](const QString &task) {
        return send(u"tasks/get"_s, {{u"taskId"_s, task}})[u"result"_s][u"status"_s].toString();
    };
    const QString small = finish(2'000);
    QCOMPARE(statusOf(small), u"completed"_s);
    const QString huge = finish(11'000); // More than one user's quarter.
    QCOMPARE(statusOf(huge), u"failed"_s);
    QCOMPARE(statusOf(small), u"completed"_s); // It is not paid for by what fits.
    QStringList more;
    for (int i = 0; i < 6; ++i)
        more.append(finish(2'000));
    QVERIFY2(statusOf(small).isEmpty(), "the user's oldest goes first");
    QCOMPARE(statusOf(more.last()), u"completed"_s);
    m_user = u"grace"_s;
    const QString hers = finish(9'000);
    m_user = u"ada"_s;
    for (int i = 0; i < 20; ++i)
        more.append(finish(2'000));
    m_user = u"grace"_s;
    QCOMPARE(statusOf(hers), u"completed"_s);
}

GATEHOUSE_TEST(TestTasks)
#include "tst_tasks.moc"
