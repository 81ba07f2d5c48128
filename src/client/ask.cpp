// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ask.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::client {

namespace {

constexpr int usualReturnMs = 1000;
constexpr int longestReturnMs = 60'000;

} // namespace

Ask::Ask(base::Fetcher *fetcher, qint64 id, int timeoutMs, QObject *parent)
    : QObject(parent)
    , m_fetcher(fetcher)
    , m_id(id)
    , m_progressToken(id)
    , m_reader(id, [this](const QJsonObject &message) {
        if (m_heard && !m_isStopped)
            m_heard(message);
    })
{
    m_time.setSingleShot(true);
    m_time.setInterval(timeoutMs);
    m_wait.setSingleShot(true);
    connect(&m_time, &QTimer::timeout, this, [this] {
        const QString text
            = m_reader.hasBegun() ? u"The answer took too long."_s : u"No answer came in time."_s;
        end(base::failure(base::FetchError{base::FetchFault::TimedOut, text}),
            base::failure(Error{CallFault::Unreachable, 0, {}, 0, text, QJsonValue::Undefined, true}));
    });
    connect(&m_wait, &QTimer::timeout, this, [this] {
        base::FetchRequest request = m_comeBack();
        request.headers.append({"Accept"_ba, "text/event-stream"_ba});
        request.headers.append({"Last-Event-ID"_ba, m_reader.stream().lastEventId()});
        m_reader.begin();
        send(std::move(request));
    });
}

Ask::~Ask()
{
    if (m_cancel)
        m_cancel();
}

void Ask::stop()
{
    m_isStopped = true;
    m_done = {};
    end({}, base::failure(Error()));
    deleteLater();
}

void Ask::start(const base::FetchRequest &post, Done done)
{
    m_done = std::move(done);
    m_time.start();
    send(post);
}

void Ask::send(base::FetchRequest request)
{
    request.timeoutMs = longestMs; // Ours counts.
    m_hasCome = false;
    request.onBody = [this](const base::FetchReply &head, QByteArrayView piece) {
        m_hasCome = true;
        return m_reader.feed(head, piece);
    };
    m_cancel = m_fetcher->fetch(request, [this](const base::FetchResult &fetched) {
        m_cancel = {};
        take(fetched);
    });
}

void Ask::take(const base::FetchResult &fetched)
{
    const bool isRefused = fetched && fetched->status != 200;
    if (m_before && isRefused) // There is no way back after all; what it says is not about the request.
        return end(m_before->first, m_before->second);
    const bool isMissed = m_before && !fetched && !m_hasCome;
    if (isMissed && m_misses < maximumMisses) { // A server that starts anew is away for a moment.
        m_wait.start(returnMs() << ++m_misses);
        return;
    }
    if (isMissed) {
        const auto &result = m_before->second;
        const QString text = (result ? QString() : result.error().text + u' ')
            + u"Nobody is there any more who could go on with it: "_s + fetched.error().text;
        return end(fetched, base::failure(Error{CallFault::Unreachable, 0, {}, 0, text}));
    }
    m_misses = 0;
    auto result = m_reader.result(fetched);
    if (result || !m_comeBack || !m_reader.canGoOn() || isRefused || ++m_returns > maximumReturns)
        return end(fetched, std::move(result));
    m_before.emplace(fetched, std::move(result));
    m_wait.start(returnMs());
}

int Ask::returnMs() const
{
    const int told = m_reader.stream().retryMs();
    return told < 0 ? usualReturnMs : std::min(told, longestReturnMs);
}

void Ask::prolong()
{
    if (m_time.isActive())
        m_time.start();
}

void Ask::pause()
{
    ++m_pauses;
    m_time.stop();
}

void Ask::goOn()
{
    if (--m_pauses == 0 && m_done)
        m_time.start();
}

void Ask::end(const base::FetchResult &fetched, base::Expected<Result, Error> result)
{
    m_time.stop();
    m_wait.stop();
    if (const auto cancel = std::exchange(m_cancel, {}))
        cancel();
    if (const auto done = std::exchange(m_done, {}))
        done(fetched, std::move(result));
}

} // namespace gatehouse::client
