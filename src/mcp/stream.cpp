// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/stream.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

namespace {

constexpr qsizetype overhead = 200; ///< What an event costs beside its text.

} // namespace

quint64 ReplayBudget::keep(Stream *stream, qsizetype bytes)
{
    m_used += bytes;
    m_kept.emplace(++m_lastOrder, stream);
    while (m_used > m_limit && !m_kept.empty())
        m_kept.begin()->second->dropOldest();
    return m_lastOrder;
}

void ReplayBudget::drop(quint64 order, qsizetype bytes)
{
    if (m_kept.erase(order) > 0)
        m_used -= bytes;
}

Stream::Stream(int number, ReplayBudget *budget)
    : m_number(number)
    , m_budget(budget)
{ }

Stream::~Stream()
{
    close();
    while (!m_kept.empty())
        dropOldest();
}

std::optional<Stream::Place> Stream::placeOf(const QByteArray &eventId)
{
    const qsizetype dash = eventId.indexOf('-');
    bool isStream = false;
    bool isEvent = false;
    const int stream = eventId.left(dash).toInt(&isStream);
    const quint64 event = eventId.mid(dash + 1).toULongLong(&isEvent);
    if (dash < 1 || !isStream || !isEvent || stream < 0)
        return std::nullopt;
    return Place{stream, event};
}

void Stream::attach(const std::shared_ptr<Channel> &channel, qint64 expiresAt)
{
    close();
    m_expiresAt = expiresAt;
    m_channel = channel;
    m_channel->gone = [this] { m_channel.reset(); };
}

void Stream::closeIfExpired(qint64 nowMs)
{
    if (m_channel && m_expiresAt > 0 && nowMs >= m_expiresAt * 1000)
        close();
}

void Stream::replay(quint64 after)
{
    if (!m_channel)
        return;
    m_channel->send({});
    for (const Kept &kept : m_kept) {
        if (kept.event > after)
            m_channel->send({kept.data, QByteArray::number(m_number) + '-' + QByteArray::number(kept.event)});
    }
    if (m_isFinished)
        close();
}

void Stream::prime()
{
    const QByteArray id = nextId();
    if (m_channel)
        m_channel->send({{}, id});
}

void Stream::put(const QByteArray &message)
{
    const QByteArray id = nextId();
    keep(message);
    if (m_channel)
        m_channel->send({message, id});
}

void Stream::finish(Outgoing outgoing)
{
    m_isFinished = true;
    outgoing.eventId = nextId();
    keep(outgoing.body);
    if (const auto channel = std::exchange(m_channel, nullptr))
        channel->answer(outgoing);
}

void Stream::letGo(int retryMs)
{
    if (!m_channel)
        return;
    m_channel->send({{}, nextId(), retryMs});
    close();
}

void Stream::close()
{
    if (const auto channel = std::exchange(m_channel, nullptr)) {
        channel->gone = nullptr;
        channel->end();
    }
}

QByteArray Stream::nextId()
{
    return QByteArray::number(m_number) + '-' + QByteArray::number(++m_lastEvent);
}

void Stream::keep(const QByteArray &data)
{
    m_kept.push_back({0, m_lastEvent, data});
    // The budget may drop this very event at once where it is larger than all that may be kept.
    Kept &kept = m_kept.back();
    kept.order = m_budget->m_lastOrder + 1;
    m_budget->keep(this, data.size() + overhead);
}

void Stream::dropOldest()
{
    const Kept &oldest = m_kept.front();
    m_budget->drop(oldest.order, oldest.data.size() + overhead);
    m_kept.pop_front();
}

} // namespace gatehouse::mcp
