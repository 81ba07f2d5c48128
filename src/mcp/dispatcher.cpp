// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/dispatcher.h"

#include "base/json.h"
#include "mcp/batch.h"
#include "mcp/methods.h"
#include "mcp/operation.h"
#include "mcp/requeststate.h"
#include "mcp/subscriptions.h"
#include "mcp/threadinvoker.h"
#include "protocol/jsonrpc.h"
#include "protocol/methodtable.h"
#include "protocol/revision.h"

#include <QJsonArray>
#include <QTimer>

#include <chrono>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

using protocol::MethodId;

namespace {

using Shared = std::shared_ptr<Channel>;

constexpr qsizetype maximumSubscriptions = 1000; ///< Of one session.
constexpr qsizetype maximumSubscriptionLength = 64 * 1024; ///< Of all its addresses together.
constexpr qsizetype maximumCapabilityBytes = 16 * 1024;
constexpr std::chrono::seconds sweepEvery{10};

Outgoing errorWith(int status, const QJsonValue &id, const protocol::RpcError &error)
{
    return {status, base::writeJson(protocol::errorMessage(id, error)), {}, ResultKind::RpcError, error.code};
}

protocol::RpcError tooManyStreams()
{
    return {protocol::code::internalError, u"Too many streams are open here already: try again later."_s, {}};
}

QString clientOf(const QJsonObject &info)
{
    return (info.value("name"_L1).toString() + u' ' + info.value("version"_L1).toString()).trimmed().left(80);
}

/// What a message is about, in one text for the log.
QString targetOf(const protocol::Message &message)
{
    const QJsonObject &params = message.params;
    const protocol::Method *method = protocol::findMethod(message.method);
    if (method && method->target == protocol::Target::Completed) {
        const QJsonObject reference = params.value("ref"_L1).toObject();
        return reference.value(reference.contains("name"_L1) ? "name"_L1 : "uri"_L1).toString();
    }
    if (method && !method->targetMember().isEmpty())
        return params.value(method->targetMember()).toString();
    const QJsonValue name = params.value("name"_L1); // Also of methods that nobody knows.
    return (name.isString() ? name : params.value("uri"_L1)).toString();
}

/// What may make one caller's lists differ from another's: a change of it is a change of the lists.
QStringList rightsOf(const Caller &caller)
{
    return caller.scopes + QStringList{QString()} + caller.permissions;
}

} // namespace

struct Dispatcher::Private
{
    ServerDescription server;
    const QJsonObject modernInfo;
    const QByteArray modernInfoText; ///< Goes out with every answer.
    Features *features;
    ProtocolLimits limits;
    RequestState requestState;
    ReplayBudget replay;
    Methods methods;
    Sessions sessions;
    Subscriptions subscriptions;
    Tasks tasks;
    Shares places;
    Shares bytes;
    QHash<Operation *, std::shared_ptr<Operation>> operations; ///< Under way.
    QTimer sweep;
    Landing landing; ///< Goes first: what handlers still post finds nobody.

    Private(ServerDescription description, Features *offered, base::Clock clock, base::Random random,
            ProtocolLimits bounds)
        : server(std::move(description))
        , modernInfo(serverInfo(QString(protocol::modernRevision)))
        , modernInfoText(base::writeJson(modernInfo))
        , features(offered)
        , limits(bounds)
        , requestState(clock, random)
        , replay(bounds.replayBytes)
        , methods(offered, bounds.pageSize)
        , sessions(clock, random, bounds.sessions)
        , tasks(std::move(clock), std::move(random), bounds.tasks)
        , places(bounds.operations)
        , bytes(bounds.messageBytes)
    { }

    [[nodiscard]] QJsonObject serverInfo(const QString &revision) const;
    [[nodiscard]] bool hasRoomForStream(const Identity &caller) const;
    void initialize(const Incoming &incoming, const protocol::Message &message, const Shared &channel);
    [[nodiscard]] QJsonObject discover() const;
    [[nodiscard]] base::Expected<std::shared_ptr<Session>, Outgoing> sessionOf(const Incoming &incoming,
                                                                               const QJsonValue &id);
    void handleOne(const Incoming &incoming, const protocol::Message &message, const Shared &channel);
    void handleModern(const Incoming &incoming, const protocol::Message &message, const Shared &channel);
    void handleLegacy(const Incoming &incoming, const protocol::Message &message, const Shared &channel);
    void handleBatch(const Incoming &incoming, const Shared &channel);
    struct Arrival
    {
        qsizetype bytes;
        bool isInBatch;
    };
    void serve(const std::shared_ptr<Session> &session, const protocol::Message &message,
               const Caller &caller, const Shared &channel, const Arrival &arrival);
    void answerLegacy(const std::shared_ptr<Session> &session, const std::shared_ptr<Operation> &operation);
    void take(Session &session, const protocol::Message &notification);
    [[nodiscard]] std::shared_ptr<Operation> begin(Operation::Origin origin, const Shared &channel,
                                                   qsizetype messageBytes);
    void tellSessions(const QString &method, const Change &change);
    void noteRights(Session &session, const Incoming &incoming);
    [[nodiscard]] QList<base::AccessRequirements> needsOf(const protocol::Message &message,
                                                          const Caller &caller) const;
    [[nodiscard]] base::AccessRequirements needsOfCompleted(const QJsonObject &reference) const;
    void announce(const Change &change, const QString &kind, const QString &method);
};

QJsonObject Dispatcher::Private::serverInfo(const QString &revision) const
{
    QJsonObject info{{u"name"_s, server.name}, {u"version"_s, server.version}};
    if (!server.title.isEmpty() && revision >= "2025-06-18"_L1)
        info.insert(u"title"_s, server.title);
    if (!server.websiteUrl.isEmpty() && revision >= protocol::newestLegacyRevision)
        info.insert(u"websiteUrl"_s, server.websiteUrl);
    if (!server.icons.isEmpty() && revision >= protocol::newestLegacyRevision)
        info.insert(u"icons"_s, server.icons);
    return info;
}

bool Dispatcher::Private::hasRoomForStream(const Identity &caller) const
{
    Shares shares(limits.streams);
    std::vector<Shares::Hold> open;
    for (const auto &session : sessions.all()) {
        if (session->standing().isCarried())
            open.push_back(shares.take(userOf(session->owner)));
    }
    const QStringList users = subscriptions.users();
    for (const QString &user : users)
        open.push_back(shares.take(user));
    return shares.hasRoom(userOf(caller));
}

void Dispatcher::Private::initialize(const Incoming &incoming, const protocol::Message &message,
                                     const Shared &channel)
{
    const QJsonObject &params = message.params;
    if (!params.value("protocolVersion"_L1).isString() || !params.value("capabilities"_L1).isObject()
        || !params.value("clientInfo"_L1).isObject()) {
        return channel->answer(errorWith(200, message.id,
                                         {protocol::code::invalidParams,
                                          u"initialize needs protocolVersion, capabilities and clientInfo."_s,
                                          {}}));
    }
    // They live as long as the session does.
    if (base::writeJson(params.value("capabilities"_L1).toObject()).size() > maximumCapabilityBytes) {
        return channel->answer(
            errorWith(200, message.id,
                      {protocol::code::invalidParams,
                       u"The capabilities are longer than %1 bytes."_s.arg(maximumCapabilityBytes),
                       {}}));
    }
    const QString asked = params.value("protocolVersion"_L1).toString();
    // Never 2026-07-28: that revision has no handshake.
    const QString revision
        = protocol::legacyRevisions().contains(asked) ? asked : QString(protocol::newestLegacyRevision);
    QJsonObject result{{u"protocolVersion"_s, revision},
                       {u"capabilities"_s, methods.capabilities(protocol::Era::Legacy)},
                       {u"serverInfo"_s, serverInfo(revision)}};
    if (!server.instructions.isEmpty())
        result.insert(u"instructions"_s, server.instructions);
    const auto session
        = std::make_shared<Session>(incoming.caller.identity(),
                                    ClientDescription{clientOf(params.value("clientInfo"_L1).toObject()),
                                                      revision, params.value("capabilities"_L1).toObject()},
                                    &replay);
    session->allows = incoming.allows;
    session->rights = rightsOf(incoming.caller);
    const QByteArray id = sessions.begin(session);
    if (id.isEmpty())
        return channel->answer(errorWith(
            503, message.id,
            {protocol::code::internalError, u"Too many sessions are open here: try again later."_s, {}}));
    Outgoing outgoing{200, base::writeJson(protocol::resultMessage(message.id, result)), id, ResultKind::Ok};
    channel->answer(outgoing);
}

QJsonObject Dispatcher::Private::discover() const
{
    QJsonObject result{{u"supportedVersions"_s, QJsonArray::fromStringList(protocol::allRevisions())},
                       {u"capabilities"_s, methods.capabilities(protocol::Era::Modern)}};
    if (!server.instructions.isEmpty())
        result.insert(u"instructions"_s, server.instructions);
    makeCacheable(result, {}); // It says the same to everybody.
    return result;
}

base::Expected<std::shared_ptr<Session>, Outgoing> Dispatcher::Private::sessionOf(const Incoming &incoming,
                                                                                  const QJsonValue &id)
{
    const auto refuse = [&id](int status, const QString &text) {
        return base::failure(errorWith(status, id, {protocol::code::invalidRequest, text, {}}));
    };
    if (incoming.headers.protocolVersion
        && QString::fromLatin1(*incoming.headers.protocolVersion) == protocol::modernRevision)
        return refuse(
            400,
            u"%1 has no sessions: send each message with a POST of its own."_s.arg(protocol::modernRevision));
    if (incoming.headers.protocolVersion
        && !protocol::legacyRevisions().contains(QString::fromLatin1(*incoming.headers.protocolVersion)))
        return refuse(400,
                      u"This MCP-Protocol-Version is not supported; supported: %1."_s.arg(
                          protocol::allRevisions().join(u", "_s)));
    if (!incoming.sessionId)
        return refuse(400, u"The header Mcp-Session-Id is missing: initialize first."_s);
    auto session = sessions.use(*incoming.sessionId, incoming.caller.identity());
    if (!session)
        return refuse(404, u"There is no such session: initialize again."_s);
    noteRights(*session, incoming);
    return session;
}

void Dispatcher::Private::handleOne(const Incoming &incoming, const protocol::Message &message,
                                    const Shared &channel)
{
    if (protocol::eraOf(incoming.headers, message) == protocol::Era::Modern)
        handleModern(incoming, message, channel);
    else
        handleLegacy(incoming, message, channel);
}

void Dispatcher::Private::handleModern(const Incoming &incoming, const protocol::Message &message,
                                       const Shared &channel)
{
    if (const auto fault = protocol::judgeModern(incoming.headers, message))
        return channel->answer(errorWith(400, message.id, *fault));
    switch (message.kind) {
    case protocol::Message::Kind::Response:
        return channel->answer(errorWith(
            400, message.id, {protocol::code::invalidRequest, u"Clients send no responses."_s, {}}));
    case protocol::Message::Kind::Notification:
        return channel->answer({202});
    case protocol::Message::Kind::Request:
        break;
    }
    const protocol::Meta &meta = message.meta;
    const QJsonValue &level = meta.logLevel;
    const auto logLevel = logLevelOf(level);
    if (!level.isUndefined() && !logLevel)
        return channel->answer(
            errorWith(400, message.id, {protocol::code::invalidParams, u"There is no such logLevel."_s, {}}));
    const QString revision{protocol::modernRevision};
    const protocol::Method *method = protocol::findMethod(message.method);
    if (method && method->id == MethodId::Listen) {
        if (!hasRoomForStream(incoming.caller.identity()))
            return channel->answer(errorWith(503, message.id, tooManyStreams()));
        return subscriptions.listen(message, incoming, modernInfo,
                                    {features->offersPrompts(), features->offersResources()}, channel);
    }
    Operation::Origin origin;
    origin.message = message;
    origin.era = protocol::Era::Modern;
    origin.caller = incoming.caller;
    origin.allows = incoming.allows;
    origin.client = {clientOf(meta.clientInfo.toObject()), revision, meta.clientCapabilities.toObject()};
    if (method && method->target == protocol::Target::Tool)
        origin.needs = features->needsOfTool(message.params.value(method->targetMember()).toString());
    origin.logLevel = logLevel;
    origin.headerParameters = incoming.headers.parameters;
    origin.serverInfo = modernInfoText;
    origin.requestState = &requestState;
    origin.tasks = &tasks;
    origin.invoker = landing.invoker();
    const auto operation = begin(std::move(origin), channel, incoming.bodyBytes);
    if (!operation)
        return;
    if (!method || !method->isModern)
        operation->noSuchMethod();
    else if (method->id == MethodId::Discover)
        operation->succeed(discover());
    else if (features->offersTasks() && method->target == protocol::Target::Task)
        tasks.answer(operation);
    else
        methods.answer(operation);
}

void Dispatcher::Private::handleLegacy(const Incoming &incoming, const protocol::Message &message,
                                       const Shared &channel)
{
    const protocol::Method *method = protocol::findMethod(message.method);
    if (message.kind == protocol::Message::Kind::Request && method && method->id == MethodId::Initialize)
        return initialize(incoming, message, channel);
    const auto session = sessionOf(incoming, message.id);
    if (!session)
        return channel->answer(session.error());
    serve(*session, message, incoming.caller, channel, {incoming.bodyBytes, false});
}

/// Of 2025-03-26 only; later revisions took batches out again.
void Dispatcher::Private::handleBatch(const Incoming &incoming, const Shared &channel)
{
    const auto &all = incoming.body.messages();
    const auto session = sessionOf(incoming, QJsonValue::Undefined);
    const bool isAllowed = session && (*session)->client.revision == "2025-03-26"_L1;
    if (!isAllowed || all.isEmpty() || incoming.body.isTooLong()) {
        const QString text = isAllowed
            ? u"A batch holds 1 to %1 messages."_s.arg(protocol::Body::maximumBatch)
            : u"Send one message with each POST, and no batch."_s;
        return channel->answer(errorOutgoing(400, protocol::code::invalidRequest, text));
    }
    const auto batch = Batch::over(channel);
    for (const auto &message : all) {
        const auto part = batch->part();
        if (!message)
            part->answer(errorWith(400, QJsonValue::Null, message.error()));
        else if (const auto *method = protocol::findMethod(message->method);
                 method && method->id == MethodId::Initialize)
            part->answer(errorWith(
                200, message->id,
                {protocol::code::invalidRequest, u"initialize comes alone, not in a batch."_s, {}}));
        else
            serve(*session, *message, incoming.caller, part, {incoming.bodyBytes / all.size(), true});
    }
    batch->close();
}

void Dispatcher::Private::serve(const std::shared_ptr<Session> &session, const protocol::Message &message,
                                const Caller &caller, const Shared &channel, const Arrival &arrival)
{
    if (message.kind == protocol::Message::Kind::Response) {
        // Whether or not anything waits for it: it may have come too late.
        session->answered(message);
        return channel->answer({202});
    }
    if (message.kind == protocol::Message::Kind::Notification) {
        take(*session, message);
        return channel->answer({202});
    }
    Operation::Origin origin;
    origin.message = message;
    origin.era = protocol::Era::Legacy;
    origin.caller = caller;
    origin.allows = session->allows;
    origin.client = session->client;
    origin.session = session;
    origin.isInBatch = arrival.isInBatch;
    origin.invoker = landing.invoker();
    const auto operation = begin(std::move(origin), channel, arrival.bytes);
    if (!operation)
        return;
    if (!session->started(operation))
        return operation->fail(
            {protocol::code::invalidRequest, u"A request with this id is under way."_s, {}});
    answerLegacy(session, operation);
}

void Dispatcher::Private::answerLegacy(const std::shared_ptr<Session> &session,
                                       const std::shared_ptr<Operation> &operation)
{
    const QJsonObject &params = operation->params();
    const protocol::Method *known = operation->knownMethod();
    if (!known || !known->isLegacy)
        return operation->noSuchMethod();
    // 2026-07-28 removed these: a stateless client has nothing to keep alive, to set or to be told later.
    if (known->id == MethodId::Ping)
        return operation->succeed({});
    if (known->id == MethodId::SetLevel) {
        const auto level = logLevelOf(params.value("level"_L1));
        if (!level)
            return operation->fail({protocol::code::invalidParams, u"There is no such level."_s, {}});
        session->logLevel = *level;
        return operation->succeed({});
    }
    const bool subscribes = known->id == MethodId::Subscribe;
    if ((subscribes || known->id == MethodId::Unsubscribe) && features->offersResources()) {
        const QString uri = params.value("uri"_L1).toString();
        if (subscribes && !features->findResource(uri).handler)
            return operation->fail(
                {protocol::code::legacyResourceNotFound, u"There is no such resource."_s, {{u"uri"_s, uri}}});
        qsizetype length = uri.size();
        for (const QString &one : std::as_const(session->subscriptions))
            length += one.size();
        if (subscribes
            && (session->subscriptions.size() >= maximumSubscriptions || length > maximumSubscriptionLength))
            return operation->fail({protocol::code::invalidParams,
                                    u"This session has as many subscriptions as are allowed."_s,
                                    {}});
        if (subscribes)
            session->subscriptions.insert(uri);
        else
            session->subscriptions.remove(uri);
        return operation->succeed({});
    }
    methods.answer(operation);
}

void Dispatcher::Private::take(Session &session, const protocol::Message &notification)
{
    const protocol::Method *method = protocol::findMethod(notification.method);
    if (method && method->id == MethodId::Cancelled)
        session.cancel(notification.params.value("requestId"_L1));
}

std::shared_ptr<Operation> Dispatcher::Private::begin(Operation::Origin origin, const Shared &channel,
                                                      qsizetype messageBytes)
{
    const protocol::Method *method = protocol::findMethod(origin.message.method);
    const QString user = userOf(origin.caller.identity());
    const bool isAlwaysServed = method && method->takesNoRoom;
    const bool hasRoom = places.hasRoom(user) && bytes.hasRoom(user, messageBytes);
    if (!isAlwaysServed) {
        origin.place = places.take(user);
        origin.bytes = bytes.take(user, messageBytes);
    }
    if (!isAlwaysServed && !hasRoom) {
        channel->answer(errorWith(
            503, origin.message.id,
            {protocol::code::internalError, u"Too much is under way here: try again later."_s, {}}));
        return nullptr;
    }
    const auto operation = Operation::begin(std::move(origin), channel,
                                            [this](Operation *ended) { operations.remove(ended); });
    operations.insert(operation.get(), operation);
    return operation;
}

void Dispatcher::Private::tellSessions(const QString &method, const Change &change)
{
    const QByteArray message = base::writeJson(protocol::notificationMessage(method, {}));
    for (const auto &session : sessions.all()) {
        if (change.concerns(session->allows))
            session->tell(message);
    }
}

void Dispatcher::Private::announce(const Change &change, const QString &kind, const QString &method)
{
    tellSessions(method, change);
    subscriptions.tell(kind, method, change);
}

/// A new token of the same caller may allow other things.
void Dispatcher::Private::noteRights(Session &session, const Incoming &incoming)
{
    session.allows = incoming.allows;
    const QStringList rights = rightsOf(incoming.caller);
    if (std::exchange(session.rights, rights) == rights || !features->hidesForbidden())
        return;
    session.tell(base::writeJson(protocol::notificationMessage(protocol::notification::toolsChanged, {})));
    if (features->offersResources())
        session.tell(
            base::writeJson(protocol::notificationMessage(protocol::notification::resourcesChanged, {})));
    if (features->offersPrompts())
        session.tell(
            base::writeJson(protocol::notificationMessage(protocol::notification::promptsChanged, {})));
}

base::AccessRequirements Dispatcher::Private::needsOfCompleted(const QJsonObject &reference) const
{
    if (reference.value("type"_L1) == QJsonValue(u"ref/prompt"_s)) {
        const auto prompt = features->prompts().find(reference.value("name"_L1).toString());
        return prompt ? prompt->needs : base::AccessRequirements();
    }
    const auto resources = features->templates().find(reference.value("uri"_L1).toString());
    return resources ? resources->needs : base::AccessRequirements();
}

QList<base::AccessRequirements> Dispatcher::Private::needsOf(const protocol::Message &message,
                                                             const Caller &caller) const
{
    const protocol::Method *method = protocol::findMethod(message.method);
    const QJsonObject &params = message.params;
    const QString named = method ? params.value(method->targetMember()).toString() : QString();
    switch (method ? method->target : protocol::Target::Nothing) {
    case protocol::Target::Nothing:
        return {};
    case protocol::Target::Tool:
        return {features->needsOfTool(named)};
    case protocol::Target::Task: {
        const Task *task = tasks.find(named, caller.identity());
        const bool isThere = task && features->tools().find(task->tool());
        return {isThere    ? features->needsOfTool(task->tool())
                    : task ? task->needs
                           : base::AccessRequirements()};
    }
    case protocol::Target::Prompt: {
        const auto prompt = features->prompts().find(named);
        return {prompt ? prompt->needs : base::AccessRequirements()};
    }
    case protocol::Target::Resource:
        return {features->findResource(named).needs};
    case protocol::Target::Completed:
        return {needsOfCompleted(params.value("ref"_L1).toObject())};
    case protocol::Target::Watched:
        break;
    }
    QList<base::AccessRequirements> all;
    const QStringList uris = watchedIn(params);
    for (const QString &uri : uris)
        all.append(features->findResource(uri).needs);
    return all;
}

Dispatcher::Dispatcher(ServerDescription server, Features *features, base::Clock clock, base::Random random,
                       ProtocolLimits limits, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(server), features, std::move(clock), std::move(random), limits))
{
    connect(features, &Features::toolsChanged, this, [this](const Change &change) {
        d->announce(change, u"toolsListChanged"_s, protocol::notification::toolsChanged);
    });
    connect(features, &Features::promptsChanged, this, [this](const Change &change) {
        d->announce(change, u"promptsListChanged"_s, protocol::notification::promptsChanged);
    });
    connect(features, &Features::resourcesChanged, this, [this](const Change &change) {
        d->announce(change, u"resourcesListChanged"_s, protocol::notification::resourcesChanged);
    });
    connect(features, &Features::resourceUpdated, this, [this](const QString &uri) {
        const QByteArray message = base::writeJson(
            protocol::notificationMessage(protocol::notification::resourceUpdated, {{u"uri"_s, uri}}));
        // What it needs may not have been known when watching began, and tokens change.
        const base::AccessRequirements needs = d->features->findResource(uri).needs;
        for (const auto &session : d->sessions.all()) {
            if (session->subscriptions.contains(uri) && fulfils(session->allows, needs))
                session->tell(message);
        }
        d->subscriptions.tellUpdated(uri, needs);
    });
    connect(&d->sweep, &QTimer::timeout, this, &Dispatcher::sweep);
    d->sweep.start(sweepEvery);
}

Dispatcher::~Dispatcher() = default;

void Dispatcher::sweep()
{
    d->sessions.sweep();
    d->tasks.sweep();
    const qint64 now = d->tasks.now();
    d->subscriptions.endExpired(now);
    const auto underway = d->operations; // Those that end leave it.
    for (const auto &operation : underway)
        operation->endIfExpired(now);
}

void Dispatcher::setLimits(const ProtocolLimits &limits)
{
    d->limits = limits;
    d->sessions.setLimits(limits.sessions);
    d->tasks.setLimits(limits.tasks);
    d->replay.setLimit(limits.replayBytes);
    d->methods.setPageSize(limits.pageSize);
    d->places.setMost(limits.operations);
    d->bytes.setMost(limits.messageBytes);
}

void Dispatcher::endUnentitled(bool asksForCallers)
{
    const auto isToEnd
        = [asksForCallers](const Allows &allows) { return asksForCallers && (!allows || !allows({})); };
    const auto underway = d->operations; // Those that end leave it.
    for (const auto &operation : underway) {
        if (isToEnd(operation->allows()))
            operation->stop({protocol::code::internalError,
                             u"The server's settings have changed: sign in anew and call again."_s,
                             {}},
                            503);
    }
    d->subscriptions.endIf(isToEnd);
    d->tasks.endIf([&isToEnd](const Task &task) { return isToEnd(task.allows); });
    d->sessions.endIf([&isToEnd](const Session &session) { return isToEnd(session.allows); });
}

void Dispatcher::handle(const Incoming &incoming, const std::shared_ptr<Channel> &channel)
{
    if (incoming.body.isBatch())
        return d->handleBatch(incoming, channel);
    const auto &messages = incoming.body.messages();
    const auto message = messages.isEmpty() ? protocol::readMessage(QJsonValue::Undefined) : messages.first();
    if (!message)
        return channel->answer(errorWith(400, QJsonValue::Undefined, message.error()));
    d->handleOne(incoming, *message, channel);
}

void Dispatcher::listen(const Incoming &incoming, const std::shared_ptr<Channel> &channel)
{
    const auto found = d->sessionOf(incoming, QJsonValue::Undefined);
    if (!found)
        return channel->answer(found.error());
    Session &session = **found;
    if (!channel->canStream())
        return channel->answer(
            errorOutgoing(406, protocol::code::invalidRequest,
                          u"The answer is an event stream: Accept must allow text/event-stream."_s));
    const auto place = incoming.lastEventId ? Stream::placeOf(*incoming.lastEventId) : std::nullopt;
    const bool isStanding = !place || place->stream == 0;
    if (!isStanding) {
        const auto stream = session.findStream(place->stream);
        if (!stream)
            return channel->answer(
                errorOutgoing(400, protocol::code::invalidRequest,
                              u"What followed that Last-Event-ID is not kept any more."_s));
        stream->attach(channel, incoming.caller.expiresAt);
        return stream->replay(place->event);
    }
    if (!session.standing().isCarried() && !d->hasRoomForStream(incoming.caller.identity()))
        return channel->answer(errorWith(503, QJsonValue::Undefined, tooManyStreams()));
    session.hasListened = true;
    session.standing().attach(channel, incoming.caller.expiresAt);
    session.standing().replay(place ? place->event : session.standing().lastEvent());
}

Outgoing Dispatcher::endSession(const std::optional<QByteArray> &sessionId, const Caller &caller)
{
    if (!sessionId)
        return errorOutgoing(400, protocol::code::invalidRequest, u"The header Mcp-Session-Id is missing."_s);
    if (!d->sessions.end(*sessionId, caller.identity()))
        return errorOutgoing(404, protocol::code::invalidRequest, u"There is no such session."_s);
    return {200}; // Without a body. Not 204, which QtHttpServer 6.4 gives a Content-Length (RFC 9110 §8.6).
}

QList<base::AccessRequirements> Dispatcher::needsOf(const Incoming &incoming) const
{
    QList<base::AccessRequirements> all;
    for (const auto &message : incoming.body.messages()) {
        const QList<base::AccessRequirements> ofThis
            = message ? d->needsOf(*message, incoming.caller) : QList<base::AccessRequirements>();
        for (const base::AccessRequirements &needs : ofThis) {
            if (needs != base::AccessRequirements() && !all.contains(needs))
                all.append(needs);
        }
    }
    return all;
}

Description Dispatcher::describe(const Incoming &incoming) const
{
    Description description;
    const auto &messages = incoming.body.messages();
    const protocol::Message message
        = !messages.isEmpty() && messages.first() ? *messages.first() : protocol::Message();
    const QJsonObject &params = message.params;
    description.rpcMethod = message.method.left(128);
    description.target = targetOf(message).left(200);
    description.traceparent = message.meta.traceparent.toString().left(200).toLatin1();
    const QJsonValue info = params.value("clientInfo"_L1);
    description.client = clientOf((info.isObject() ? info : message.meta.clientInfo).toObject());
    description.revision
        = QString::fromLatin1(incoming.headers.protocolVersion.value_or(QByteArray())).left(40);
    if (const auto session = incoming.sessionId ? d->sessions.peek(*incoming.sessionId) : nullptr) {
        description.client = session->client.name;
        description.revision = session->client.revision;
    }
    if (description.revision.isEmpty())
        description.revision = params.value("protocolVersion"_L1).toString().left(40);
    return description;
}

Outgoing errorOutgoing(int status, int code, const QString &text)
{
    return errorWith(status, QJsonValue::Undefined, {code, text, {}});
}

} // namespace gatehouse::mcp
