// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/standing.h"

#include "base/json.h"
#include "web/mediatype.h"

#include <QJsonArray>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::client {

namespace {

constexpr int patienceMs = 500;
constexpr int usualReturnMs = 1000;
constexpr int longestReturnMs = 60'000;
constexpr int longestMs = 60 * 60 * 1000;
constexpr qsizetype maximumBytes = 8 * 1024 * 1024;

bool isStream(const base::FetchReply &head)
{
    return head.status == 200 && web::isMediaType(head.header("content-type"), "text/event-stream");
}

} // namespace

StandingStream::StandingStream(base::Fetcher *fetcher, Get get, Heard heard, QObject *parent)
    : QObject(parent)
    , m_fetcher(fetcher)
    , m_get(std::move(get))
    , m_heard(std::move(heard))
{
    for (QTimer *timer : {&m_patience, &m_wait})
        timer->setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &StandingStream::isReady);
    connect(&m_wait, &QTimer::timeout, this, &StandingStream::send);
}

StandingStream::~StandingStream()
{
    if (m_cancel)
        m_cancel();
}

void StandingStream::open(std::function<void()> ready)
{
    m_ready = std::move(ready);
    m_patience.start(patienceMs);
    send();
}

void StandingStream::send()
{
    base::FetchRequest request = m_get();
    request.timeoutMs = longestMs;
    request.maximumBytes = maximumBytes;
    request.headers.append({"Accept"_ba, "text/event-stream"_ba});
    if (!m_stream.lastEventId().isEmpty())
        request.headers.append({"Last-Event-ID"_ba, m_stream.lastEventId()});
    m_stream.begin();
    request.onHead = [this](const base::FetchReply &) { isReady(); };
    request.onBody = [this](const base::FetchReply &head, QByteArrayView piece) {
        if (!isStream(head))
            return true;
        take(piece);
        return m_isStopped;
    };
    m_cancel = m_fetcher->fetch(request, [this](const base::FetchResult &fetched) {
        m_cancel = {};
        ended(fetched);
    });
}

void StandingStream::take(QByteArrayView piece)
{
    for (const QByteArray &data : m_stream.feed(piece)) {
        const auto json = base::readJson(data);
        const QJsonArray messages = json && json->isArray() ? json->toArray()
            : json                                          ? QJsonArray{*json}
                                                            : QJsonArray();
        for (const QJsonValue &one : messages) {
            if (one.isObject() && !m_isStopped)
                m_heard(one.toObject());
        }
    }
}

void StandingStream::ended(const base::FetchResult &fetched)
{
    isReady();
    // It has none, or is not there any more; what breaks may come back.
    const bool isRefused = fetched ? !isStream(*fetched) : m_stream.lastEventId().isEmpty() && m_returns == 0;
    if (m_isStopped || isRefused || ++m_returns > maximumReturns)
        return;
    const int told = m_stream.retryMs();
    m_wait.start(told < 0 ? usualReturnMs : std::min(told, longestReturnMs));
}

void StandingStream::isReady()
{
    m_patience.stop();
    if (const auto ready = std::exchange(m_ready, nullptr))
        ready();
}

void StandingStream::stop()
{
    m_isStopped = true;
    m_ready = {};
    m_patience.stop();
    m_wait.stop();
    if (const auto cancel = std::exchange(m_cancel, {}))
        cancel();
    deleteLater();
}

} // namespace gatehouse::client
