// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/recording.h"

#include "base/json.h"
#include "base/mask.h"
#include "exchange/masked.h"
#include "web/traceparent.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::endpoint {

namespace {

constexpr qsizetype countedListBytes = 256 * 1024; ///< To count takes as long as to read it.

/// How many items a list's answer holds; -1 where it is none.
int listLengthIn(const QByteArray &body)
{
    const auto json = base::readJsonObject(body);
    const QJsonObject result = json ? json->value("result"_L1).toObject() : QJsonObject();
    for (const auto name : {"tools"_L1, "resources"_L1, "resourceTemplates"_L1, "prompts"_L1}) {
        if (result.value(name).isArray())
            return int(result.value(name).toArray().size());
    }
    return -1;
}

exchange::Outcome outcomeOf(mcp::ResultKind outcome)
{
    switch (outcome) {
    case mcp::ResultKind::None:
        return exchange::Outcome::None;
    case mcp::ResultKind::Ok:
        return exchange::Outcome::Ok;
    case mcp::ResultKind::RpcError:
        return exchange::Outcome::RpcError;
    case mcp::ResultKind::ToolError:
        return exchange::Outcome::ToolError;
    }
    return exchange::Outcome::None;
}

} // namespace

Recording::Recording(exchange::Sink *sink, exchange::HeaderMasks *masks, quint64 id,
                     const http::Request &request, bool isMcp, qint64 nowMs)
    : m_sink(sink)
    , m_masks(masks)
    , m_isMcp(isMcp)
{
    if (!m_sink)
        return;
    m_begunAt = request.begunAt == Steady::time_point() ? Steady::now() : request.begunAt;
    m_exchange.id = id;
    m_exchange.times.headUs = elapsedUs();
    m_exchange.times.receivedAt = nowMs - m_exchange.times.headUs / 1000;
    m_exchange.peer = request.peer.toString().toUtf8() + ':' + QByteArray::number(request.peerPort);
    m_exchange.method = request.method;
    m_exchange.path = base::maskText(request.path);
    m_exchange.query = base::maskText(request.query, base::Place::OAuthRequest);
    m_exchange.requestHeaders = m_masks->requests.masked(request.headers);
    if (!request.body.isEmpty())
        keepBody(request.body);
    m_exchange.client = exchange::productOf(request.headers);
    if (const auto session = base::onlyValueOf(request.headers, "Mcp-Session-Id"))
        m_exchange.session = base::fingerprint(*session);
    if (const auto trace = base::onlyValueOf(request.headers, "traceparent"))
        m_exchange.traceId = web::traceIdOf(*trace);
    m_exchange.verdict.reason = auth::Reason::NotNeeded;
    m_sink->began(m_exchange);
}

void Recording::judged(const auth::Verdict &verdict)
{
    if (!m_sink)
        return;
    m_exchange.verdict = verdict;
    const QString email = verdict.claims.value("email"_L1).toString();
    m_exchange.user = (email.isEmpty() ? verdict.claims.value("sub"_L1).toString() : email).left(200);
    m_exchange.organization = verdict.claims.value("org_id"_L1).toString().left(200);
    if (m_exchange.times.judgedUs == 0)
        m_exchange.times.judgedUs = elapsedUs();
}

void Recording::refused(const exchange::FaultWords &fault)
{
    m_exchange.refusal = exchange::Refusal::BeforeHttp;
    m_exchange.fault = fault;
}

void Recording::body(const QByteArray &body)
{
    if (!m_sink)
        return;
    m_exchange.times.bodyUs = elapsedUs();
    keepBody(body);
}

void Recording::keepBody(const QByteArray &body)
{
    if (m_sink)
        m_exchange.requestBody = exchange::maskedBody(body, m_exchange.requestHeaders,
                                                      exchange::placeOf(m_isMcp, m_exchange.requestHeaders),
                                                      m_sink->bodyBudget());
}

void Recording::goesOn()
{
    if (m_sink)
        m_sink->streams(m_exchange);
}

void Recording::parsed()
{
    if (m_sink)
        m_exchange.times.parsedUs = elapsedUs();
}

void Recording::called()
{
    if (m_sink)
        m_exchange.times.calledUs = elapsedUs();
}

void Recording::describe(const mcp::Description &description)
{
    if (!m_sink)
        return;
    m_exchange.rpcMethod = base::maskText(description.rpcMethod);
    m_exchange.target = base::maskText(description.target);
    m_exchange.revision = base::maskText(description.revision);
    // The message's own word: the header may be of a proxy on the way.
    if (const QByteArray trace = web::traceIdOf(description.traceparent); !trace.isEmpty())
        m_exchange.traceId = trace;
    if (!description.client.isEmpty())
        m_exchange.client = base::maskText(description.client);
}

void Recording::cameTo(mcp::ResultKind outcome, int rpcErrorCode)
{
    m_exchange.outcome = outcomeOf(outcome);
    m_exchange.rpcErrorCode = rpcErrorCode;
}

void Recording::answered(const http::Response &response)
{
    if (!m_sink)
        return;
    m_exchange.times.answeredUs = elapsedUs();
    m_exchange.status = response.status;
    if (m_exchange.outcome == exchange::Outcome::Ok && m_exchange.rpcMethod.endsWith("/list"_L1)
        && response.body.size() <= countedListBytes)
        m_exchange.listLength = listLengthIn(response.body);
    // The one that was opened by this.
    if (const auto session = base::onlyValueOf(response.headers, "Mcp-Session-Id"))
        m_exchange.session = base::fingerprint(*session);
    m_exchange.responseHeaders = m_masks->responses.masked(response.headers);
    m_exchange.responseBody
        = exchange::maskedBody(response.body, response.headers, base::Place::Elsewhere, m_sink->bodyBudget());
    m_exchange.challenge = base::onlyValueOf(response.headers, "WWW-Authenticate").value_or(QByteArray());
}

void Recording::began(const http::Response &head)
{
    m_isStream = true;
    answered(head);
    goesOn();
}

/// What is kept of a stream stays for as long as it lives, and many may.
qsizetype Recording::streamBudget() const
{
    constexpr qsizetype most = 256 * 1024;
    return std::min(m_sink->bodyBudget(), most);
}

void Recording::streamed(const QByteArray &piece)
{
    if (!m_sink)
        return;
    const bool hasGap = m_streamed.size() < m_streamedBytes;
    m_streamedBytes += piece.size();
    if (hasGap)
        return; // What is behind one may be half a token, which has no shape.
    const qsizetype room = exchange::lookedAtBytes(streamBudget()) - m_streamed.size();
    m_streamed += piece.first(std::clamp<qsizetype>(room, 0, piece.size()));
}

void Recording::cut(const http::Cut &cut)
{
    m_isStream = true; // It ends now, and not with its answer.
    if (cut.fault == http::EdgeFault::None) {
        m_exchange.outcome = exchange::Outcome::Left;
        return end();
    }
    if (cut.fault == http::EdgeFault::AnswerTooSlow) {
        m_exchange.outcome = exchange::Outcome::Late;
    } else {
        m_exchange.outcome = exchange::Outcome::None;
        refused({http::faultName(cut.fault), http::describe(cut.fault)});
    }
    answered(cut.instead);
    end();
}

void Recording::end()
{
    if (!m_sink)
        return;
    if (m_streamedBytes > 0) {
        m_exchange.responseBody = exchange::maskedBody(
            m_streamed, m_exchange.responseHeaders, base::Place::Elsewhere, streamBudget(), m_streamedBytes);
    }
    if (m_isStream)
        m_exchange.times.endedUs = elapsedUs();
    if (m_exchange.outcome == exchange::Outcome::Running)
        m_exchange.outcome = exchange::Outcome::None; // The server was stopped before the answer.
    std::exchange(m_sink, nullptr)->ended(m_exchange);
}

} // namespace gatehouse::endpoint
