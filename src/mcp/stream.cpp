// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/stream.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

namespace {

constexpr qsizetype overhead = 200; ///< What an event costs beside its text.

} // namespace

void ReplayBudget::keep(Stream *stream, quint64 order, qsizetype bytes)
{
    const QString &user = stream->m_user;
    m_kept.emplace(order, Kept{stream, m_shares.acquire(user, bytes)});
    m_ofUser[user].emplace(order, stream);
    while (!m_shares.isWithinShare(user, 0))
        m_ofUser[user].begin()->second->dropOldest();
    while (!m_shares.hasRoom(user, 0))
        m_kept.begin()->second.stream->dropOldest();
}

void ReplayBudget::drop(const Stream *stream, quint64 order)
{
    const auto own = m_ofUser.find(stream->m_user);
    if (m_kept.erase(order) == 0 || own == m_ofUser.end())
        return;
    own->erase(order);
    if (own->empty())
        m_ofUser.erase(own);
}

Stream::Stream(int number, QString user, ReplayBudget *budget)
    : m_number(number)
    , m_user(std::move(user))
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
    if (!m_channel || m_expiresAt <= 0 || nowMs < m_expiresAt * 1000)
        return;
    if (m_isPrimed)
        closeStream(returnMs);
    else
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
    m_isPrimed = true;
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

void Stream::closeStream(int retryMs)
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
    const quint64 order = ++m_budget->m_lastOrder;
    m_kept.push_back({order, m_lastEvent, data});
    // It may drop this very event at once where it is larger than all that may be kept.
    m_budget->keep(this, order, data.size() + overhead);
}

void Stream::dropOldest()
{
    m_budget->drop(this, m_kept.front().order);
    m_kept.pop_front();
}

} // namespace gatehouse::mcp
