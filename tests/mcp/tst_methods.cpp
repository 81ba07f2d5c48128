// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/dispatcher.h"
#include "protocol/methodtable.h"
#include "protocol/revision.h"
#include "support/collected.h"
#include "support/unit.h"

#include <QTest>

using namespace gatehouse;
using namespace Qt::StringLiterals;
using protocol::Target;

namespace {

const base::AccessRequirements guarded{{u"secret:read"_s}, {}, {}};

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

class TestMethods : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForAccessToWhatAMethodNames_data();
    void asksForAccessToWhatAMethodNames();
    void asksForThePromptOrTemplateThatIsCompleted();
    void servesNothingBesideTheTable();

private:
    void offer(mcp::Features &features);
};

void TestMethods::offer(mcp::Features &features)
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

void TestMethods::asksForAccessToWhatAMethodNames_data()
{
    QTest::addColumn<QString>("name");
    for (const protocol::Method &method : protocol::allMethods())
        QTest::newRow(method.name.data()) << QString(method.name);
}

void TestMethods::asksForAccessToWhatAMethodNames()
{
    QFETCH(QString, name);
    mcp::Features features;
    offer(features);
    int seed = 0;
    mcp::Dispatcher dispatcher(
        {}, &features, [] { return 1'000'000; },
        [&seed](qsizetype bytes) { return QByteArray::number(++seed).rightJustified(bytes, 'x'); });
    const protocol::Method *method = protocol::findMethod(name);
    mcp::Incoming incoming;
    incoming.headers.protocolVersion = "2026-07-28";
    QJsonObject params = paramsFor(method->target);
    if (method->target == Target::Task) {
        incoming.headers.method = "tools/call";
        incoming.headers.name = "guarded";
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
    const QList<base::AccessRequirements> needs = dispatcher.needsOf(incoming);
    QCOMPARE(needs,
             method->target == Target::Nothing ? QList<base::AccessRequirements>()
                                               : QList<base::AccessRequirements>{guarded});
    // Somebody else's task is none.
    incoming.caller.userId = u"somebody"_s;
    if (method->target == Target::Task)
        QVERIFY(dispatcher.needsOf(incoming).isEmpty());
}

void TestMethods::asksForThePromptOrTemplateThatIsCompleted()
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
    QCOMPARE(needsOf({{u"type"_s, u"ref/prompt"_s}, {u"name"_s, u"guarded"_s}}),
             QList<base::AccessRequirements>{guarded});
    QCOMPARE(needsOf({{u"type"_s, u"ref/resource"_s}, {u"uri"_s, u"secret://{x}"_s}}),
             QList<base::AccessRequirements>{guarded});
    QVERIFY(needsOf({{u"type"_s, u"ref/prompt"_s}, {u"name"_s, u"none"_s}}).isEmpty());
}

void TestMethods::servesNothingBesideTheTable()
{
    mcp::Features features;
    offer(features);
    mcp::Dispatcher dispatcher(
        {}, &features, [] { return 1'000'000; }, base::systemRandom());
    for (const QString &name : {u"tasks/list"_s, u"resources/subscribe"_s, u"ping"_s, u"tools/calls"_s}) {
        mcp::Incoming incoming;
        incoming.headers.protocolVersion = "2026-07-28";
        incoming.headers.method = name.toUtf8();
        incoming.headers.name = "secret://1";
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

GATEHOUSE_TEST(TestMethods)
#include "tst_methods.moc"
