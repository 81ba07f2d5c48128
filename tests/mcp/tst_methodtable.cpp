// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/dispatcher.h"
#include "mcp/methodtable.h"
#include "mcp/revision.h"
#include "support/collected.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using mcp::Target;

namespace {

/// What clients send, by the schema of each revision (ClientRequest and ClientNotification).
const QStringList legacyRequests{u"initialize"_s,
                                 u"ping"_s,
                                 u"logging/setLevel"_s,
                                 u"completion/complete"_s,
                                 u"prompts/get"_s,
                                 u"prompts/list"_s,
                                 u"resources/list"_s,
                                 u"resources/templates/list"_s,
                                 u"resources/read"_s,
                                 u"resources/subscribe"_s,
                                 u"resources/unsubscribe"_s,
                                 u"tools/call"_s,
                                 u"tools/list"_s};
const QStringList modernRequests{u"server/discover"_s,
                                 u"subscriptions/listen"_s,
                                 u"completion/complete"_s,
                                 u"prompts/get"_s,
                                 u"prompts/list"_s,
                                 u"resources/list"_s,
                                 u"resources/templates/list"_s,
                                 u"resources/read"_s,
                                 u"tools/call"_s,
                                 u"tools/list"_s,
                                 u"tasks/get"_s,
                                 u"tasks/update"_s,
                                 u"tasks/cancel"_s};
const mcp::Needs guarded{{u"secret:read"_s}, {}, {}};

/// Params that name something of the test's server that has needs.
QJsonObject paramsFor(Target target)
{
    switch (target) {
    case Target::Nothing:
        return {};
    case Target::Tool:
    case Target::Prompt:
        return {{u"name"_s, u"guarded"_s}};
    case Target::Resource:
        return {{u"uri"_s, u"secret://1"_s}};
    case Target::Completed:
        return {{u"ref"_s, QJsonObject{{u"type"_s, u"ref/prompt"_s}, {u"name"_s, u"guarded"_s}}}};
    case Target::Task:
        return {{u"taskId"_s, QString()}}; // The test fills it in.
    case Target::Watched:
        return {{u"notifications"_s,
                 QJsonObject{{u"resourceSubscriptions"_s, QJsonArray{u"open://1"_s, u"secret://1"_s}}}}};
    }
    return {};
}

} // namespace

class TestMethodTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasEveryMethodOfTheProtocol();
    void asksForAccessToWhatAMethodNames_data();
    void asksForAccessToWhatAMethodNames();
    void asksForThePromptOrTemplateThatIsCompleted();
    void servesNothingBesideTheTable();

private:
    void offer(mcp::Features &features);
};

void TestMethodTable::offer(mcp::Features &features)
{
    const auto read = [](const mcp::ResourceRead &, const mcp::ReadAnswer &answer) {
        answer(QList<mcp::ResourceContents>());
    };
    mcp::Tool tool;
    tool.name = u"guarded"_s;
    tool.inputSchema = {{u"type"_s, u"object"_s}};
    tool.needs = guarded;
    tool.tasks = mcp::TaskSupport::Optional;
    tool.handler = [](const mcp::ToolCall &call, const mcp::ToolAnswer &) { call.context.becomeTask(); };
    QVERIFY(features.addTool(tool));
    mcp::Prompt prompt;
    prompt.name = u"guarded"_s;
    prompt.needs = guarded;
    prompt.arguments = {{u"a"_s, {}, {}, false, [](const auto &, const auto &answer) { answer({}); }}};
    prompt.handler
        = [](const mcp::PromptCall &, const mcp::PromptAnswer &answer) { answer(mcp::PromptResult()); };
    QVERIFY(features.addPrompt(prompt));
    mcp::Resource resource;
    resource.uri = u"open://1"_s;
    resource.name = u"open"_s;
    resource.handler = read;
    QVERIFY(features.addResource(resource));
    mcp::ResourceTemplate resources;
    resources.uriTemplate = u"secret://{x}"_s;
    resources.name = u"secret"_s;
    resources.needs = guarded;
    resources.handler = read;
    QVERIFY(features.addTemplate(resources));
}

void TestMethodTable::hasEveryMethodOfTheProtocol()
{
    QStringList legacy;
    QStringList modern;
    for (const mcp::Method &method : mcp::allMethods()) {
        QVERIFY2(method.isLegacy || method.isModern, method.name.data());
        QCOMPARE(mcp::findMethod(method.name), &method);
        if (method.kind == mcp::Message::Kind::Notification)
            continue;
        if (method.isLegacy)
            legacy.append(method.name);
        if (method.isModern)
            modern.append(method.name);
    }
    const auto sorted = [](QStringList list) {
        list.sort();
        return list;
    };
    QCOMPARE(sorted(legacy), sorted(legacyRequests));
    QCOMPARE(sorted(modern), sorted(modernRequests));
    QVERIFY(!mcp::findMethod(u"tools/Call"_s));
    QVERIFY(!mcp::findMethod(QString()));
}

void TestMethodTable::asksForAccessToWhatAMethodNames_data()
{
    QTest::addColumn<QString>("name");
    for (const mcp::Method &method : mcp::allMethods())
        QTest::newRow(method.name.data()) << QString(method.name);
}

void TestMethodTable::asksForAccessToWhatAMethodNames()
{
    QFETCH(QString, name);
    mcp::Features features;
    offer(features);
    int seed = 0;
    mcp::Dispatcher dispatcher(
        {}, &features, [] { return 1'000'000; },
        [&seed](qsizetype bytes) { return QByteArray::number(++seed).rightJustified(bytes, 'x'); });
    const mcp::Method *method = mcp::findMethod(name);
    mcp::Incoming incoming;
    incoming.protocolVersion = "2026-07-28";
    QJsonObject params = paramsFor(method->target);
    if (method->target == Target::Task) {
        incoming.method = "tools/call";
        incoming.name = "guarded";
        const QJsonObject tasks{{u"io.modelcontextprotocol/tasks"_s, QJsonObject()}};
        incoming.body = QJsonObject{
            {u"jsonrpc"_s, u"2.0"_s},
            {u"id"_s, 1},
            {u"method"_s, u"tools/call"_s},
            {u"params"_s,
             QJsonObject{{u"name"_s, u"guarded"_s},
                         {u"_meta"_s,
                          QJsonObject{{u"io.modelcontextprotocol/protocolVersion"_s, u"2026-07-28"_s},
                                      {u"io.modelcontextprotocol/clientCapabilities"_s,
                                       QJsonObject{{u"extensions"_s, tasks}}}}}}}};
        const auto peer = std::make_shared<test::Collected>();
        dispatcher.handle(incoming, peer);
        QTRY_COMPARE(peer->ends, 1);
        params.insert(u"taskId"_s, peer->body()[u"result"_s][u"taskId"_s]);
    }
    incoming.body
        = QJsonObject{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, 1}, {u"method"_s, name}, {u"params"_s, params}};
    const QList<mcp::Needs> needs = dispatcher.needsOf(incoming);
    QCOMPARE(needs, method->target == Target::Nothing ? QList<mcp::Needs>() : QList<mcp::Needs>{guarded});
    // Somebody else's task is none.
    incoming.caller.userId = u"somebody"_s;
    if (method->target == Target::Task)
        QVERIFY(dispatcher.needsOf(incoming).isEmpty());
}

void TestMethodTable::asksForThePromptOrTemplateThatIsCompleted()
{
    mcp::Features features;
    offer(features);
    const mcp::Dispatcher dispatcher(
        {}, &features, [] { return 1'000'000; }, base::systemRandom());
    const auto needsOf = [&](const QJsonObject &reference) {
        mcp::Incoming incoming;
        incoming.body = QJsonObject{{u"jsonrpc"_s, u"2.0"_s},
                                    {u"id"_s, 1},
                                    {u"method"_s, u"completion/complete"_s},
                                    {u"params"_s, QJsonObject{{u"ref"_s, reference}}}};
        return dispatcher.needsOf(incoming);
    };
    QCOMPARE(needsOf({{u"type"_s, u"ref/prompt"_s}, {u"name"_s, u"guarded"_s}}), QList<mcp::Needs>{guarded});
    QCOMPARE(needsOf({{u"type"_s, u"ref/resource"_s}, {u"uri"_s, u"secret://{x}"_s}}),
             QList<mcp::Needs>{guarded});
    QVERIFY(needsOf({{u"type"_s, u"ref/prompt"_s}, {u"name"_s, u"none"_s}}).isEmpty());
}

void TestMethodTable::servesNothingBesideTheTable()
{
    mcp::Features features;
    offer(features);
    mcp::Dispatcher dispatcher(
        {}, &features, [] { return 1'000'000; }, base::systemRandom());
    for (const QString &name : {u"tasks/list"_s, u"resources/subscribe"_s, u"ping"_s, u"tools/calls"_s}) {
        mcp::Incoming incoming;
        incoming.protocolVersion = "2026-07-28";
        incoming.method = name.toUtf8();
        incoming.name = "secret://1";
        QJsonObject params{{u"_meta"_s,
                            QJsonObject{{u"io.modelcontextprotocol/protocolVersion"_s, u"2026-07-28"_s},
                                        {u"io.modelcontextprotocol/clientCapabilities"_s, QJsonObject()}}},
                           {u"uri"_s, u"secret://1"_s}};
        incoming.body
            = QJsonObject{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, 1}, {u"method"_s, name}, {u"params"_s, params}};
        const auto peer = std::make_shared<test::Collected>();
        dispatcher.handle(incoming, peer);
        QCOMPARE(peer->ends, 1);
        QCOMPARE(peer->body()[u"error"_s][u"code"_s].toInt(), -32601);
    }
}

GATEHOUSE_TEST(TestMethodTable)
#include "tst_methodtable.moc"
