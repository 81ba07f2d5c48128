// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/mcpclient.h"

#include "base/json.h"
#include "client/answer.h"
#include "client/ask.h"
#include "client/standing.h"
#include "protocol/jsonrpc.h"
#include "protocol/methodtable.h"
#include "protocol/mirroredheaders.h"
#include "protocol/revision.h"

#include <QHash>
#include <QJsonArray>
#include <QPointer>
#include <QSet>

#include <algorithm>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::client {

namespace {

using protocol::MethodId;

const QString legacyRevision = protocol::newestLegacyRevision;
const QString modernRevision = protocol::modernRevision;
constexpr int maximumPages = 100;
constexpr qsizetype maximumTools = 10'000;
constexpr qsizetype maximumListing = 32 * 1024 * 1024; ///< Bytes of memory, for all pages together.
constexpr qsizetype maximumBytes = 8 * 1024 * 1024;
constexpr int maximumRounds = 10;
constexpr int maximumQuestions = 1000; ///< While one request is under way.

QJsonObject clientInfo()
{
    return {{u"name"_s, u"gatehouse"_s}, {u"version"_s, QStringLiteral(GATEHOUSE_VERSION)}};
}

/// Whether a refused `initialize` may mean that the server only speaks the era without it.
bool suggestsModern(const Error &error)
{
    namespace code = protocol::code;
    if (error.fault == CallFault::RpcError)
        return error.code == code::invalidRequest || error.code == code::methodNotFound
            || error.code == code::invalidParams || error.code == code::headerMismatch
            || error.code == code::missingCapability || error.code == code::unsupportedVersion;
    return error.fault == CallFault::HttpError
        && (error.status == 400 || error.status == 404 || error.status == 405);
}

Error protocolError(const QString &text)
{
    return Error{CallFault::ProtocolError, 200, {}, 0, text};
}

bool isSessionId(const QByteArray &id)
{
    return id.size() <= 1024
        && std::all_of(id.begin(), id.end(), [](char c) { return c >= 0x21 && c <= 0x7e; });
}

struct Call
{
    MethodId method = MethodId::Ping;
    QJsonObject params = {};
    QList<protocol::HeaderParameter> mirrored = {}; ///< Of the tool; only for the modern era.
    bool repeated = false; ///< Sent once already: a second failure is final.
    int rounds = 0; ///< How often the server has asked for input in between.
};

/// What has to be declared for a server to ask that.
QString capabilityFor(const QString &method)
{
    return method == protocol::question::elicit   ? u"elicitation"_s
        : method == protocol::question::sample    ? u"sampling"_s
        : method == protocol::question::listRoots ? u"roots"_s
                                                  : QString();
}

} // namespace

struct McpClient::Private
{
    McpClient *q;
    QUrl server;
    base::Fetcher *fetcher;
    QByteArray token = {};
    base::Headers extra = {};
    int timeoutMs = 30'000;
    std::optional<protocol::Era> era = {}; ///< Once it is known.
    QString revision = {};
    QByteArray session = {};
    qint64 lastId = 0;
    qint64 lastFetch = 0;
    int questions = 0; ///< How many the server has asked since our last request.
    int generation = 0; ///< Answers of people that come after cancel() are told by an older number.
    ClientOffer offer = {};
    QHash<qint64, base::CancelFetch> underway = {}; ///< Of what has no answer of its own.
    QHash<qint64, Ask *> asks = {}; ///< By request id.
    QPointer<StandingStream> standing = {};
    QHash<QString, QList<protocol::HeaderParameter>> mirrored = {}; ///< By tool.

    base::FetchRequest requestFor(const QByteArray &method) const
    {
        base::FetchRequest request;
        request.method = method;
        request.url = server;
        request.timeoutMs = timeoutMs;
        request.maximumBytes = maximumBytes;
        if (!token.isEmpty())
            request.headers.append({"Authorization"_ba, "Bearer " + token});
        if (!revision.isEmpty())
            request.headers.append({"MCP-Protocol-Version"_ba, revision.toLatin1()});
        if (!session.isEmpty())
            request.headers.append({"Mcp-Session-Id"_ba, session});
        request.headers += extra;
        return request;
    }

    /// Of a JSON-RPC message, without it.
    base::FetchRequest bareFor(const QByteArray &method) const
    {
        base::FetchRequest request = requestFor(method);
        request.headers.append({"Content-Type"_ba, "application/json"_ba});
        request.headers.append({"Accept"_ba, "application/json, text/event-stream"_ba});
        return request;
    }

    /// A notification where `id` is undefined.
    base::FetchRequest postOf(const QJsonValue &id, const Call &call) const
    {
        base::FetchRequest request = bareFor("POST");
        protocol::Message message;
        message.kind
            = id.isUndefined() ? protocol::Message::Kind::Notification : protocol::Message::Kind::Request;
        message.id = id;
        message.method = protocol::nameOf(call.method);
        message.params = call.params;
        QJsonObject meta;
        if (!id.isUndefined() && call.method == MethodId::CallTool)
            meta.insert(protocol::meta::progressToken, id);
        if (era == protocol::Era::Modern) {
            request.headers += protocol::mirroredHeadersOf(message, call.mirrored);
            meta.insert(protocol::meta::protocolVersion, modernRevision);
            meta.insert(protocol::meta::clientCapabilities, offer.capabilities);
            meta.insert(protocol::meta::clientInfo, clientInfo());
        }
        if (!meta.isEmpty())
            message.params.insert(u"_meta"_s, meta);
        request.body = base::writeJson(protocol::toJson(message));
        return request;
    }

    /// Fetches; the answer is dropped where the client is gone by then, or has been cancelled.
    void fetch(const base::FetchRequest &request, std::function<void(base::FetchResult)> done)
    {
        const qint64 key = ++lastFetch;
        underway.insert(
            key,
            fetcher->fetch(
                request, [this, guard = QPointer(q), key, done = std::move(done)](base::FetchResult result) {
                    if (!guard || underway.remove(key) == 0)
                        return;
                    done(std::move(result));
                }));
    }

    /// The same for a request with an answer of its own.
    void ask(const base::FetchRequest &request, qint64 id, const Ask::Done &done)
    {
        auto *one = new Ask(fetcher, id, timeoutMs, q);
        asks.insert(id, one);
        one->setHeard([this, one](const QJsonObject &message) { hear(one, message); });
        if (era != protocol::Era::Modern) // There a stream that ends is a call that is over.
            one->setComeBack([this] { return requestFor("GET"); });
        one->start(request,
                   [this, one, id, done](const base::FetchResult &fetched,
                                         base::Expected<Result, Error> result) {
                       asks.remove(id);
                       one->deleteLater();
                       if (!fetched && fetched.error().fault == base::FetchFault::TimedOut)
                           giveUp(id);
                       done(fetched, std::move(result));
                   });
    }

    /// MCP 2025-11-25 "Cancellation". In the modern era the connection's end says it.
    void giveUp(qint64 id)
    {
        if (era != protocol::Era::Legacy)
            return;
        fetch(
            postOf(QJsonValue::Undefined,
                   Call{MethodId::Cancelled, {{u"requestId"_s, id}, {u"reason"_s, u"It took too long."_s}}}),
            [](const base::FetchResult &) {});
    }

    void hear(Ask *of, const QJsonObject &json)
    {
        const auto message = protocol::readMessage(json);
        if (!message)
            return;
        if (message->kind == protocol::Message::Kind::Request)
            return answer(*message);
        if (message->kind != protocol::Message::Kind::Notification)
            return;
        if (of && message->method == protocol::notification::progress
            && message->params.value("progressToken"_L1).toInteger(-1) == of->id())
            of->prolong();
        Q_EMIT q->told(message->method, message->params);
    }

    /// What a server asks in the middle of a request of ours.
    void answer(const protocol::Message &question)
    {
        const QString capability = capabilityFor(question.method);
        if (era == protocol::Era::Modern || ++questions > maximumQuestions)
            return; // There it asks with `input_required`.
        if (question.method == protocol::nameOf(MethodId::Ping))
            return reply(question.id, QJsonObject());
        if (capability.isEmpty() || !offer.capabilities.contains(capability) || !offer.answer)
            return reply(question.id,
                         base::failure(protocol::RpcError{
                             protocol::code::methodNotFound,
                             u"This client does not offer %1."_s.arg(question.method.left(100)),
                             {}}));
        QList<QPointer<Ask>> waiting; // For none of them time runs meanwhile.
        for (Ask *one : std::as_const(asks)) {
            one->pause();
            waiting.append(one);
        }
        offer.answer(
            question.method, question.params,
            [this, guard = QPointer(q), waiting, id = question.id, isOver = std::make_shared<bool>(false)](
                const base::Expected<QJsonObject, protocol::RpcError> &given) {
                if (!guard || std::exchange(*isOver, true))
                    return;
                for (const QPointer<Ask> &one : waiting) {
                    if (one)
                        one->goOn();
                }
                reply(id, given);
            });
    }

    void reply(const QJsonValue &id, const base::Expected<QJsonObject, protocol::RpcError> &given)
    {
        base::FetchRequest request = bareFor("POST");
        request.body = base::writeJson(given ? protocol::resultMessage(id, *given)
                                             : protocol::errorMessage(id, given.error()));
        fetch(request,
              [](const base::FetchResult &) {}); // Whether it came shows by what the server does next.
    }

    void send(const Call &call, Done<Result> done)
    {
        const qint64 id = ++lastId;
        questions = 0;
        ask(postOf(id, call), id,
            [this, call, done = std::move(done)](const base::FetchResult &fetched,
                                                 base::Expected<Result, Error> result) {
                // MCP 2025-11-25 "Session Management": a session that is gone is opened again.
                if (fetched && fetched->status == 404 && !session.isEmpty() && !call.repeated) {
                    reopen(call, done);
                    return;
                }
                const QString type = result && era == protocol::Era::Modern
                    ? result->json.value("resultType"_L1).toString(u"complete"_s)
                    : u"complete"_s;
                if (type == "input_required"_L1)
                    giveInput(call, result->json, done);
                else if (type != "complete"_L1)
                    done(base::failure(
                        protocolError(u"The result is of a type that this client does not know."_s)));
                else
                    done(std::move(result));
            });
    }

    /// MCP 2026-07-28 "Multi round-trip requests": asks for one thing after the other, and sends the call
    /// again.
    void giveInput(Call call, const QJsonObject &result, const Done<Result> &done)
    {
        const QJsonObject wanted = result.value("inputRequests"_L1).toObject();
        const QJsonValue state = result.value("requestState"_L1);
        if (++call.rounds > maximumRounds || (wanted.isEmpty() && !state.isString()))
            return done(base::failure(protocolError(
                wanted.isEmpty() ? u"The server asks for input in between, and does not say which."_s
                                 : u"The server asks for input again and again."_s)));
        call.params.remove(u"requestState"_s);
        call.params.remove(u"inputResponses"_s);
        if (state.isString())
            call.params.insert(u"requestState"_s, state);
        collect(call, wanted, wanted.keys(), {}, done);
    }

    void collect(Call call, const QJsonObject &wanted, QStringList left, const QJsonObject &given,
                 const Done<Result> &done)
    {
        if (left.isEmpty()) {
            if (!given.isEmpty())
                call.params.insert(u"inputResponses"_s, given);
            return send(call, done);
        }
        const QString name = left.takeFirst();
        const QJsonObject question = wanted.value(name).toObject();
        const QString method = question.value("method"_L1).toString();
        const QString capability = capabilityFor(method);
        if (capability.isEmpty() || !offer.capabilities.contains(capability) || !offer.answer)
            return done(base::failure(
                protocolError(u"The server asks for %1 in between, which this client cannot give."_s.arg(
                    method.isEmpty() ? u"something"_s : method.left(100)))));
        offer.answer(method, question.value("params"_L1).toObject(),
                     [this, guard = QPointer(q), generation = generation, call, wanted, left, given, name,
                      done, isOver = std::make_shared<bool>(false)](
                         const base::Expected<QJsonObject, protocol::RpcError> &answer) {
                         if (!guard || generation != this->generation || std::exchange(*isOver, true))
                             return;
                         if (!answer)
                             return done(base::failure(protocolError(answer.error().message)));
                         QJsonObject more = given;
                         more.insert(name, *answer);
                         collect(call, wanted, left, more, done);
                     });
    }

    void reopen(Call call, const Done<Result> &done)
    {
        call.repeated = true;
        open([this, call, done](const base::Expected<ServerInfo, Error> &opened) {
            if (opened)
                send(call, done);
            else
                done(base::failure(opened.error()));
        });
    }

    void endStanding()
    {
        if (StandingStream *old = std::exchange(standing, nullptr))
            old->stop();
    }

    void open(const Done<ServerInfo> &done)
    {
        endStanding();
        era.reset();
        revision.clear();
        session.clear();
        const Call call{MethodId::Initialize,
                        {{u"protocolVersion"_s, legacyRevision},
                         {u"capabilities"_s, offer.capabilities},
                         {u"clientInfo"_s, clientInfo()}}};
        const qint64 id = ++lastId;
        ask(postOf(id, call), id,
            [this, done](const base::FetchResult &fetched, const base::Expected<Result, Error> &result) {
                if (result)
                    takeLegacy(result->json, fetched->header("mcp-session-id"), done);
                else if (suggestsModern(result.error()))
                    discover(result.error(), false, done);
                else
                    done(base::failure(result.error()));
            });
    }

    void takeLegacy(const QJsonObject &result, const QByteArray &sessionId, const Done<ServerInfo> &done)
    {
        const QString theirs = result.value("protocolVersion"_L1).toString();
        if (!protocol::legacyRevisions().contains(theirs)) {
            done(base::failure(protocolError(
                u"The server answered initialize with a revision that this client does not know: \"%1\"."_s
                    .arg(theirs.left(40)))));
            return;
        }
        if (!isSessionId(sessionId)) {
            done(base::failure(
                protocolError(u"The server's session id has characters that none may have."_s)));
            return;
        }
        era = protocol::Era::Legacy;
        revision = theirs;
        session = sessionId;
        const QJsonObject about = result.value("serverInfo"_L1).toObject();
        const ServerInfo info{protocol::Era::Legacy,
                              revision,
                              about.value("name"_L1).toString(),
                              about.value("version"_L1).toString(),
                              result.value("instructions"_L1).toString(),
                              result.value("capabilities"_L1).toObject()};
        fetch(postOf(QJsonValue::Undefined, Call{MethodId::Initialized}),
              [this, info, done](const base::FetchResult &fetched) {
                  if (const auto accepted = acceptanceOf(fetched); !accepted)
                      done(base::failure(accepted.error()));
                  else if (offer.capabilities.isEmpty())
                      done(info);
                  else
                      listen([info, done] { done(info); });
              });
    }

    /// Some servers ask on a stream of its own what belongs to a call.
    void listen(const std::function<void()> &ready)
    {
        standing = new StandingStream(
            fetcher, [this] { return requestFor("GET"); },
            [this](const QJsonObject &message) { hear(nullptr, message); }, q);
        standing->open(ready);
    }

    void discover(const Error &refusal, bool repeated, const Done<ServerInfo> &done)
    {
        era = protocol::Era::Modern;
        revision = modernRevision;
        send(Call{MethodId::Discover},
             [this, refusal, repeated, done](const base::Expected<Result, Error> &result) {
                 // A server may say -32022 at first and name the very version that was asked for.
                 if (!result && result.error().code == protocol::code::unsupportedVersion && !repeated) {
                     discover(refusal, true, done);
                     return;
                 }
                 if (!result
                     || !result->json.value("supportedVersions"_L1).toArray().contains(modernRevision)) {
                     era.reset();
                     revision.clear();
                     done(base::failure(refusal));
                     return;
                 }
                 const QJsonObject about
                     = result->json.value("_meta"_L1).toObject().value(protocol::meta::serverInfo).toObject();
                 done(ServerInfo{protocol::Era::Modern, revision, about.value("name"_L1).toString(),
                                 about.value("version"_L1).toString(),
                                 result->json.value("instructions"_L1).toString(),
                                 result->json.value("capabilities"_L1).toObject()});
             });
    }

    struct Listing : ToolListing
    {
        QSet<QString> names = {};
        QSet<QString> cursors = {}; ///< Each asked for once: one that comes again would go round for ever.
        int pages = 0;
        qsizetype bytes = 0;
    };

    void list(const std::shared_ptr<Listing> &listing, const std::optional<QString> &cursor,
              const Done<ToolListing> &done)
    {
        const QJsonObject params = cursor ? QJsonObject{{u"cursor"_s, *cursor}} : QJsonObject();
        send(Call{MethodId::ListTools, params},
             [this, listing, done](const base::Expected<Result, Error> &result) {
                 const bool isFirst = listing->pages++ == 0;
                 const bool hasTools = result && result->json.value("tools"_L1).isArray();
                 if (isFirst && !result)
                     return done(base::failure(result.error()));
                 if (isFirst && !hasTools)
                     return done(
                         base::failure(protocolError(u"The answer to tools/list has no list of tools."_s)));
                 if (!hasTools) {
                     listing->remark = u"A page of the list cannot be had, and what follows is missing: "_s
                         + (result ? u"it has no list of tools."_s : result.error().text);
                     return done(*listing);
                 }
                 if (!addPage(*listing, result->json))
                     return done(*listing);
                 const QJsonValue next = result->json.value("nextCursor"_L1);
                 if (!next.isString())
                     return done(*listing);
                 if (listing->pages >= maximumPages || listing->cursors.contains(next.toString())) {
                     listing->remark = listing->pages >= maximumPages
                         ? u"The list has more than 100 pages; these are the first."_s
                         : u"The list does not end: it names the same page again."_s;
                     return done(*listing);
                 }
                 listing->cursors.insert(next.toString());
                 list(listing, next.toString(), done);
             });
    }

    /// False where nothing more is to be taken.
    bool addPage(Listing &listing, const QJsonObject &page)
    {
        const QJsonArray tools = page.value("tools"_L1).toArray();
        listing.bytes += base::memoryOf(page);
        if (listing.bytes > maximumListing) {
            listing.remark = u"The list of tools is larger than 32 MiB; these are the first."_s;
            return false;
        }
        QList<ToolInfo> taken;
        bool isNew = tools.isEmpty();
        for (const QJsonValue value : tools) {
            if (listing.tools.size() + taken.size() >= maximumTools) {
                listing.remark = u"The server lists more than 10,000 tools; these are the first."_s;
                break;
            }
            ToolInfo info = toolOf(value.toObject());
            if (info.name.isEmpty()) {
                listing.remark = u"The server lists a tool without a name."_s;
                continue;
            }
            if (era == protocol::Era::Modern) {
                const auto parameters = protocol::headerParametersOf(info.inputSchema);
                if (!parameters) { // The specification has such a tool left out, and the others kept.
                    listing.remark
                        = u"The tool %1 is left out: %2"_s.arg(info.name.left(128), parameters.error());
                    isNew = true;
                    continue;
                }
                mirrored.insert(info.name, *parameters);
            }
            isNew = isNew || !listing.names.contains(info.name);
            taken.append(std::move(info));
        }
        if (!isNew) // The page before, once more.
            return true;
        for (const ToolInfo &info : std::as_const(taken))
            listing.names.insert(info.name);
        listing.tools += taken;
        return listing.tools.size() < maximumTools;
    }

    static ToolInfo toolOf(const QJsonObject &tool)
    {
        return {tool.value("name"_L1).toString(), tool.value("title"_L1).toString(),
                tool.value("description"_L1).toString(), tool.value("inputSchema"_L1).toObject()};
    }
};

McpClient::McpClient(QUrl server, base::Fetcher *fetcher, QObject *parent)
    : QObject(parent)
    , d(std::unique_ptr<Private>(new Private{.q = this, .server = std::move(server), .fetcher = fetcher}))
{ }

McpClient::~McpClient()
{
    cancel();
}

void McpClient::cancel()
{
    ++d->generation;
    for (const base::CancelFetch &end : std::exchange(d->underway, {}))
        end();
    for (Ask *ask : std::exchange(d->asks, {}))
        ask->stop();
    d->endStanding();
}

void McpClient::setAccessToken(const QByteArray &token)
{
    d->token = token;
}

void McpClient::setHeaders(const base::Headers &headers)
{
    d->extra = headers;
}

void McpClient::setTimeoutMs(int milliseconds)
{
    d->timeoutMs = milliseconds;
}

void McpClient::setOffer(ClientOffer offer)
{
    d->offer = std::move(offer);
}

void McpClient::initialize(Done<ServerInfo> done)
{
    d->open(done);
}

void McpClient::listTools(Done<ToolListing> done)
{
    d->list(std::make_shared<Private::Listing>(), std::nullopt, done);
}

void McpClient::callTool(const QString &name, const QJsonObject &arguments, Done<Result> done)
{
    d->send(
        Call{MethodId::CallTool, {{u"name"_s, name}, {u"arguments"_s, arguments}}, d->mirrored.value(name)},
        std::move(done));
}

void McpClient::close(std::function<void()> done)
{
    d->endStanding();
    const bool open = !d->session.isEmpty();
    base::FetchRequest request = d->requestFor("DELETE");
    d->session.clear();
    if (open)
        d->fetch(request, [done = std::move(done)](const base::FetchResult &) { done(); });
    else
        QMetaObject::invokeMethod(this, std::move(done), Qt::QueuedConnection);
}

} // namespace gatehouse::client
