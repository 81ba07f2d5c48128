// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/random.h"

#include <QByteArray>
#include <QHash>
#include <QString>

namespace gatehouse::mcp {

struct Session
{
    QString userId = {}; ///< Only this user may use it: a session id is a name, never a proof of who calls.
    QString revision = {};
    QString client = {}; ///< As its clientInfo says.
    qint64 usedAt = 0;
};

struct SessionLimits
{
    int count = 10'000; ///< All sessions together; the longest idle one goes first.
    qint64 idleMs = 30 * 60 * 1000;
};

/// The sessions of the initialize era (MCP 2025-11-25 "Session Management"), bounded in number and idle time.
class Sessions
{
public:
    Sessions(base::Clock clock, base::Random random, SessionLimits limits);

    [[nodiscard]] QByteArray begin(Session session);
    /// The session, if it is this user's and not idle for too long; a foreign one looks like an unknown one.
    [[nodiscard]] const Session *use(const QByteArray &id, const QString &userId);
    [[nodiscard]] const Session *peek(const QByteArray &id) const;
    [[nodiscard]] bool end(const QByteArray &id, const QString &userId);

private:
    void makeRoom();

    base::Clock m_clock;
    base::Random m_random;
    SessionLimits m_limits;
    QHash<QByteArray, Session> m_sessions;
};

} // namespace gatehouse::mcp
