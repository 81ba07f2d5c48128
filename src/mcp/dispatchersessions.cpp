// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "mcp/batch.h"
#include "mcp/dispatcherstate.h"
#include "protocol/jsonrpc.h"
#include "protocol/methodtable.h"
#include "protocol/revision.h"

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

// What 2026-07-28 took out: sessions, batches, and streams that stand.

using protocol::MethodId;

namespace {

using Shared = std::shared_ptr<Channel>;

constexpr qsizetype maximumSubscriptions = 1000; ///< Of one session.
constexpr qsizetype maximumSubscriptionLength = 64 * 1024; ///< Of all its addresses together.
constexpr qsizetype maximumCapabilityBytes = 16 * 1024;

/// What may make one caller's lists differ from another's: a change of it is a change of the lists.
QStringList rightsOf(const Caller &caller)
{
    return caller.scopes + QStringList{QString()} + caller.permissions;
}

} // namespace

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
    const auto session = std::make_shared<Session>(
        incoming.caller.identity(),
        ClientDescription{protocol::clientNameOf(params.value("clientInfo"_L1).toObject()), revision,
                          params.value("capabilities"_L1).toObject()},
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
        handleNotification(*session, message);
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

void Dispatcher::Private::handleNotification(Session &session, const protocol::Message &notification)
{
    const protocol::Method *method = protocol::findMethod(notification.method);
    if (method && method->id == MethodId::Cancelled)
        session.cancel(notification.params.value("requestId"_L1));
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

bool Dispatcher::endSessionByFingerprint(const QByteArray &fingerprint)
{
    const auto session = d->sessions.find(fingerprint);
    if (!session)
        return false;
    const auto underway = d->operations; // Those that end leave it.
    for (const auto &operation : underway) {
        if (operation->session() == session)
            operation->stop({protocol::code::internalError,
                             u"Whoever runs this server has ended the session: begin a new one."_s,
                             {}});
    }
    return d->sessions.endIf([&session](const Session &one) { return &one == session.get(); });
}

} // namespace gatehouse::mcp
