// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/script.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::client;
using namespace gatehouse::test;
using namespace Qt::StringLiterals;

/// Calls of which a server makes tasks, in both eras.
class TestTasks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsATaskToItsEnd_data();
    void followsATaskToItsEnd();
    void declaresThatItKnowsTasks();
    void answersWhatATaskAsks();
    void leavesATaskThatAsksForWhatItCannotGive();
    void asksForATaskWhereTheToolWantsOne_data();
    void asksForATaskWhereTheToolWantsOne();
    void takesTheResultOfAnOldTask_data();
    void takesTheResultOfAnOldTask();
    void tellsTheServerWhenItLeaves_data();
    void tellsTheServerWhenItLeaves();
    void forgetsATaskThatIsCancelled();
    void forgetsATaskWhereWhoeverHearsOfItCancels();
    void makesNoTaskOfATask();
    void looksAgainWhereOnceItCannot_data();
    void looksAgainWhereOnceItCannot();
    void answersNotForEver();
    void isGivenMoreTimeByTheProgressOfItsCall();

private:
    /// Opens, calls "t" (after a list where `lists`) and waits for what comes of it.
    void call(Script &script, Got<Result> &called, bool lists = false);

    std::unique_ptr<McpClient> m_client;
};

namespace {

const QString getTask = u"tasks/get"_s;

QString methodOf(const base::FetchRequest &request)
{
    return Script::bodyOf(request).value("method"_L1).toString();
}

QJsonObject state(const QString &status, const QJsonObject &more = {})
{
    QJsonObject json{{u"taskId"_s, u"t 1"_s}, {u"status"_s, status}, {u"pollIntervalMs"_s, 1}};
    for (auto one = more.begin(); one != more.end(); ++one)
        json.insert(one.key(), *one);
    return json;
}

QJsonObject created(const QString &status = u"working"_s)
{
    return state(status, {{u"resultType"_s, u"task"_s}});
}

/// A server of 2026-07-28 that makes a task of each call; `states` are what tasks/get says in turn, the last
/// one again and again.
Reply modern(const QList<QJsonObject> &states, const QJsonObject &first = created())
{
    return [states, first,
            at = std::make_shared<qsizetype>(0)](const base::FetchRequest &request) -> base::FetchResult {
        const QString method = methodOf(request);
        if (method == "server/discover"_L1)
            return answer(request, {{u"supportedVersions"_s, QJsonArray{u"2026-07-28"_s}}});
        if (method == "tools/call"_L1)
            return answer(request, first);
        if (method == getTask)
            return answer(request, states.at(std::min((*at)++, states.size() - 1)));
        return answer(request, {});
    };
}

/// One of 2025-11-25 with one tool that is called as a task, or with one that is not.
Reply ofOld(const QString &support, const QJsonObject &capabilities, const Reply &more)
{
    return [support, capabilities, more](const base::FetchRequest &request) -> base::FetchResult {
        const QString method = methodOf(request);
        if (method == "initialize"_L1)
            return answer(request,
                          {{u"protocolVersion"_s, u"2025-11-25"_s}, {u"capabilities"_s, capabilities}});
        if (method == "tools/list"_L1)
            return answer(
                request,
                {{u"tools"_s,
                  QJsonArray{QJsonObject{{u"name"_s, u"t"_s},
                                         {u"execution"_s, QJsonObject{{u"taskSupport"_s, support}}}}}}});
        if (method == "server/discover"_L1)
            return http(404);
        if (method == "notifications/initialized"_L1)
            return http(202);
        return more(request);
    };
}

const QJsonObject takesTasks{
    {u"tasks"_s,
     QJsonObject{{u"requests"_s, QJsonObject{{u"tools"_s, QJsonObject{{u"call"_s, QJsonObject()}}}}}}}};

} // namespace

void TestTasks::call(Script &script, Got<Result> &called, bool lists)
{
    m_client = std::make_unique<McpClient>(QUrl(u"https://example.com/mcp"_s), &script);
    Got<ServerInfo> opened;
    m_client->open(opened.taker());
    QTRY_VERIFY(opened.value && *opened.value);
    if (lists) {
        Got<ToolListing> listed;
        m_client->listTools(listed.taker());
        QTRY_VERIFY(listed.value && *listed.value);
    }
    m_client->callTool(u"t"_s, {}, called.taker());
}

void TestTasks::followsATaskToItsEnd_data()
{
    QTest::addColumn<QList<QJsonObject>>("states");
    QTest::addColumn<QString>("text"); // Of the result, or "!" and of the error.
    QTest::addColumn<int>("looks");
    const QJsonObject done{{u"content"_s, u"42"_s}};
    const auto row = [](const char *name, const QList<QJsonObject> &states, const QString &text) {
        QTest::newRow(name) << states << text << int(states.size());
    };
    row("done at once", {state(u"completed"_s, {{u"result"_s, done}})}, u"42"_s);
    row("done after a while",
        {state(u"working"_s), state(u"working"_s), state(u"completed"_s, {{u"result"_s, done}})}, u"42"_s);
    row("done without a result", {state(u"completed"_s)}, u"!a state that this client does not know"_s);
    row("failed",
        {state(u"failed"_s, {{u"error"_s, QJsonObject{{u"code"_s, -32000}, {u"message"_s, u"no luck"_s}}}})},
        u"!no luck"_s);
    row("failed and silent", {state(u"failed"_s)}, u"!does not say why"_s);
    row("cancelled by the server", {state(u"working"_s), state(u"cancelled"_s)},
        u"!has cancelled the task"_s);
    row("a state of tomorrow", {state(u"sleeping"_s)}, u"!\"sleeping\""_s);
    row("no state", {{}}, u"!\"\""_s);
}

void TestTasks::followsATaskToItsEnd()
{
    QFETCH(const QList<QJsonObject>, states);
    QFETCH(const QString, text);
    QFETCH(const int, looks);
    Script script;
    script.reply = modern(states);
    Got<Result> called;
    call(script, called);
    QStringList told;
    connect(m_client.get(), &McpClient::told, this,
            [&told](const QString &method, const QJsonObject &params) {
                told.append(method + u' ' + params.value("status"_L1).toString());
            });
    QTRY_VERIFY(called.value);
    if (text.startsWith(u'!')) {
        QVERIFY(!*called.value);
        QVERIFY2(called.value->error().text.contains(text.mid(1)), qPrintable(called.value->error().text));
    } else {
        QVERIFY(*called.value);
        QCOMPARE((*called.value)->json, (QJsonObject{{u"content"_s, text}}));
        QCOMPARE((*called.value)->text(), QByteArray(R"({"content":"42"})"));
    }
    QCOMPARE(script.methods().count(getTask), looks);
    QCOMPARE(told.size(), looks + 1);
    QCOMPARE(told.first(), u"notifications/tasks/status working"_s);
    for (const base::FetchRequest &request : std::as_const(script.asked)) {
        if (methodOf(request) == getTask)
            QCOMPARE(Script::header(request, "Mcp-Name"), "t 1"_ba);
    }
}

void TestTasks::declaresThatItKnowsTasks()
{
    Script script;
    script.reply = modern({state(u"completed"_s, {{u"result"_s, QJsonObject()}})}, created(u"completed"_s));
    Got<Result> called;
    call(script, called);
    QTRY_VERIFY(called.value && *called.value);
    for (const base::FetchRequest &request : std::as_const(script.asked)) {
        const QJsonValue meta = Script::bodyOf(request)["params"_L1]["_meta"_L1];
        QVERIFY(meta["io.modelcontextprotocol/clientCapabilities"_L1]["extensions"_L1]
                    ["io.modelcontextprotocol/tasks"_L1]
                        .isObject());
    }
}

void TestTasks::answersWhatATaskAsks()
{
    const auto asking = [](const QStringList &names) {
        QJsonObject questions;
        for (const QString &name : names)
            questions.insert(name,
                             QJsonObject{{u"method"_s, u"elicitation/create"_s},
                                         {u"params"_s, QJsonObject{{u"message"_s, name}}}});
        return state(u"input_required"_s, {{u"inputRequests"_s, questions}});
    };
    Script script;
    script.reply = modern({asking({u"a"_s}), asking({u"a"_s}), asking({u"a"_s, u"b"_s}),
                           state(u"completed"_s, {{u"result"_s, QJsonObject()}})});
    m_client = std::make_unique<McpClient>(QUrl(u"https://example.com/mcp"_s), &script);
    QStringList asked;
    m_client->setOffer(
        {{{u"elicitation"_s, QJsonObject()}},
         [&asked](const QString &, const QJsonObject &params, const ClientOffer::Reply &reply) {
             asked.append(params.value("message"_L1).toString());
             reply(QJsonObject{{u"action"_s, u"accept"_s}});
         }});
    Got<ServerInfo> opened;
    m_client->open(opened.taker());
    QTRY_VERIFY(opened.value && *opened.value);
    Got<Result> called;
    m_client->callTool(u"t"_s, {}, called.taker());
    QTRY_VERIFY(called.value);
    QVERIFY(*called.value);
    QCOMPARE(asked, QStringList({u"a"_s, u"b"_s})); // Each once, though one is shown three times.
    QList<QJsonValue> given;
    for (const base::FetchRequest &request : std::as_const(script.asked)) {
        if (methodOf(request) == "tasks/update"_L1)
            given.append(Script::bodyOf(request)["params"_L1]["inputResponses"_L1]);
    }
    const QJsonObject yes{{u"action"_s, u"accept"_s}};
    QCOMPARE(given, QList<QJsonValue>({QJsonObject{{u"a"_s, yes}}, QJsonObject{{u"b"_s, yes}}}));
}

void TestTasks::leavesATaskThatAsksForWhatItCannotGive()
{
    const QJsonObject question{{u"a"_s, QJsonObject{{u"method"_s, u"sampling/createMessage"_s}}}};
    Script script;
    script.reply = modern({state(u"input_required"_s, {{u"inputRequests"_s, question}})});
    Got<Result> called;
    call(script, called);
    QTRY_VERIFY(called.value);
    QVERIFY(!*called.value);
    QVERIFY(called.value->error().text.contains(u"cannot give"_s));
    QTRY_COMPARE(script.methods().count(u"tasks/cancel"_s), 1);
}

void TestTasks::asksForATaskWhereTheToolWantsOne_data()
{
    QTest::addColumn<QString>("support");
    QTest::addColumn<QJsonObject>("capabilities");
    QTest::addColumn<bool>("isWanted");
    QTest::newRow("required") << u"required"_s << takesTasks << true;
    QTest::newRow("optional") << u"optional"_s << takesTasks << false;
    QTest::newRow("forbidden") << u"forbidden"_s << takesTasks << false;
    QTest::newRow("nothing said") << QString() << takesTasks << false;
    QTest::newRow("required of a server that takes none") << u"required"_s << QJsonObject() << false;
}

void TestTasks::asksForATaskWhereTheToolWantsOne()
{
    QFETCH(const QString, support);
    QFETCH(const QJsonObject, capabilities);
    QFETCH(const bool, isWanted);
    Script script;
    script.reply = ofOld(support, capabilities, [](const base::FetchRequest &request) -> base::FetchResult {
        return answer(request, {{u"content"_s, QJsonArray()}});
    });
    Got<Result> called;
    call(script, called, true);
    QTRY_VERIFY(called.value && *called.value);
    QCOMPARE(Script::bodyOf(script.asked.last())["params"_L1]["task"_L1].isObject(), isWanted);
}

void TestTasks::takesTheResultOfAnOldTask_data()
{
    QTest::addColumn<QStringList>("statuses"); // That of the creation first.
    QTest::addColumn<QStringList>("asked");
    const QString get = u"tasks/get"_s;
    const QString result = u"tasks/result"_s;
    QTest::newRow("done at once") << QStringList{u"completed"_s} << QStringList{result};
    QTest::newRow("done after a while")
        << QStringList{u"working"_s, u"working"_s, u"completed"_s} << QStringList{get, get, result};
    QTest::newRow("it asks something")
        << QStringList{u"working"_s, u"input_required"_s} << QStringList{get, result};
    QTest::newRow("failed") << QStringList{u"working"_s, u"failed"_s} << QStringList{get, result};
    QTest::newRow("cancelled") << QStringList{u"working"_s, u"cancelled"_s} << QStringList{get, result};
    QTest::newRow("a state of tomorrow") << QStringList{u"working"_s, u"sleeping"_s} << QStringList{get};
    QTest::newRow("no state") << QStringList{u"working"_s, QString()} << QStringList{get};
}

void TestTasks::takesTheResultOfAnOldTask()
{
    QFETCH(const QStringList, statuses);
    QFETCH(const QStringList, asked);
    int at = 0;
    QStringList about;
    const auto next = [&] {
        return QJsonObject{
            {u"taskId"_s, u"t 1"_s}, {u"status"_s, statuses.value(at++)}, {u"pollInterval"_s, 1}};
    };
    Script script;
    script.reply
        = ofOld(u"required"_s, takesTasks, [&](const base::FetchRequest &request) -> base::FetchResult {
              const QString method = methodOf(request);
              if (method == "tools/call"_L1)
                  return answer(request, {{u"task"_s, next()}});
              about.append(method);
              return answer(request, method == getTask ? next() : QJsonObject{{u"content"_s, u"42"_s}});
          });
    Got<Result> called;
    call(script, called, true);
    QTRY_VERIFY(called.value);
    QCOMPARE(about, asked);
    QCOMPARE(called.value->has_value(), asked.last() == "tasks/result"_L1);
    if (*called.value)
        QCOMPARE((*called.value)->json, (QJsonObject{{u"content"_s, u"42"_s}}));
}

void TestTasks::tellsTheServerWhenItLeaves_data()
{
    QTest::addColumn<bool>("isModern");
    QTest::addColumn<bool>("isTask");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("a call of today: its connection ends") << true << false << QStringList();
    QTest::newRow("a task of today") << true << true << QStringList{u"tasks/cancel"_s};
    QTest::newRow("a call of old") << false << false
                                   << QStringList{u"notifications/cancelled"_s, u"DELETE"_s};
    QTest::newRow("a task of old") << false << true << QStringList{u"tasks/cancel"_s, u"DELETE"_s};
}

void TestTasks::tellsTheServerWhenItLeaves()
{
    QFETCH(const bool, isModern);
    QFETCH(const bool, isTask);
    QFETCH(const QStringList, words);
    Held server;
    McpClient client(QUrl(u"https://example.com/mcp"_s), &server);
    const auto finish = [&server](const QString &method, const QJsonObject &result) {
        Held::One &one = server.last(method);
        base::FetchReply reply = answer(one.request, result);
        if (method == "initialize"_L1)
            reply.headers.append({"mcp-session-id"_ba, "s-1"_ba});
        Held::finish(one, reply);
    };
    Got<ServerInfo> opened;
    client.open(opened.taker());
    if (isModern) {
        finish(u"server/discover"_s, {{u"supportedVersions"_s, QJsonArray{u"2026-07-28"_s}}});
    } else {
        Held::finish(server.last(u"server/discover"_s), http(404));
        finish(u"initialize"_s, {{u"protocolVersion"_s, u"2025-11-25"_s}, {u"capabilities"_s, takesTasks}});
        server.last(u"notifications/initialized"_s).done(http(202));
        Got<ToolListing> listed;
        client.listTools(listed.taker());
        finish(u"tools/list"_s,
               {{u"tools"_s,
                 QJsonArray{QJsonObject{
                     {u"name"_s, u"t"_s},
                     {u"execution"_s,
                      QJsonObject{{u"taskSupport"_s, isTask ? u"required"_s : u"forbidden"_s}}}}}}});
    }
    Got<Result> called;
    client.callTool(u"t"_s, {}, called.taker());
    const QString id = QString::number(server.body(server.all.size() - 1).value("id"_L1).toInteger());
    if (isTask)
        finish(u"tools/call"_s, isModern ? created() : QJsonObject{{u"task"_s, state(u"working"_s)}});
    const qsizetype before = server.all.size();
    bool hasLeft = false;
    client.leave([&hasLeft] { hasLeft = true; });
    QVERIFY(isTask || server.last(u"tools/call"_s).isCancelled);
    for (const QString &word : words) {
        QVERIFY(!hasLeft);
        Held::One &one = server.last(word);
        QVERIFY(!one.isCancelled);
        if (word == "notifications/cancelled"_L1)
            QCOMPARE(QString::number(Script::bodyOf(one.request)["params"_L1]["requestId"_L1].toInteger()),
                     id);
        if (word == "tasks/cancel"_L1)
            QCOMPARE(Script::bodyOf(one.request)["params"_L1]["taskId"_L1].toString(), u"t 1"_s);
        one.done(http(500)); // What they answer does not matter.
    }
    QTRY_VERIFY(hasLeft);
    QCOMPARE(server.all.size() - before, words.size());
    QVERIFY(!called.value);
}

void TestTasks::forgetsATaskThatIsCancelled()
{
    Script script;
    script.reply = modern({state(u"working"_s)});
    Got<Result> called;
    call(script, called);
    QTRY_VERIFY(script.methods().count(getTask) >= 2);
    m_client->cancel();
    const qsizetype asked = script.asked.size();
    QTest::qWait(60); // Three times the shortest interval.
    QCOMPARE(script.asked.size(), asked);
    QVERIFY(!called.value);
}

void TestTasks::forgetsATaskWhereWhoeverHearsOfItCancels()
{
    for (const int times : {1, 2}) { // At its creation, and at the first look.
        Script script;
        script.reply = modern({state(u"working"_s)});
        Got<Result> called;
        call(script, called);
        int told = 0;
        connect(m_client.get(), &McpClient::told, this, [&] {
            if (++told == times)
                m_client->cancel();
        });
        QTRY_COMPARE(told, times);
        QTest::qWait(60);
        QCOMPARE(script.methods().count(getTask), times - 1);
        QVERIFY(!called.value);
    }
}

void TestTasks::makesNoTaskOfATask()
{
    Script script;
    script.reply = modern({created(u"completed"_s)});
    Got<Result> called;
    call(script, called);
    QTRY_VERIFY(called.value);
    QVERIFY(!*called.value);
    QVERIFY(called.value->error().text.contains(u"of a type that this client does not know"_s));
    QCOMPARE(script.methods().count(getTask), 1);
}

void TestTasks::looksAgainWhereOnceItCannot_data()
{
    QTest::addColumn<int>("misses");
    QTest::addColumn<int>("status"); // 0: nobody is there.
    QTest::addColumn<bool>("isGood");
    QTest::newRow("once") << 1 << 503 << true;
    QTest::newRow("nobody for a moment") << 3 << 0 << true;
    QTest::newRow("too often") << 4 << 503 << false;
    QTest::newRow("what would stay so") << 1 << 400 << false;
}

void TestTasks::looksAgainWhereOnceItCannot()
{
    QFETCH(const int, misses);
    QFETCH(const int, status);
    QFETCH(const bool, isGood);
    Script script;
    const Reply usual = modern({state(u"completed"_s, {{u"result"_s, QJsonObject()}})});
    int missed = 0;
    script.reply = [&](const base::FetchRequest &request) -> base::FetchResult {
        if (methodOf(request) != getTask || missed >= misses)
            return usual(request);
        ++missed;
        if (status == 0)
            return base::failure(base::FetchError{base::FetchFault::Unreachable, u"Connection refused"_s});
        return http(status);
    };
    Got<Result> called;
    call(script, called);
    QTRY_VERIFY(called.value);
    QCOMPARE(called.value->has_value(), isGood);
    if (!isGood) {
        const QString words = status == 0 ? u"\"t 1\" may go on: nobody could be asked"_s
                                          : u"\"t 1\" was asked to end, and may go on"_s;
        QVERIFY2(called.value->error().text.contains(words), qPrintable(called.value->error().text));
        QTRY_COMPARE(script.methods().count(u"tasks/cancel"_s), 1);
    }
}

void TestTasks::answersNotForEver()
{
    int asked = 0;
    Script script;
    const Reply usual = modern({});
    script.reply = [&](const base::FetchRequest &request) -> base::FetchResult {
        if (methodOf(request) != getTask)
            return usual(request);
        const QJsonObject question{
            {u"q%1"_s.arg(++asked), QJsonObject{{u"method"_s, u"elicitation/create"_s}}}};
        return answer(request, state(u"input_required"_s, {{u"inputRequests"_s, question}}));
    };
    m_client = std::make_unique<McpClient>(QUrl(u"https://example.com/mcp"_s), &script);
    m_client->setOffer({{{u"elicitation"_s, QJsonObject()}},
                        [](const QString &, const QJsonObject &, const ClientOffer::Reply &reply) {
                            reply(QJsonObject{{u"action"_s, u"accept"_s}});
                        }});
    Got<ServerInfo> opened;
    m_client->open(opened.taker());
    QTRY_VERIFY(opened.value && *opened.value);
    Got<Result> called;
    m_client->callTool(u"t"_s, {}, called.taker());
    QTRY_VERIFY(called.value);
    QVERIFY(!*called.value);
    QVERIFY(called.value->error().text.contains(u"again and again"_s));
    QCOMPARE(script.methods().count(u"tasks/update"_s), 10);
    QTRY_COMPARE(script.methods().count(u"tasks/cancel"_s), 1);
}

/// MCP 2025-11-25 "Tasks": the token of the call counts as long as its task lives.
void TestTasks::isGivenMoreTimeByTheProgressOfItsCall()
{
    Held server;
    McpClient client(QUrl(u"https://example.com/mcp"_s), &server);
    const auto finish = [&server](const QString &method, const QJsonObject &result) {
        Held::finish(server.last(method), answer(server.last(method).request, result));
    };
    Got<ServerInfo> opened;
    client.open(opened.taker());
    Held::finish(server.last(u"server/discover"_s), http(404));
    finish(u"initialize"_s, {{u"protocolVersion"_s, u"2025-11-25"_s}, {u"capabilities"_s, takesTasks}});
    server.last(u"notifications/initialized"_s).done(http(202));
    Got<ToolListing> listed;
    client.listTools(listed.taker());
    const QJsonObject tool{{u"name"_s, u"t"_s},
                           {u"execution"_s, QJsonObject{{u"taskSupport"_s, u"required"_s}}}};
    finish(u"tools/list"_s, {{u"tools"_s, QJsonArray{tool}}});
    client.setTimeoutMs(200);
    Got<Result> called;
    client.callTool(u"t"_s, {}, called.taker());
    const QJsonValue token
        = Script::bodyOf(server.last(u"tools/call"_s).request)["params"_L1]["_meta"_L1]["progressToken"_L1];
    finish(u"tools/call"_s, {{u"task"_s, state(u"completed"_s)}});
    Held::One &waiting = server.last(u"tasks/result"_s);
    for (int i = 0; i < 6; ++i) { // Longer than the time for one answer.
        QTest::qWait(60);
        Held::feed(
            waiting,
            Held::event({{u"jsonrpc"_s, u"2.0"_s},
                         {u"method"_s, u"notifications/progress"_s},
                         {u"params"_s, QJsonObject{{u"progressToken"_s, token}, {u"progress"_s, i}}}}));
        QVERIFY(!called.value);
    }
    Held::feed(waiting, Held::answerTo(waiting));
    QVERIFY(called.value && *called.value);
}

GATEHOUSE_TEST(TestTasks)
#include "tst_tasks.moc"
