// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/recording.h"

#include "base/mask.h"
#include "exchange/masked.h"
#include "web/traceparent.h"

#include <chrono>
#include <memory>
#include <utility>

namespace gatehouse::sandbox {

namespace {

using Steady = std::chrono::steady_clock;

Steady::time_point beginOf(const http::Request &request)
{
    return request.begunAt == Steady::time_point() ? Steady::now() : request.begunAt;
}

qint64 elapsed(Steady::time_point since)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - since).count();
}

/// One exchange that is under way; ends it when the last who could answer lets go.
class Story
{
public:
    Story(exchange::Sink *sink, Steady::time_point begunAt, exchange::Exchange begun)
        : m_sink(sink)
        , m_begunAt(begunAt)
        , m_exchange(std::move(begun))
    {
        m_sink->began(m_exchange);
    }
    ~Story()
    {
        m_exchange.outcome = exchange::Outcome::None;
        m_sink->ended(m_exchange);
    }
    Q_DISABLE_COPY_MOVE(Story)

    void answered(const http::Response &response)
    {
        m_exchange.times.answeredUs = elapsedUs();
        m_exchange.status = response.status;
        m_exchange.responseHeaders = exchange::maskedHeaders(response.headers);
        m_exchange.responseBody = exchange::maskedBody(response.body, response.headers,
                                                       base::Place::OAuthAnswer, m_sink->bodyBudget());
        m_exchange.challenge = base::onlyValueOf(response.headers, "WWW-Authenticate").value_or(QByteArray());
    }

private:
    [[nodiscard]] qint64 elapsedUs() const { return elapsed(m_begunAt); }

    exchange::Sink *m_sink;
    Steady::time_point m_begunAt;
    exchange::Exchange m_exchange;
};

exchange::Exchange exchangeOf(quint64 id, const base::Clock &clock, const http::Request &request,
                              Steady::time_point begunAt, qsizetype budget)
{
    exchange::Exchange begun;
    begun.source = exchange::Source::Sandbox;
    begun.id = id;
    begun.times.headUs = elapsed(begunAt);
    begun.times.receivedAt = clock() - begun.times.headUs / 1000;
    begun.peer = request.peer.toString().toUtf8() + ':' + QByteArray::number(request.peerPort);
    begun.method = request.method;
    begun.path = base::maskText(request.path);
    begun.query = base::maskText(request.query, base::Place::OAuthRequest);
    begun.requestHeaders = exchange::maskedHeaders(request.headers);
    begun.requestBody
        = exchange::maskedBody(request.body, request.headers, base::Place::OAuthRequest, budget);
    begun.client = exchange::productOf(request.headers);
    if (const auto trace = base::onlyValueOf(request.headers, "traceparent"))
        begun.traceId = web::traceIdOf(*trace);
    begun.verdict.reason = auth::Reason::NotNeeded;
    return begun;
}

} // namespace

http::Respond recorded(exchange::Sink *sink, quint64 id, const base::Clock &clock,
                       const http::Request &request, http::Respond respond)
{
    const Steady::time_point begunAt = beginOf(request);
    const auto story
        = std::make_shared<Story>(sink, begunAt, exchangeOf(id, clock, request, begunAt, sink->bodyBudget()));
    return [story, respond = std::move(respond)](http::Response response) {
        story->answered(response);
        respond(std::move(response));
    };
}

void recordRefused(exchange::Sink *sink, quint64 id, const base::Clock &clock, const http::Refused &refused)
{
    const Steady::time_point begunAt = beginOf(refused.request);
    exchange::Exchange begun = exchangeOf(id, clock, refused.request, begunAt, sink->bodyBudget());
    begun.refusal = exchange::Refusal::BeforeHttp;
    begun.fault = {http::faultName(refused.fault), http::describe(refused.fault)};
    Story(sink, begunAt, std::move(begun)).answered(refused.response);
}

} // namespace gatehouse::sandbox
