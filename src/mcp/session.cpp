// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/session.h"

#include <algorithm>

namespace gatehouse::mcp {

Sessions::Sessions(base::Clock clock, base::Random random, SessionLimits limits)
    : m_clock(std::move(clock))
    , m_random(std::move(random))
    , m_limits(limits)
{ }

QByteArray Sessions::begin(Session session)
{
    makeRoom();
    session.usedAt = m_clock();
    const QByteArray id = base::newSecret(m_random);
    m_sessions.insert(id, std::move(session));
    return id;
}

const Session *Sessions::use(const QByteArray &id, const QString &userId)
{
    const auto found = m_sessions.find(id);
    if (found == m_sessions.end() || found->userId != userId)
        return nullptr;
    if (m_clock() - found->usedAt > m_limits.idleMs) {
        m_sessions.erase(found);
        return nullptr;
    }
    found->usedAt = m_clock();
    return &*found;
}

const Session *Sessions::peek(const QByteArray &id) const
{
    const auto found = m_sessions.constFind(id);
    return found == m_sessions.cend() ? nullptr : &*found;
}

bool Sessions::end(const QByteArray &id, const QString &userId)
{
    return use(id, userId) && m_sessions.remove(id);
}

void Sessions::makeRoom()
{
    if (m_sessions.size() < m_limits.count)
        return;
    const qint64 now = m_clock();
    m_sessions.removeIf([&](const auto &entry) { return now - entry.value().usedAt > m_limits.idleMs; });
    while (!m_sessions.isEmpty() && m_sessions.size() >= m_limits.count) {
        const auto oldest
            = std::min_element(m_sessions.begin(), m_sessions.end(),
                               [](const Session &a, const Session &b) { return a.usedAt < b.usedAt; });
        m_sessions.erase(oldest);
    }
}

} // namespace gatehouse::mcp
