// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/answer.h"
#include "client/mcpclientstate.h"
#include "protocol/eventstream.h"
#include "protocol/revision.h"
#include "web/mediatype.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

// Which era a server speaks, and which revision of it (MCP 2026-07-28 "Versioning": server/discover first,
// and initialize where that is not known). What says that somebody may not come in is believed at once.

namespace gatehouse::client {

namespace {

using protocol::MethodId;
namespace code = protocol::code;

/// A server that leaves unknown methods unanswered is asked the other way after that.
constexpr int probeMs = 5000;

bool isModernCode(int number)
{
    return number == code::headerMismatch || number == code::missingCapability
        || number == code::unsupportedVersion;
}

/// Whether another method would meet the same: nobody is there, nobody may come in, or not now.
bool isFinal(const base::FetchResult &fetched, const Error &error)
{
    if (!fetched)
        return fetched.error().isUnsent || fetched.error().fault == base::FetchFault::NotAllowed
            || fetched.error().fault == base::FetchFault::Tls;
    return error.fault == CallFault::Unauthorized || error.fault == CallFault::Forbidden
        || error.status == 429 || error.status == 502 || error.status == 503 || error.status == 504;
}

/// Whether a refused `initialize` may mean that the server only speaks the era without it.
bool suggestsModern(const Error &error)
{
    if (error.fault == CallFault::RpcError)
        return error.code == code::invalidRequest || error.code == code::methodNotFound
            || error.code == code::invalidParams || isModernCode(error.code);
    return error.fault == CallFault::HttpError
        && (error.status == 400 || error.status == 404 || error.status == 405);
}

QStringList textsOf(const QJsonValue &list)
{
    QStringList texts;
    const QJsonArray array = list.toArray();
    for (const QJsonValue &one : array)
        texts.append(one.toString());
    return texts;
}

/// The newest revision with `initialize` that such a list names, or the newest that we know.
QString legacyOf(const QStringList &theirs)
{
    const QStringList known = protocol::understoodRevisions();
    const auto found
        = std::find_if(known.begin(), known.end(), [&](const QString &one) { return theirs.contains(one); });
    return found == known.end() ? QString(protocol::newestLegacyRevision) : *found;
}

bool isSessionId(const QByteArray &id)
{
    return id.size() <= 1024
        && std::all_of(id.begin(), id.end(), [](char c) { return c >= 0x21 && c <= 0x7e; });
}

ServerInfo infoOf(protocol::Era era, const QString &revision, const QJsonObject &about,
                  const QJsonObject &result)
{
    return {era,
            revision,
            about.value("name"_L1).toString(),
            about.value("version"_L1).toString(),
            result.value("instructions"_L1).toString(),
            result.value("capabilities"_L1).toObject()};
}

} // namespace

void McpClient::Private::open(const Done<ServerInfo> &done)
{
    endStanding();
    const auto opening = std::make_shared<Handshake>(Handshake{done});
    if (only.isEmpty() || only == protocol::modernRevision)
        discover(opening);
    else
        initialize(opening, only);
}

void McpClient::Private::discover(const Opening &opening)
{
    ++opening->discoveries;
    wire.forget();
    takesTasks = false;
    wire.era = protocol::Era::Modern;
    wire.revision = protocol::modernRevision;
    const bool isProbe = opening->initializations == 0 && only.isEmpty();
    ask(++lastId, Call{protocol::nameOf(MethodId::Discover)},
        isProbe ? std::min(probeMs, wire.timeoutMs) : wire.timeoutMs,
        [this, opening](const base::FetchResult &fetched, const base::Expected<Result, Error> &result) {
            discovered(opening, fetched, result);
        });
}

void McpClient::Private::discovered(const Opening &opening, const base::FetchResult &fetched,
                                    const base::Expected<Result, Error> &result)
{
    const QStringList supported
        = textsOf(result ? result->json.value("supportedVersions"_L1) : result.error().data["supported"_L1]);
    const bool isOurs = supported.contains(protocol::modernRevision);
    if (result && isOurs)
        return takeModern(result->json, opening->done);
    if (!result && isFinal(fetched, result.error()))
        return failOpening(opening, result.error());
    if (!result && isModernCode(result.error().code)) {
        // A server may say -32022 at first and name the very version that was asked for.
        if (isOurs && opening->discoveries == 1)
            return discover(opening);
        opening->refusal = result.error();
    }
    opening->isUnheard = !fetched && fetched.error().fault == base::FetchFault::TimedOut;
    if (opening->initializations > 0 || !only.isEmpty())
        return failOpening(opening,
                           opening->refusal.value_or(
                               result
                                   ? protocolError(u"The server speaks no revision that this client knows."_s)
                                   : result.error()));
    initialize(opening, legacyOf(supported));
}

void McpClient::Private::initialize(const Opening &opening, const QString &revision)
{
    ++opening->initializations;
    wire.forget();
    const Call call{protocol::nameOf(MethodId::Initialize),
                    {{u"protocolVersion"_s, revision},
                     {u"capabilities"_s, offer.capabilities},
                     {u"clientInfo"_s, clientInfo()}}};
    ask(++lastId, call, wire.timeoutMs,
        [this, opening, revision](const base::FetchResult &fetched,
                                  const base::Expected<Result, Error> &result) {
            initialized(opening, revision, result,
                        fetched ? fetched->header("mcp-session-id") : QByteArray());
        });
}

void McpClient::Private::initialized(const Opening &opening, const QString &asked,
                                     const base::Expected<Result, Error> &result, const QByteArray &sessionId)
{
    const bool isToday = result && result->json.value("protocolVersion"_L1) == protocol::modernRevision;
    if (isToday && opening->discoveries == 1) // It was late, it may be: that revision has no initialize.
        return discover(opening);
    if (result)
        return takeLegacy(result->json, sessionId, opening->done);
    const QStringList supported = textsOf(result.error().data["supported"_L1]);
    if (!only.isEmpty())
        return failOpening(opening, result.error());
    if (const QString other = legacyOf(supported);
        opening->initializations == 1 && supported.contains(other) && other != asked)
        return initialize(opening, other);
    if (opening->isUnheard && opening->discoveries == 1 && suggestsModern(result.error()))
        return discover(opening); // With as much time as it wants.
    failOpening(opening, opening->refusal.value_or(result.error()));
}

void McpClient::Private::failOpening(const Opening &opening, const Error &error)
{
    wire.forget();
    // MCP "Backwards Compatibility": what a server of the transport before Streamable HTTP says to a POST.
    if (error.fault == CallFault::HttpError
        && (error.status == 400 || error.status == 404 || error.status == 405))
        return lookForOldTransport(opening, error);
    opening->done(base::failure(error));
}

/// Its GET opens a stream that begins with an event "endpoint". It is named, and not spoken.
void McpClient::Private::lookForOldTransport(const Opening &opening, const Error &error)
{
    constexpr qsizetype enough = 4096;
    base::FetchRequest request = wire.requestFor("GET");
    request.headers.append({"Accept"_ba, "text/event-stream"_ba});
    request.timeoutMs = std::min(probeMs, wire.timeoutMs);
    const auto name = std::make_shared<QByteArray>();
    request.onBody = [name, reader = std::make_shared<protocol::EventStreamReader>(),
                      size = qsizetype(0)](const base::FetchReply &head, QByteArrayView piece) mutable {
        if (head.status != 200 || !web::isMediaType(head.header("content-type"), "text/event-stream"))
            return true;
        (void)reader->feed(piece);
        *name = reader->firstName();
        size += piece.size();
        return !name->isEmpty() || size > enough;
    };
    fetch(request, [opening, error, name](const base::FetchResult &) {
        opening->done(base::failure(
            *name == "endpoint" ? protocolError(
                u"The server speaks HTTP+SSE, the transport of 2024-11-05 that Streamable HTTP has "
                u"replaced: ask who runs it for its address of Streamable HTTP (often /mcp)."_s)
                                : error));
    });
}

void McpClient::Private::takeModern(const QJsonObject &result, const Done<ServerInfo> &done)
{
    const QJsonObject about
        = result.value("_meta"_L1).toObject().value(protocol::meta::serverInfo).toObject();
    done(infoOf(protocol::Era::Modern, wire.revision, about, result));
}

void McpClient::Private::takeLegacy(const QJsonObject &result, const QByteArray &sessionId,
                                    const Done<ServerInfo> &done)
{
    const QString theirs = result.value("protocolVersion"_L1).toString();
    if (!only.isEmpty() && theirs != only)
        return done(base::failure(
            protocolError(u"The server speaks %1, and %2 was to be spoken."_s.arg(theirs.left(40), only))));
    if (!protocol::understoodRevisions().contains(theirs))
        return done(base::failure(protocolError(
            u"The server answered initialize with a revision that this client does not know: \"%1\"."_s.arg(
                theirs.left(40)))));
    if (!isSessionId(sessionId))
        return done(
            base::failure(protocolError(u"The server's session id has characters that none may have."_s)));
    wire.era = protocol::Era::Legacy;
    wire.revision = theirs;
    wire.session = sessionId;
    takesTasks = result["capabilities"_L1]["tasks"_L1]["requests"_L1]["tools"_L1]["call"_L1].isObject();
    const ServerInfo info
        = infoOf(protocol::Era::Legacy, theirs, result.value("serverInfo"_L1).toObject(), result);
    fetch(wire.postOf(QJsonValue::Undefined, Call{protocol::nameOf(MethodId::Initialized)}),
          [this, info, done](const base::FetchResult &fetched) {
              if (const auto accepted = acceptanceOf(fetched); !accepted)
                  done(base::failure(accepted.error()));
              else if (offer.capabilities.isEmpty() && !info.capabilities.contains("logging"_L1))
                  done(info); // Nothing is to be expected beside the answers.
              else
                  listen([info, done] { done(info); });
          });
}

} // namespace gatehouse::client
