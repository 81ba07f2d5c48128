// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/dispatcher.h"

#include "base/json.h"
#include "mcp/dispatcherstate.h"
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

constexpr std::chrono::seconds sweepEvery{10};

} // namespace

Outgoing errorWith(int status, const QJsonValue &id, const protocol::RpcError &error)
{
    return {status, base::writeJson(protocol::errorMessage(id, error)), {}, ResultKind::RpcError, error.code};
}

protocol::RpcError tooManyStreams()
{
    return {protocol::code::internalError, u"Too many streams are open here already: try again later."_s, {}};
}

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
            open.push_back(shares.acquire(userOf(session->owner)));
    }
    const QStringList users = subscriptions.users();
    for (const QString &user : users)
        open.push_back(shares.acquire(user));
    return shares.hasRoom(userOf(caller));
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
    origin.client = {meta.client, revision, meta.clientCapabilities.toObject()};
    if (method && method->target == protocol::Target::Tool)
        origin.needs = features->needsOfTool(message.params.value(*method->targetMember()).toString());
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

std::shared_ptr<Operation> Dispatcher::Private::begin(Operation::Origin origin, const Shared &channel,
                                                      qsizetype messageBytes)
{
    const protocol::Method *method = protocol::findMethod(origin.message.method);
    const QString user = userOf(origin.caller.identity());
    const bool isAlwaysServed = method && method->takesNoRoom;
    const bool hasRoom = places.hasRoom(user) && bytes.hasRoom(user, messageBytes);
    if (!isAlwaysServed) {
        origin.place = places.acquire(user);
        origin.bytes = bytes.acquire(user, messageBytes);
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
    connect(features, &Features::resourceUpdated, this, [this](const QString &uri, const auto &needs) {
        const QByteArray message = base::writeJson(
            protocol::notificationMessage(protocol::notification::resourceUpdated, {{u"uri"_s, uri}}));
        for (const auto &session : d->sessions.all()) {
            if (session->subscriptions.contains(uri) && isToldOf(session->allows, needs))
                session->tell(message);
        }
        d->subscriptions.tellUpdated(uri, needs);
    });
    connect(features, &Features::resourcesUpdated, this, [this](const QString &start) {
        // Of what one watches, and so knows, it tells only that it is to be read again.
        QSet<QString> watched = d->subscriptions.watched();
        for (const auto &session : d->sessions.all())
            watched += session->subscriptions;
        for (const QString &uri : std::as_const(watched)) {
            if (uri.startsWith(start))
                d->features->resourceChanged(uri);
        }
    });
    d->sessions.setEnded([this](const QByteArray &fingerprint) { Q_EMIT sessionEnded(fingerprint); });
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

void Dispatcher::setStateSecrets(const QList<QByteArray> &secrets)
{
    d->requestState.setSecrets(secrets, d->server.name);
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

void Dispatcher::endStreams()
{
    d->subscriptions.endIf([](const Allows &) { return true; });
    for (const auto &session : d->sessions.all())
        session->standing().close();
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

Outgoing errorOutgoing(int status, int code, const QString &text)
{
    return errorWith(status, QJsonValue::Undefined, {code, text, {}});
}

} // namespace gatehouse::mcp
