// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/verdict.h"
#include "base/headers.h"

#include <QByteArray>
#include <QHashFunctions>
#include <QString>

#include <algorithm>

namespace gatehouse::exchange {

/// Why a request was turned away without a word about its token.
enum class Refusal {
    None,
    NoHost,
    ForeignHost,
    ForeignOrigin,
    UnknownPath,
    WrongMethod,
    TooLarge, ///< The body.
    RepeatedHeader, ///< One that the protocol reads came twice.
    WrongContentType,
    EncodedBody, ///< It has a content coding.
    NotAcceptable, ///< Accept allows no JSON.
    NotJson,
    BeforeHttp, ///< It never became a request: Exchange::fault says why.
};

/// One safe English sentence for the wire; empty for None.
[[nodiscard]] QString describe(Refusal refusal);
/// The enum's name as machines read it: "foreign_host"; empty for None.
[[nodiscard]] QString refusalName(Refusal refusal);

enum class Outcome {
    Running, ///< Not answered yet.
    None, ///< No JSON-RPC answer.
    Ok,
    RpcError,
    ToolError,
    Left, ///< The peer closed the connection before the end.
    Late, ///< The answer was not there in time: the edge gave one in its place.
};

/// Which of our servers the request reached.
enum class Source {
    Server, ///< The MCP server.
    Sandbox, ///< The stand-in for AuthKit.
};

/// When things happened, in microseconds after `receivedAt`; 0 where it never came to that.
struct Times
{
    qint64 receivedAt = 0; ///< The first byte came: milliseconds since 1970.
    qint64 headUs = 0; ///< The head was there.
    qint64 judgedUs = 0; ///< The verdict was there.
    qint64 bodyUs = 0; ///< The body was there, where it came apart from the head.
    qint64 parsedUs = 0; ///< The body was read.
    qint64 calledUs = 0; ///< The method was entered.
    qint64 answeredUs = 0; ///< The answer, or the head of a stream, was handed to the socket.
    qint64 endedUs = 0; ///< It was over: later than that for a stream, and for a peer that left.

    bool operator==(const Times &) const = default;
};

/// From the first byte to the last.
[[nodiscard]] inline qint64 tookUs(const Times &times)
{
    return std::max(times.answeredUs, times.endedUs);
}

/// A body as it may be shown: masked, and cut where it is long.
struct Body
{
    QByteArray shown = {};
    qsizetype size = 0; ///< Bytes that came; masking makes what is shown shorter, too.
    bool isCut = false; ///< shown is only the beginning.

    bool operator==(const Body &) const = default;
};

/// What the edge found wrong with a request before it was one, in its own words.
struct FaultWords
{
    QByteArray name = {}; ///< "bad_length"
    QByteArray sentence = {}; ///< English; translated in the context gatehouse::http::EdgeFault.

    bool operator==(const FaultWords &) const = default;
};

/// The whole story of one request and its answer with all secrets already masked: what logs, windows and
/// exports see.
struct Exchange
{
    quint64 id = 0; ///< Counts up from 1 within a run of its source.
    Source source = Source::Server;
    Times times = {};
    QByteArray peer = {}; ///< "127.0.0.1:51234"

    QByteArray method = {};
    QByteArray path = {};
    QByteArray query = {};
    base::Headers requestHeaders = {};
    Body requestBody = {};

    int status = 0; ///< 0 while running.
    base::Headers responseHeaders = {};
    Body responseBody = {};
    QByteArray challenge = {}; ///< The WWW-Authenticate that was sent.

    QString client = {}; ///< "claude-code 2.1" as it names itself, else the product of User-Agent.
    QString rpcMethod = {};
    QString target = {}; ///< Tool, prompt or URI.
    QString revision = {};
    QByteArray session = {}; ///< Fingerprint of the MCP session id.
    QByteArray traceId = {}; ///< Of the trace that the client says it is part of (W3C Trace Context).
    Outcome outcome = Outcome::Running;
    int rpcErrorCode = 0;
    int listLength = -1; ///< How much a */list call listed; -1 for every other.
    Refusal refusal = Refusal::None;
    FaultWords fault = {};

    QString user = {}; ///< e-mail, else sub; empty without a readable token.
    QString organization = {}; ///< org_id
    auth::Verdict verdict = {};

    bool operator==(const Exchange &) const = default;
};

/// What of it is somebody else's making, or grows with that: bytes, as good as they can be told.
[[nodiscard]] qsizetype sizeOf(const base::Headers &headers);
[[nodiscard]] qsizetype sizeOf(const QList<auth::Check> &checks);
[[nodiscard]] qsizetype sizeOf(const auth::Verdict &verdict);
[[nodiscard]] qsizetype sizeOf(const Exchange &exchange);

/// What an exchange is told from others by, within a run.
struct Key
{
    Source source = Source::Server;
    quint64 id = 0;

    bool operator==(const Key &) const = default;
};
[[nodiscard]] inline Key keyOf(const Exchange &exchange)
{
    return {exchange.source, exchange.id};
}
[[nodiscard]] inline size_t qHash(const Key &key, size_t seed = 0)
{
    return ::qHash(key.id, seed) ^ size_t(key.source);
}

} // namespace gatehouse::exchange
