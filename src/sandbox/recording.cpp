// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/recording.h"

#include "base/mask.h"
#include "exchange/masked.h"

#include <QElapsedTimer>

#include <memory>
#include <utility>

namespace gatehouse::sandbox {

namespace {

/// One exchange that is under way; ends it when the last who could answer lets go.
class Story
{
public:
    Story(exchange::ExchangeObserver *observer, exchange::Exchange begun)
        : m_observer(observer)
        , m_exchange(std::move(begun))
    {
        m_timer.start();
        m_observer->began(m_exchange);
    }
    ~Story()
    {
        m_exchange.outcome = exchange::Outcome::None;
        m_observer->ended(m_exchange);
    }
    Q_DISABLE_COPY_MOVE(Story)

    void answered(const http::Response &response)
    {
        m_exchange.times.answeredUs = m_timer.nsecsElapsed() / 1000;
        m_exchange.status = response.status;
        m_exchange.responseHeaders = exchange::maskedHeaders(response.headers);
        m_exchange.responseBody = exchange::maskedBody(response.body);
        m_exchange.challenge = base::onlyValueOf(response.headers, "WWW-Authenticate").value_or(QByteArray());
    }

private:
    exchange::ExchangeObserver *m_observer;
    QElapsedTimer m_timer;
    exchange::Exchange m_exchange;
};

exchange::Exchange exchangeOf(quint64 id, const base::Clock &clock, const http::Request &request)
{
    exchange::Exchange begun;
    begun.source = exchange::Source::Sandbox;
    begun.id = id;
    begun.times.receivedAt = clock();
    begun.peer = request.peer.toString().toUtf8() + ':' + QByteArray::number(request.peerPort);
    begun.method = request.method;
    begun.path = base::maskText(request.path);
    begun.query = base::maskText(request.query);
    begun.requestHeaders = exchange::maskedHeaders(request.headers);
    begun.requestBody = exchange::maskedBody(request.body);
    begun.client = exchange::productOf(request.headers);
    begun.verdict.reason = auth::Reason::NotNeeded;
    return begun;
}

} // namespace

http::Respond recorded(exchange::ExchangeObserver *observer, quint64 id, const base::Clock &clock,
                       const http::Request &request, http::Respond respond)
{
    const auto story = std::make_shared<Story>(observer, exchangeOf(id, clock, request));
    return [story, respond = std::move(respond)](http::Response response) {
        story->answered(response);
        respond(std::move(response));
    };
}

void recordRefused(exchange::ExchangeObserver *observer, quint64 id, const base::Clock &clock,
                   const http::Refused &refused)
{
    exchange::Exchange begun = exchangeOf(id, clock, refused.request);
    begun.refusal = exchange::Refusal::BeforeHttp;
    begun.fault = {http::faultName(refused.fault), http::describe(refused.fault)};
    Story(observer, std::move(begun)).answered(refused.response);
}

} // namespace gatehouse::sandbox
