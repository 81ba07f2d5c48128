// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "fuzz/fuzz.h"
#include "mcp/dispatcher.h"
#include "protocol/jsonrpc.h"
#include "protocol/revision.h"
#include "support/collected.h"

#include <QCoreApplication>

using namespace gatehouse;
using namespace Qt::StringLiterals;

namespace {

/// A server with something of each kind, and a session in which the messages come.
struct Server
{
    mcp::Features features;
    mcp::Dispatcher dispatcher{
        {},
        &features,
        [] { return qint64(1'000'000); },
        [this](qsizetype bytes) { return QByteArray::number(++count).rightJustified(bytes, 'x'); }};
    quint64 count = 0;
    QByteArray session;

    Server()
    {
        mcp::Tool tool;
        tool.name = u"tool"_s;
        tool.inputSchema = base::readJsonObject(R"({"type":"object","properties":{"n":{"type":"integer",
            "x-mcp-header":"N"},"t":{"type":"string","pattern":"^(a|b)+$"},"deep":{"items":{"$ref":"#"}}}})")
                               .value();
        tool.tasks = mcp::TaskSupport::Optional;
        tool.handler = [](const mcp::ToolCall &call, const mcp::ToolAnswer &answer) {
            call.context.progress(1);
            if (call.arguments.contains(u"task"_s))
                call.context.becomeTask();
            if (call.arguments.contains(u"ask"_s) && call.context.inputs.isEmpty()) {
                return answer(mcp::InputRequired{
                    {{u"q"_s, mcp::InputRequest::form(u"?"_s, {{u"type"_s, u"object"_s}})}}, {}});
            }
            answer(mcp::ToolResult::structured(call.arguments));
        };
        fuzz::require(features.addTool(tool).has_value(), "the tool could not be added");
        mcp::ResourceTemplate resources;
        resources.uriTemplate = u"a://{x}/{+y}"_s;
        resources.name = u"r"_s;
        resources.handler = [](const mcp::ResourceRead &, const mcp::ReadAnswer &answer) {
            answer(QList<mcp::ResourceContents>{{{}, {}, u"t"_s}});
        };
        resources.completers.insert(
            u"x"_s,
            [](const mcp::CompletionCall &, const mcp::CompletionAnswer &answer) { answer({u"1"_s}); });
        fuzz::require(features.addTemplate(resources).has_value(), "the template could not be added");
        mcp::Prompt prompt;
        prompt.name = u"prompt"_s;
        prompt.arguments = {{u"a"_s, {}, {}, true}};
        prompt.handler
            = [](const mcp::PromptCall &, const mcp::PromptAnswer &answer) { answer(mcp::PromptResult()); };
        fuzz::require(features.addPrompt(prompt).has_value(), "the prompt could not be added");
    }
};

void send(Server &server, const mcp::Incoming &incoming)
{
    const auto peer = std::make_shared<test::Collected>();
    server.dispatcher.handle(incoming, peer);
    // One turn for the handler's answer, one for each time that it is called again.
    for (int turn = 0; turn < 8 && peer->ends == 0; ++turn)
        QCoreApplication::sendPostedEvents();
    fuzz::require(peer->ends <= 1, "a request was answered twice");
    // What asks its client, or listens, is not over yet.
    fuzz::require(peer->ends == 1 || peer->hasBegun, "a request was neither answered nor begun to be");
    static const QList<int> statuses{200, 202, 400, 404, 406, 503};
    fuzz::require(peer->ends == 0 || statuses.contains(peer->outgoing().status), "a status of no table");
    if (peer->ends == 1 && !peer->outgoing().body.isEmpty())
        fuzz::require(base::readJson(peer->outgoing().body).has_value(), "an answer that is no strict JSON");
    peer->leave();
    QCoreApplication::sendPostedEvents();
}

} // namespace

/// The body of a POST, sent in both eras.
void fuzz::tryInput(const QByteArray &input)
{
    static int count = 0;
    static char name[] = "fuzz";
    static char *arguments[] = {name, nullptr};
    static int argumentCount = 1;
    static QCoreApplication app(argumentCount, arguments);
    static std::unique_ptr<Server> server;
    if (++count % 500 == 1) { // Sessions, streams and tasks that inputs open do not pile up for ever.
        server.reset();
        server = std::make_unique<Server>();
        QCoreApplication::sendPostedEvents();
    }

    const auto body = base::readJson(input);
    if (!body)
        return;
    if (const auto message = protocol::readMessage(*body)) {
        const auto again = protocol::readMessage(protocol::toJson(*message));
        require(again && *again == *message, "a message that is written is not the one that was read");
    }
    mcp::Incoming legacy;
    legacy.body = protocol::requestMessage(
        1, u"initialize"_s,
        {{u"protocolVersion"_s, count % 2 == 0 ? u"2025-03-26"_s : u"2025-11-25"_s},
         {u"capabilities"_s, QJsonObject{{u"elicitation"_s, QJsonObject()}}},
         {u"clientInfo"_s, QJsonObject{{u"name"_s, u"f"_s}, {u"version"_s, u"1"_s}}}});
    const auto begun = std::make_shared<test::Collected>();
    server->dispatcher.handle(legacy, begun);
    legacy.sessionId = begun->outgoing().sessionId;
    legacy.body = *body;
    send(*server, legacy);
    (void)server->dispatcher.describe(legacy);
    (void)server->dispatcher.needsOf(legacy);
    (void)server->dispatcher.endSession(legacy.sessionId, {});

    mcp::Incoming modern;
    modern.body = *body;
    const QJsonObject object = body->toObject();
    const QJsonObject params = object.value(u"params"_s).toObject();
    modern.headers.protocolVersion = "2026-07-28";
    modern.headers.method = object.value(u"method"_s).toString().toUtf8();
    for (const auto &member : {u"name"_s, u"uri"_s, u"taskId"_s}) {
        if (params.value(member).isString())
            modern.headers.name = params.value(member).toString().toUtf8();
    }
    if (params.value(u"arguments"_s)[u"n"_s].isDouble())
        modern.headers.parameters.insert(
            "n", QByteArray::number(params.value(u"arguments"_s)[u"n"_s].toDouble(), 'g', 17));
    send(*server, modern);
}

QByteArrayList fuzz::seeds()
{
    const QByteArray meta = R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
                            R"("io.modelcontextprotocol/clientCapabilities":{"elicitation":{},)"
                            R"("extensions":{"io.modelcontextprotocol/tasks":{}}},"progressToken":"p",)"
                            R"("io.modelcontextprotocol/logLevel":"debug"})";
    const auto request = [&](const QByteArray &method, const QByteArray &params) {
        return R"({"jsonrpc":"2.0","id":7,"method":")" + method + R"(","params":{)" + params
            + (params.isEmpty() ? "" : ",") + meta + "}}";
    };
    return {
        request("server/discover", ""),
        request("tools/list", ""),
        request("tools/list", R"("cursor":"dG9vbHMvbGlzdCAx")"),
        request("tools/call", R"("name":"tool","arguments":{"n":42,"t":"abab","deep":[{"n":1}]})"),
        request(
            "tools/call",
            R"("name":"tool","arguments":{"ask":true},"inputResponses":{"q":{"action":"accept","content":{}}})"),
        request("tools/call", R"("name":"tool","arguments":{"task":true,"ask":1},"requestState":"e30.e30")"),
        request("tasks/get", R"("taskId":"xxxxxxxx")"),
        request("tasks/update", R"("taskId":"x","inputResponses":{"q-1":{"action":"cancel"}})"),
        request("resources/read", R"("uri":"a://1/2/3")"),
        request("resources/templates/list", ""),
        request("resources/subscribe", R"("uri":"a://1/2")"),
        request("prompts/get", R"("name":"prompt","arguments":{"a":"b"})"),
        request("completion/complete",
                R"("ref":{"type":"ref/resource","uri":"a://{x}/{+y}"},"argument":{"name":"x","value":""})"),
        request("subscriptions/listen",
                R"("notifications":{"toolsListChanged":true,"resourceSubscriptions":["a://1/2"]})"),
        R"({"jsonrpc":"2.0","id":"s","method":"tools/call","params":{"name":"tool","arguments":{"ask":1}}})",
        R"({"jsonrpc":"2.0","id":1,"method":"ping"})",
        R"({"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"debug"}})",
        R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7,"reason":"r"}})",
        R"({"jsonrpc":"2.0","id":1,"result":{"action":"accept","content":{}}})",
        R"({"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"m","data":{"a":1}}})",
        R"([{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"n"},3,{"jsonrpc":"2.0","id":1,"method":"ping"}])"};
}
