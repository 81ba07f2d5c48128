// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/mcpclient.h"

#include "client/mcpclientstate.h"
#include "protocol/revision.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::client {

using protocol::MethodId;

Error protocolError(const QString &text)
{
    return Error{CallFault::ProtocolError, 200, {}, 0, text};
}

void McpClient::Private::fetch(const base::FetchRequest &request, std::function<void(base::FetchResult)> done)
{
    const qint64 key = ++lastFetch;
    underway.insert(
        key,
        fetcher->fetch(request,
                       [this, guard = QPointer(q), key, done = std::move(done)](base::FetchResult result) {
                           if (!guard || underway.remove(key) == 0)
                               return;
                           done(std::move(result));
                       }));
}

void McpClient::Private::ask(qint64 id, const Call &call, int timeoutMs, const Ask::Done &done)
{
    auto *one = new Ask(fetcher, id, timeoutMs, q);
    asks.insert(id, one);
    if (call.progressOf != 0)
        one->setProgressToken(call.progressOf);
    one->setHeard([this, one](const QJsonObject &message) { hear(one, message); });
    if (wire.era != protocol::Era::Modern) // There a stream that ends is a call that is over.
        one->setComeBack([this] { return wire.requestFor("GET"); });
    one->start(wire.postOf(id, call),
               [this, one, id, done](const base::FetchResult &fetched, base::Expected<Result, Error> result) {
                   asks.remove(id);
                   one->deleteLater();
                   if (!fetched && fetched.error().fault == base::FetchFault::TimedOut)
                       giveUp(id);
                   done(fetched, std::move(result));
               });
}

Call McpClient::Private::cancellationOf(qint64 id, const QString &reason)
{
    return {protocol::nameOf(MethodId::Cancelled), {{u"requestId"_s, id}, {u"reason"_s, reason}}};
}

/// MCP 2025-11-25 "Cancellation". In the modern era the connection's end says it.
void McpClient::Private::giveUp(qint64 id)
{
    if (wire.era != protocol::Era::Legacy)
        return;
    fetch(wire.postOf(QJsonValue::Undefined,
                      Call{protocol::nameOf(MethodId::Cancelled),
                           {{u"requestId"_s, id}, {u"reason"_s, u"It took too long."_s}}}),
          [](const base::FetchResult &) {});
}

void McpClient::Private::send(const Call &call, Done<Result> done)
{
    if (call.progressOf == 0) // A task is the same call.
        questions = 0;
    const qint64 id = ++lastId;
    ask(id, call, wire.timeoutMs,
        [this, call, id, done = std::move(done)](const base::FetchResult &fetched,
                                                 base::Expected<Result, Error> result) {
            // MCP 2025-11-25 "Session Management": a session that is gone is opened again.
            if (fetched && fetched->status == 404 && !wire.session.isEmpty() && !call.repeated) {
                reopen(call, done);
                return;
            }
            const QString type = result && wire.era == protocol::Era::Modern
                ? result->json.value("resultType"_L1).toString(u"complete"_s)
                : u"complete"_s;
            if (type == "input_required"_L1)
                giveInput(call, result->json, done);
            else if ((type == "task"_L1 && call.method == protocol::nameOf(MethodId::CallTool))
                     || isTaskOfOld(call, result))
                follow(*result, id, done);
            else if (type != "complete"_L1)
                done(base::failure(
                    protocolError(u"The result is of a type that this client does not know."_s)));
            else
                done(std::move(result));
        });
}

void McpClient::Private::reopen(Call call, const Done<Result> &done)
{
    call.repeated = true;
    open([this, call, done](const base::Expected<ServerInfo, Error> &opened) {
        if (opened)
            send(call, done);
        else
            done(base::failure(opened.error()));
    });
}

void McpClient::Private::list(const std::shared_ptr<Pages> &pages, MethodId method,
                              const std::optional<QString> &cursor, const Done<Listing> &done)
{
    const QJsonObject params = cursor ? QJsonObject{{u"cursor"_s, *cursor}} : QJsonObject();
    send(Call{protocol::nameOf(method), params},
         [this, pages, method, done](const base::Expected<Result, Error> &result) {
             const bool isPage = result && pages->isPage(result->json);
             const QString none
                 = u"The answer to %1 has no list of %2."_s.arg(protocol::nameOf(method), pages->member());
             if (!isPage && pages->isFirst())
                 return done(base::failure(result ? protocolError(none) : result.error()));
             if (!isPage)
                 pages->breakOff(result ? none : result.error().text);
             else if (pages->take(result->json))
                 return list(pages, method, pages->next(), done);
             done(pages->listing());
         });
}

/// What its calls need beside its name; why they cannot be made, or nothing.
QString McpClient::Private::expect(const ToolInfo &info)
{
    if (wire.era == protocol::Era::Modern) {
        const auto parameters = protocol::headerParametersOf(info.inputSchema);
        if (!parameters)
            return parameters.error();
        mirrored.insert(info.name, *parameters);
    }
    if (info.json["execution"_L1]["taskSupport"_L1] == "required"_L1)
        wantingTasks.insert(info.name);
    return {};
}

/// The specification has a tool left out whose parameters cannot be sent as headers, and the others kept.
ToolListing McpClient::Private::toolsOf(const Listing &listing)
{
    ToolListing tools{{}, listing.remark};
    for (const QJsonObject &entry : listing.entries) {
        ToolInfo info{entry.value("name"_L1).toString(), entry.value("title"_L1).toString(),
                      entry.value("description"_L1).toString(), entry.value("inputSchema"_L1).toObject(),
                      entry};
        if (const QString fault = expect(info); !fault.isEmpty()) {
            if (tools.remark.isEmpty())
                tools.remark = u"The tool %1 is left out: %2"_s.arg(info.name.left(128), fault);
            continue;
        }
        tools.tools.append(std::move(info));
    }
    return tools;
}

McpClient::McpClient(QUrl server, base::Fetcher *fetcher, QObject *parent)
    : QObject(parent)
    , d(std::unique_ptr<Private>(new Private{.q = this,
                                             .way = std::make_unique<SameOriginFetcher>(fetcher),
                                             .fetcher = {},
                                             .wire = {std::move(server)}}))
{
    d->fetcher = d->way.get();
}

McpClient::~McpClient()
{
    cancel();
}

void McpClient::leave(std::function<void()> done)
{
    QList<base::FetchRequest> words = d->partingWords();
    cancel();
    // The last of them ends the session.
    const auto left = std::make_shared<qsizetype>(words.size());
    const auto said = [this, left, done = std::move(done)] {
        if (--*left <= 0)
            close(done);
    };
    if (words.isEmpty())
        return said();
    for (const base::FetchRequest &word : std::as_const(words))
        d->fetch(word, [said](const base::FetchResult &) { said(); });
}

void McpClient::cancel()
{
    ++d->generation;
    d->tasks.clear();
    for (const base::CancelFetch &end : std::exchange(d->underway, {}))
        end();
    for (Ask *ask : std::exchange(d->asks, {}))
        ask->stop();
    d->endStanding();
}

void McpClient::setAccessToken(const QByteArray &token)
{
    d->wire.token = token;
}

void McpClient::setHeaders(const base::Headers &headers)
{
    d->wire.extra = headers;
}

void McpClient::setTimeoutMs(int milliseconds)
{
    d->wire.timeoutMs = milliseconds;
}

void McpClient::setRevision(const QString &revision)
{
    d->only = revision;
}

void McpClient::setOffer(ClientOffer offer)
{
    d->wire.capabilities = offer.capabilities;
    d->offer = std::move(offer);
}

void McpClient::open(Done<ServerInfo> done)
{
    d->open(done);
}

void McpClient::list(MethodId method, Done<Listing> done)
{
    d->list(std::make_shared<Pages>(method), method, std::nullopt, done);
}

void McpClient::listTools(Done<ToolListing> done)
{
    list(MethodId::ListTools, [this, done = std::move(done)](const base::Expected<Listing, Error> &listing) {
        listing ? done(d->toolsOf(*listing)) : done(base::failure(listing.error()));
    });
}

void McpClient::expectTool(const QJsonObject &json)
{
    (void)d->expect(
        {json.value("name"_L1).toString(), {}, {}, json.value("inputSchema"_L1).toObject(), json});
}

void McpClient::request(MethodId method, const QJsonObject &params, Done<Result> done)
{
    d->send(Call{protocol::nameOf(method), params}, std::move(done));
}

void McpClient::callTool(const QString &name, const QJsonObject &arguments, Done<Result> done)
{
    QJsonObject params{{u"name"_s, name}, {u"arguments"_s, arguments}};
    if (d->takesTasks && d->wantingTasks.contains(name))
        params.insert(u"task"_s, QJsonObject());
    d->send(Call{protocol::nameOf(MethodId::CallTool), params, d->mirrored.value(name)}, std::move(done));
}

void McpClient::close(std::function<void()> done)
{
    d->endStanding();
    const bool isOpen = !d->wire.session.isEmpty();
    const base::FetchRequest request = d->wire.requestFor("DELETE");
    d->wire.session.clear();
    if (isOpen)
        d->fetch(request, [done = std::move(done)](const base::FetchResult &) { done(); });
    else
        QMetaObject::invokeMethod(this, std::move(done), Qt::QueuedConnection);
}

} // namespace gatehouse::client
