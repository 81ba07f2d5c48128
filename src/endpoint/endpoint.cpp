// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/endpoint.h"

#include "auth/challenge.h"
#include "auth/explanation.h"
#include "base/json.h"
#include "endpoint/callerof.h"
#include "endpoint/peerchannel.h"
#include "endpoint/personpage.h"
#include "protocol/jsonrpc.h"
#include "web/mediatype.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::endpoint {

namespace {

constexpr QByteArrayView resourcePath = "/.well-known/oauth-protected-resource"; // RFC 9728 §3
constexpr QByteArrayView authorizationServerPath = "/.well-known/oauth-authorization-server"; // RFC 8414 §3
constexpr QByteArrayView openIdPath = "/.well-known/openid-configuration"; // OpenID Connect Discovery 1.0 §4

constexpr auto mcpMethods = "GET, POST, DELETE, OPTIONS";
constexpr auto metadataMethods = "GET, HEAD, OPTIONS";
constexpr qsizetype describedBytes = 64 * 1024; ///< Of a refused body, read only for the record.

/// The path of an address, byte for byte; empty if it has none.
QByteArray pathOf(const QString &address)
{
    const qsizetype authority = address.indexOf("://"_L1);
    const qsizetype slash = authority < 0 ? -1 : address.indexOf(u'/', authority + 3);
    return slash < 0 ? QByteArray() : address.sliced(slash).toUtf8();
}

exchange::Refusal refusalOf(http::OriginRule::Answer answer)
{
    switch (answer) {
    case http::OriginRule::Answer::Allowed:
        return exchange::Refusal::None;
    case http::OriginRule::Answer::NoHost:
        return exchange::Refusal::NoHost;
    case http::OriginRule::Answer::ForeignHost:
        return exchange::Refusal::ForeignHost;
    case http::OriginRule::Answer::ForeignOrigin:
        return exchange::Refusal::ForeignOrigin;
    }
    return exchange::Refusal::None;
}

bool isJson(const base::Headers &headers)
{
    return web::hasMediaType(headers, "application/json");
}

/// "identity" is no coding, and not to be named in this header (RFC 9110 §8.4); whoever does means well.
bool isEncoded(const base::Headers &headers)
{
    const QList<QByteArray> codings = base::valuesOf(headers, "Content-Encoding");
    return std::any_of(codings.begin(), codings.end(), [](const QByteArray &coding) {
        return coding.trimmed().compare("identity", Qt::CaseInsensitive) != 0;
    });
}

QByteArray allowedHeaders()
{
    return "Authorization, Content-Type, Accept, Mcp-Session-Id, MCP-Protocol-Version, Mcp-Method, Mcp-Name, Last-Event-ID"_ba;
}

/// The Mcp-Param-* headers that a browser asks to send: which there are, only the tools know.
QByteArray parametersAskedFor(const base::Headers &headers)
{
    constexpr qsizetype most = 32;
    QByteArray allowed;
    const QList<QByteArray> asked
        = base::onlyValueOf(headers, "Access-Control-Request-Headers").value_or(QByteArray()).split(',');
    for (const QByteArray &one : asked.first(std::min(asked.size(), most))) {
        const QByteArray name = one.trimmed().toLower();
        const bool isName = std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        });
        if (isName && name.startsWith("mcp-param-") && name.size() <= 80)
            allowed += ", " + name;
    }
    return allowed;
}

/// The headers that the protocol reads, or the name of one that came twice: which one counts would be a
/// guess.
base::Expected<mcp::Incoming, QString> protocolHeaders(const base::Headers &headers)
{
    mcp::Incoming incoming;
    const std::array<std::pair<QByteArrayView, std::optional<QByteArray> *>, 5> wanted = {{
        {"MCP-Protocol-Version", &incoming.headers.protocolVersion},
        {"Mcp-Method", &incoming.headers.method},
        {"Mcp-Name", &incoming.headers.name},
        {"Mcp-Session-Id", &incoming.sessionId},
        {"Last-Event-ID", &incoming.lastEventId},
    }};
    constexpr QByteArrayView prefix = "mcp-param-";
    for (const auto &[name, value] : headers) {
        const auto found = std::find_if(wanted.begin(), wanted.end(), [&name](const auto &one) {
            return base::isSameName(name, one.first);
        });
        if (found != wanted.end()) {
            if (found->second->has_value())
                return base::failure(QString::fromLatin1(found->first));
            *found->second = value.trimmed();
        } else if (base::isSameName(QByteArrayView(name).first(std::min(name.size(), prefix.size())),
                                    prefix)) {
            const QByteArray parameter = name.sliced(prefix.size()).toLower();
            if (incoming.headers.parameters.contains(parameter))
                return base::failure(QString::fromLatin1(name));
            incoming.headers.parameters.insert(parameter, value);
        }
    }
    return incoming;
}

} // namespace

Endpoint::Place Endpoint::placeOf(const QByteArray &path, const EndpointSettings &settings)
{
    if (path == settings.path)
        return Place::Mcp;
    // At the root and behind it with our path or, where a proxy stands in front, with the published one.
    const auto is = [&](QByteArrayView place) {
        return path == place
            || (path.startsWith(place)
                && (path.sliced(place.size()) == settings.path
                    || path.sliced(place.size()) == pathOf(settings.metadata.resource)));
    };
    if (is(resourcePath))
        return Place::Resource;
    if (is(authorizationServerPath))
        return Place::AuthorizationServer;
    return is(openIdPath) ? Place::OpenId : Place::Nowhere;
}

Endpoint::Endpoint(EndpointSettings settings, Parts parts, base::Clock clock, QObject *parent)
    : QObject(parent)
    , m_settings(std::move(settings))
    , m_parts(parts)
    , m_clock(std::move(clock))
{
    connect(&m_look, &QTimer::timeout, this, &Endpoint::beginLateStreams);
}

Endpoint::~Endpoint()
{
    // Whoever watches hears the end of each exchange, also of those that nobody will answer any more.
    for (const std::weak_ptr<PendingRequest> &open : std::as_const(m_open)) {
        if (const Shared pending = open.lock())
            pending->recording.end();
    }
}

void Endpoint::reconfigure(EndpointSettings settings, Parts parts)
{
    m_settings = std::move(settings);
    m_parts = parts;
    ++m_rules;
}

void Endpoint::handle(const http::Request &request, http::Respond respond)
{
    const quint64 id = ++m_lastId;
    const Place place = placeOf(request.path, m_settings);
    const auto pending = std::make_shared<PendingRequest>(
        PendingRequest{id, request, std::move(respond),
                       Recording(m_sink, &m_masks, id, request, place == Place::Mcp, m_clock())});
    m_open.insert(id, pending);
    pending->hasBody = !pending->respond.hasIntake();
    pending->respond.onDisconnected(
        [this, alive = QPointer(this), weak = std::weak_ptr(pending)](const http::Cut &cut) {
            const Shared open = weak.lock();
            if (alive && open)
                cutOff(*open, cut);
        });
    pending->place = place;
    if (!m_parts.gate && pending->place != Place::Mcp)
        pending->place = Place::Nowhere; // Nothing here is protected, so there is nothing to discover.

    const bool isMcp = pending->place == Place::Mcp;
    const auto origin = m_settings.origins.judge(request.headers);
    // Metadata is public: any page may read it. The name in Host must be ours all the same.
    const bool isPublic
        = !isMcp && pending->place != Place::Nowhere && origin == http::OriginRule::Answer::ForeignOrigin;
    if (origin != http::OriginRule::Answer::Allowed && !isPublic) {
        pending->isForeign = true;
        return turnAway(pending, 403, refusalOf(origin));
    }
    if (pending->place == Place::Nowhere)
        return turnAway(pending, 404, exchange::Refusal::UnknownPath);
    if (request.method == "OPTIONS")
        return answer(pending, {});
    // Only a session has a stream to GET (MCP 2025-11-25 "Listening for Messages from the Server").
    const bool isStreamWanted
        = request.method == "GET" && !base::valuesOf(request.headers, "Mcp-Session-Id").isEmpty();
    const bool isOurMethod = isMcp ? request.method == "POST" || request.method == "DELETE" || isStreamWanted
                                   : request.method == "GET" || request.method == "HEAD";
    if (isMcp && !isOurMethod && wantsPage(request))
        return answer(pending, personPage(m_settings.metadata, m_parts.gate != nullptr));
    if (!isOurMethod)
        return turnAway(pending, 405, exchange::Refusal::WrongMethod);
    if (std::max<qint64>(request.body.size(), pending->respond.bodyBytes()) > m_settings.maximumBodyBytes)
        return turnAway(pending, 413, exchange::Refusal::TooLarge);
    if (isMcp)
        serveMcp(pending);
    else
        serveMetadata(pending);
}

void Endpoint::record(const http::Refused &refused)
{
    Recording recording(m_sink, &m_masks, ++m_lastId, refused.request,
                        placeOf(refused.request.path, m_settings) == Place::Mcp, m_clock());
    recording.refused({http::faultName(refused.fault), http::describe(refused.fault)});
    recording.answered(refused.response);
    recording.end();
}

void Endpoint::serveMetadata(const Shared &pending)
{
    if (pending->place == Place::Resource)
        return answer(pending, http::jsonResponse(200, base::writeJson(m_settings.metadata.toJson())));
    using Document = auth::IssuerMetadata::Document;
    const Document document
        = pending->place == Place::OpenId ? Document::OpenIdConfiguration : Document::AuthorizationServer;
    m_parts.issuer->get(document, [this, alive = QPointer(this), pending](const auth::PassedThrough &passed) {
        if (alive)
            answer(pending, http::jsonResponse(passed.status, passed.body));
    });
}

void Endpoint::serveMcp(const Shared &pending)
{
    pending->rules = m_rules;
    if (!m_parts.gate)
        return afterVerdict(pending, {{auth::Reason::NotNeeded}, {}});
    const auth::Credentials credentials{base::valuesOf(pending->request.headers, "Authorization"),
                                        pending->request.query};
    m_parts.gate->judge(credentials,
                        [this, alive = QPointer(this), pending](const auth::Judgement &judgement) {
                            if (alive)
                                afterVerdict(pending, judgement);
                        });
}

void Endpoint::afterVerdict(const Shared &pending, const auth::Judgement &judgement)
{
    using exchange::Refusal;
    if (pending->isAnswered)
        return; // Its peer did not wait for that.
    if (pending->rules != m_rules)
        return serveMcp(pending);
    pending->recording.judged(judgement.verdict);
    if (!judgement.verdict.accepted())
        return refuse(pending, judgement.verdict);
    const http::Request &request = pending->request;
    auto incoming = protocolHeaders(request.headers);
    if (!incoming)
        return turnAway(pending, 400, Refusal::RepeatedHeader,
                        u"The header %1 came twice."_s.arg(incoming.error()));
    pending->incoming = std::move(*incoming);
    pending->incoming.caller = callerOf(judgement.principal);
    if (m_parts.gate) {
        pending->incoming.allows = m_parts.gate->rightsOf(judgement.principal);
    }
    if (request.method == "DELETE") {
        const mcp::Outgoing outgoing
            = m_parts.dispatcher->endSession(pending->incoming.sessionId, pending->incoming.caller);
        pending->recording.cameTo(outgoing.outcome, outgoing.rpcErrorCode);
        return answer(pending, http::jsonResponse(outgoing.status, outgoing.body));
    }
    if (request.method == "GET") {
        // Nothing may come once the stream has begun, and a GET may have a body that says nothing.
        return takeBody(pending, http::Standing::Admitted, [this, alive = QPointer(this), pending] {
            if (alive && pending->rules != m_rules)
                serveMcp(pending);
            else if (alive)
                listen(pending);
        });
    }
    if (!isJson(request.headers))
        return turnAway(pending, 415, Refusal::WrongContentType);
    if (isEncoded(request.headers))
        return turnAway(pending, 415, Refusal::EncodedBody);
    if (!web::accepts(request.headers, "application/json"))
        return turnAway(pending, 406, Refusal::NotAcceptable);
    takeBody(pending, http::Standing::Admitted, [this, alive = QPointer(this), pending, judgement] {
        // A body may take long, and who may call something else by then.
        if (alive && pending->rules != m_rules)
            serveMcp(pending);
        else if (alive)
            readCall(pending, judgement);
    });
}

void Endpoint::takeBody(const Shared &pending, http::Standing standing, std::function<void()> then)
{
    if (std::exchange(pending->hasBody, true))
        return then();
    pending->respond.takeBody(standing, [pending, then = std::move(then)](QByteArray body) {
        pending->recording.body(body);
        pending->request.body = std::move(body);
        then();
    });
}

void Endpoint::readCall(const Shared &pending, const auth::Judgement &judgement)
{
    auto body = base::readJson(pending->request.body, {128, m_settings.maximumBodyBytes});
    if (!body)
        return turnAway(pending, 400, exchange::Refusal::NotJson, body.error().text);
    pending->incoming.bodyBytes = pending->request.body.size();
    pending->request.body = {}; // From here on there is one copy, and it goes with the call.
    pending->incoming.body = std::move(*body);
    pending->recording.parsed();
    dispatch(pending, judgement);
}

void Endpoint::dispatch(const Shared &pending, const auth::Judgement &judgement)
{
    const mcp::Incoming incoming = std::exchange(pending->incoming, {});
    pending->isDescribed = true;
    if (pending->recording.isOn())
        pending->recording.describe(m_parts.dispatcher->describe(incoming));
    const QList<base::AccessRequirements> all
        = m_parts.gate ? m_parts.dispatcher->needsOf(incoming) : QList<base::AccessRequirements>();
    for (const base::AccessRequirements &needs : all) {
        const auth::Judgement judged = m_parts.gate->withNeeds(judgement, needs);
        pending->recording.judged(judged.verdict);
        if (!judged.verdict.accepted())
            return refuse(pending, judged.verdict);
    }
    pending->recording.called();
    const auto channel = channelFor(pending);
    m_parts.dispatcher->handle(incoming, channel);
    if (!pending->isAnswered)
        pending->recording.goesOn();
    if (!pending->isAnswered && channel->canStream()) {
        pending->waitsUntil.setRemainingTime(m_settings.patience);
        if (!m_look.isActive())
            m_look.start(std::max(m_settings.patience / 10, std::chrono::milliseconds(1)));
    }
}

/// One timer for all of them: Qt looks through its timers one by one, and calls that were answered would
/// leave theirs behind.
void Endpoint::beginLateStreams()
{
    bool isLast = true;
    const auto open = m_open; // Those that begin may end at once.
    for (const std::weak_ptr<PendingRequest> &weak : open) {
        const Shared pending = weak.lock();
        if (!pending || pending->isAnswered || pending->waitsUntil.isForever())
            continue;
        const auto channel = pending->channel.lock();
        if (pending->waitsUntil.hasExpired() && channel)
            channel->begunByPatience();
        else
            isLast = false;
    }
    if (isLast)
        m_look.stop();
}

void Endpoint::listen(const Shared &pending)
{
    pending->request.body = {}; // It says nothing, and the stream may live for hours.
    if (pending->recording.isOn())
        pending->recording.describe(m_parts.dispatcher->describe(pending->incoming));
    pending->isDescribed = true;
    pending->recording.called();
    m_parts.dispatcher->listen(pending->incoming, channelFor(pending));
}

std::shared_ptr<Endpoint::PeerChannel> Endpoint::channelFor(const Shared &pending)
{
    auto channel = std::make_shared<PeerChannel>(this, pending);
    pending->channel = channel;
    return channel;
}

/// Because of the token: RFC 6750 §3 says how.
void Endpoint::refuse(const Shared &pending, const auth::Verdict &verdict)
{
    const auth::Explanation words = auth::explain(verdict);
    const bool isLater = words.status == 503;
    // A new sign-in gives no permission and no other organization by itself: no challenge asks for one.
    const bool isForbidden = words.status == 403 && words.error.isEmpty();
    const QString error = !words.error.isEmpty() ? words.error
        : isLater                                ? u"temporarily_unavailable"_s
        : isForbidden                            ? u"access_denied"_s
                                                 : u"unauthorized"_s;
    http::Response response = http::jsonResponse(
        words.status,
        base::writeJson(QJsonObject{{u"error"_s, error}, {u"error_description"_s, words.wire}}));
    // 503 says nothing about the token, so it asks nobody to sign in again.
    if (isLater)
        response.headers.append({"Retry-After"_ba, "2"_ba});
    else if (!isForbidden && m_parts.gate)
        response.headers.append({"WWW-Authenticate"_ba, auth::challengeFor(verdict, m_parts.gate->policy())});
    answer(pending, std::move(response));
}

/// Because of the request.
void Endpoint::turnAway(const Shared &pending, int status, exchange::Refusal refusal, const QString &detail)
{
    pending->recording.refused(refusal);
    const QString text = detail.isEmpty() ? exchange::describe(refusal) : detail;
    const int code
        = refusal == exchange::Refusal::NotJson ? protocol::code::parseError : protocol::code::invalidRequest;
    http::Response response = http::jsonResponse(status, mcp::errorOutgoing(status, code, text).body);
    if (refusal == exchange::Refusal::EncodedBody)
        response.headers.append({"Accept-Encoding"_ba, "identity"_ba}); // RFC 9110 §12.5.3
    if (refusal == exchange::Refusal::WrongMethod)
        response.headers.append({"Allow"_ba, pending->place == Place::Mcp ? mcpMethods : metadataMethods});
    answer(pending, std::move(response));
}

void Endpoint::answer(const Shared &pending, http::Response response)
{
    if (std::exchange(pending->isAnswered, true))
        return;
    addHeaders(*pending, response);
    // A short body is taken in also where nobody wants it: its connection can go on behind it, and whoever
    // watches sees what was refused. A page of elsewhere gets nothing of its own into the record.
    const qint64 bytes = pending->respond.bodyBytes();
    // Whoever asks whether to send it (RFC 9110 §10.1.1) is told that it need not.
    const bool isAsking = !base::valuesOf(pending->request.headers, "Expect").isEmpty();
    if (isAsking || pending->hasBody || pending->isForeign || bytes < 0 || bytes > describedBytes)
        return send(*pending, std::move(response));
    takeBody(pending, http::Standing::Stranger,
             [this, alive = QPointer(this), pending, response = std::move(response)] {
                 if (alive)
                     send(*pending, response);
             });
}

void Endpoint::send(PendingRequest &pending, http::Response response)
{
    m_open.remove(pending.id);
    pending.recording.answered(response);
    pending.respond(std::move(response));
    if (pending.recording.isOn() && !pending.isDescribed)
        describeRefused(pending);
    pending.recording.end();
}

/// A refused request's call is read only for the record, and only now that its sender has its answer.
void Endpoint::describeRefused(PendingRequest &pending) const
{
    const QByteArray &body = pending.request.body;
    if (pending.place != Place::Mcp || pending.isForeign || body.size() > describedBytes)
        return;
    if (const auto incoming = protocolHeaders(pending.request.headers)) {
        mcp::Incoming described = *incoming;
        described.body = base::readJson(body, {128, describedBytes}).value_or(QJsonValue());
        pending.recording.describe(m_parts.dispatcher->describe(described));
    }
}

/// The peer has left, or was answered by the edge.
void Endpoint::cutOff(PendingRequest &pending, const http::Cut &cut)
{
    m_open.remove(pending.id);
    pending.isAnswered = true;
    pending.recording.cut(cut);
    if (const auto channel = pending.channel.lock())
        channel->onDisconnected();
}

void Endpoint::addHeaders(const PendingRequest &pending, http::Response &response) const
{
    base::Headers &headers = response.headers;
    const bool isMcp = pending.place == Place::Mcp;
    if (isMcp)
        headers.append({"Cache-Control"_ba, "no-store"_ba});
    const auto origin = base::onlyValueOf(pending.request.headers, "Origin");
    if (origin && pending.place != Place::Nowhere && !pending.isForeign) {
        headers.append({"Access-Control-Allow-Origin"_ba, isMcp ? *origin : "*"_ba});
        headers.append({"Access-Control-Expose-Headers"_ba,
                        "WWW-Authenticate, Mcp-Session-Id, MCP-Protocol-Version"_ba});
        if (isMcp)
            headers.append({"Vary"_ba, "Origin"_ba});
        if (pending.request.method == "OPTIONS") {
            headers.append({"Access-Control-Allow-Methods"_ba, isMcp ? mcpMethods : metadataMethods});
            headers.append({"Access-Control-Allow-Headers"_ba,
                            allowedHeaders() + parametersAskedFor(pending.request.headers)});
            headers.append({"Access-Control-Max-Age"_ba, "600"_ba});
        }
    }
    if (pending.request.method == "OPTIONS" && response.status == 200)
        headers.append({"Allow"_ba, isMcp ? mcpMethods : metadataMethods});
}

} // namespace gatehouse::endpoint
