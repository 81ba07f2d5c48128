// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/dispatcher.h"

#include "base/json.h"
#include "mcp/jsonrpc.h"
#include "mcp/revision.h"
#include "mcp/toolset.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

namespace {

constexpr int listTtlMs = 300'000; ///< The list changes only with a restart.

using Answer = std::function<void(Outgoing)>;

Outgoing errorWith(int status, const QJsonValue &id, const RpcError &error)
{
    return {status, base::writeJson(errorMessage(id, error)), {}, Outcome::RpcError, error.code};
}

Outgoing resultWith(const QJsonValue &id, const QJsonObject &result)
{
    const Outcome outcome = result.value("isError"_L1).toBool() ? Outcome::ToolError : Outcome::Ok;
    return {200, base::writeJson(resultMessage(id, result)), {}, outcome};
}

QString clientOf(const QJsonObject &info)
{
    return (info.value("name"_L1).toString() + u' ' + info.value("version"_L1).toString()).trimmed().left(80);
}

QJsonObject toJson(const ToolResult &result)
{
    QJsonObject json{{u"content"_s, result.content}};
    if (result.structuredContent)
        json.insert(u"structuredContent"_s, *result.structuredContent);
    if (result.isError)
        json.insert(u"isError"_s, true);
    return json;
}

/// A request whose era is settled: knows how its answers are dressed.
struct Settled
{
    Message message = {};
    Era era = Era::Modern;
    Caller caller = {};
    QJsonObject serverInfo = {};

    [[nodiscard]] Outgoing result(QJsonObject result) const
    {
        if (era == Era::Modern) {
            result.insert(u"resultType"_s, u"complete"_s);
            result.insert(u"_meta"_s, QJsonObject{{u"io.modelcontextprotocol/serverInfo"_s, serverInfo}});
        }
        return resultWith(message.id, result);
    }
    [[nodiscard]] Outgoing error(const RpcError &error) const { return errorWith(200, message.id, error); }
    [[nodiscard]] Outgoing noSuchMethod() const
    {
        return errorWith(era == Era::Modern ? 404 : 200, message.id,
                         {code::methodNotFound, u"There is no such method."_s});
    }
};

} // namespace

struct Dispatcher::Private
{
    Dispatcher *q;
    ServerDescription server;
    Sessions sessions;
    ToolSet tools;

    [[nodiscard]] QJsonObject serverInfo() const
    {
        return {{u"name"_s, server.name}, {u"title"_s, server.title}, {u"version"_s, server.version}};
    }
    [[nodiscard]] QJsonObject capabilities() const { return {{u"tools"_s, QJsonObject()}}; }

    [[nodiscard]] Outgoing initialize(const Incoming &incoming, const Message &message);
    [[nodiscard]] QJsonObject discover() const;
    [[nodiscard]] std::optional<Outgoing> sessionFault(const Incoming &incoming, const QJsonValue &id);
    void handleModern(const Incoming &incoming, const Message &message, const Answer &answer);
    void handleLegacy(const Incoming &incoming, const Message &message, const Answer &answer);
    void answerShared(const Settled &settled, const Answer &answer);
    void callTool(const Settled &settled, const Answer &answer);
};

Outgoing Dispatcher::Private::initialize(const Incoming &incoming, const Message &message)
{
    const QJsonObject &params = message.params;
    if (!params.value("protocolVersion"_L1).isString() || !params.value("capabilities"_L1).isObject()
        || !params.value("clientInfo"_L1).isObject()) {
        return errorWith(
            200, message.id,
            {code::invalidParams, u"initialize needs protocolVersion, capabilities and clientInfo."_s});
    }
    const QString asked = params.value("protocolVersion"_L1).toString();
    // Never 2026-07-28: that revision has no handshake.
    const QString revision = legacyRevisions().contains(asked) ? asked : QString(newestLegacyRevision);
    QJsonObject result{{u"protocolVersion"_s, revision},
                       {u"capabilities"_s, capabilities()},
                       {u"serverInfo"_s, serverInfo()}};
    if (!server.instructions.isEmpty())
        result.insert(u"instructions"_s, server.instructions);
    Outgoing outgoing = resultWith(message.id, result);
    outgoing.sessionId = sessions.begin(
        {incoming.caller.userId, revision, clientOf(params.value("clientInfo"_L1).toObject())});
    return outgoing;
}

QJsonObject Dispatcher::Private::discover() const
{
    QJsonObject result{{u"supportedVersions"_s, QJsonArray::fromStringList(allRevisions())},
                       {u"capabilities"_s, capabilities()},
                       {u"ttlMs"_s, listTtlMs},
                       {u"cacheScope"_s, u"public"_s}};
    if (!server.instructions.isEmpty())
        result.insert(u"instructions"_s, server.instructions);
    return result;
}

std::optional<Outgoing> Dispatcher::Private::sessionFault(const Incoming &incoming, const QJsonValue &id)
{
    if (incoming.protocolVersion
        && !legacyRevisions().contains(QString::fromLatin1(*incoming.protocolVersion))) {
        return errorWith(400, id,
                         {code::invalidRequest,
                          u"This MCP-Protocol-Version is not supported; supported: %1."_s.arg(
                              allRevisions().join(u", "_s))});
    }
    if (!incoming.sessionId)
        return errorWith(
            400, id, {code::invalidRequest, u"The header Mcp-Session-Id is missing: initialize first."_s});
    if (!sessions.use(*incoming.sessionId, incoming.caller.userId))
        return errorWith(404, id, {code::invalidRequest, u"There is no such session: initialize again."_s});
    return std::nullopt;
}

void Dispatcher::Private::handleModern(const Incoming &incoming, const Message &message, const Answer &answer)
{
    if (const auto fault = judgeModern(incoming, message))
        return answer(errorWith(400, message.id, *fault));
    switch (message.kind) {
    case Message::Kind::Response:
        return answer(errorWith(400, message.id, {code::invalidRequest, u"Clients send no responses."_s}));
    case Message::Kind::Notification:
        return answer({202});
    case Message::Kind::Request:
        break;
    }
    const Settled settled{message, Era::Modern, incoming.caller, serverInfo()};
    if (message.method == "server/discover"_L1)
        return answer(settled.result(discover()));
    answerShared(settled, answer);
}

void Dispatcher::Private::handleLegacy(const Incoming &incoming, const Message &message, const Answer &answer)
{
    const bool isRequest = message.kind == Message::Kind::Request;
    if (isRequest && message.method == "initialize"_L1)
        return answer(initialize(incoming, message));
    if (const auto fault = sessionFault(incoming, message.id))
        return answer(*fault);
    if (!isRequest)
        return answer({202});
    const Settled settled{message, Era::Legacy, incoming.caller, {}};
    // 2026-07-28 removed ping: a stateless client has nothing to keep alive.
    if (message.method == "ping"_L1)
        return answer(settled.result({}));
    answerShared(settled, answer);
}

void Dispatcher::Private::answerShared(const Settled &settled, const Answer &answer)
{
    if (settled.message.method == "tools/call"_L1)
        return callTool(settled, answer);
    if (settled.message.method != "tools/list"_L1)
        return answer(settled.noSuchMethod());
    // All tools fit on one page, so no cursor of ours exists.
    if (settled.message.params.contains("cursor"_L1))
        return answer(settled.error({code::invalidParams, u"The cursor is not one of this server."_s}));
    QJsonObject list{{u"tools"_s, tools.list()}};
    if (settled.era == Era::Modern) {
        list.insert(u"ttlMs"_s, listTtlMs);
        list.insert(u"cacheScope"_s, u"private"_s);
    }
    answer(settled.result(list));
}

void Dispatcher::Private::callTool(const Settled &settled, const Answer &answer)
{
    const QJsonValue name = settled.message.params.value("name"_L1);
    const QJsonValue arguments = settled.message.params.value("arguments"_L1);
    const Tool *tool = name.isString() ? tools.find(name.toString()) : nullptr;
    if (!tool)
        return answer(settled.error({code::invalidParams, u"There is no such tool."_s}));
    if (!arguments.isUndefined() && !arguments.isObject())
        return answer(settled.error({code::invalidParams, u"arguments must be an object."_s}));
    ToolSet::call(*tool, {tool->name, arguments.toObject(), settled.caller}, q,
                  [settled, answer](const base::Expected<ToolResult, RpcError> &result) {
                      answer(result ? settled.result(toJson(*result)) : settled.error(result.error()));
                  });
}

Dispatcher::Dispatcher(ServerDescription server, base::Clock clock, base::Random random, SessionLimits limits,
                       QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(
          Private{this, std::move(server), Sessions(std::move(clock), std::move(random), limits), {}}))
{ }

Dispatcher::~Dispatcher() = default;

bool Dispatcher::addTool(Tool tool)
{
    return d->tools.add(std::move(tool));
}

void Dispatcher::handle(const Incoming &incoming, std::function<void(Outgoing)> answer)
{
    if (incoming.body.isArray())
        return answer(errorOutgoing(400, code::invalidRequest, u"Send one message and no batch."_s));
    const auto message = readMessage(incoming.body);
    if (!message)
        return answer(errorWith(400, QJsonValue::Undefined, message.error()));
    if (eraOf(incoming, *message) == Era::Modern)
        d->handleModern(incoming, *message, answer);
    else
        d->handleLegacy(incoming, *message, answer);
}

Outgoing Dispatcher::endSession(const std::optional<QByteArray> &sessionId, const Caller &caller)
{
    if (!sessionId)
        return errorOutgoing(400, code::invalidRequest, u"The header Mcp-Session-Id is missing."_s);
    if (!d->sessions.end(*sessionId, caller.userId))
        return errorOutgoing(404, code::invalidRequest, u"There is no such session."_s);
    return {200}; // Without a body. Not 204, which QtHttpServer 6.4 gives a Content-Length (RFC 9110 §8.6).
}

Needs Dispatcher::needsOf(const QJsonValue &body) const
{
    const auto message = readMessage(body);
    if (!message || message->method != "tools/call"_L1)
        return {};
    const Tool *tool = d->tools.find(message->params.value("name"_L1).toString());
    return tool ? tool->needs : Needs();
}

Description Dispatcher::describe(const Incoming &incoming) const
{
    Description description;
    const auto message = readMessage(incoming.body);
    const QJsonObject params = message ? message->params : QJsonObject();
    if (message) {
        description.rpcMethod = message->method.left(128);
        const QJsonValue name = params.value("name"_L1);
        description.target = (name.isString() ? name : params.value("uri"_L1)).toString().left(200);
    }
    const QJsonObject meta = params.value("_meta"_L1).toObject();
    const QJsonValue info = params.value("clientInfo"_L1);
    description.client
        = clientOf((info.isObject() ? info : meta.value("io.modelcontextprotocol/clientInfo"_L1)).toObject());
    description.revision = QString::fromLatin1(incoming.protocolVersion.value_or(QByteArray())).left(40);
    if (const Session *session = incoming.sessionId ? d->sessions.peek(*incoming.sessionId) : nullptr) {
        description.client = session->client;
        description.revision = session->revision;
    }
    if (description.revision.isEmpty())
        description.revision = params.value("protocolVersion"_L1).toString().left(40);
    return description;
}

Outgoing errorOutgoing(int status, int code, const QString &text)
{
    return errorWith(status, QJsonValue::Undefined, {code, text});
}

} // namespace gatehouse::mcp
