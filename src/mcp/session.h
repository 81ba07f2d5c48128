// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "mcp/allows.h"
#include "mcp/caller.h"
#include "mcp/context.h"
#include "mcp/shares.h"
#include "mcp/stream.h"
#include "protocol/jsonrpc.h"

#include <QByteArray>
#include <QHash>
#include <QSet>
#include <QString>

#include <functional>
#include <map>
#include <memory>

namespace gatehouse::mcp {

class Operation;

/// What one client of the initialize era has at this server between its requests.
class Session
{
public:
    Session(Identity owner, ClientDescription client, ReplayBudget *budget);
    ~Session();
    Q_DISABLE_COPY_MOVE(Session)

    Identity owner; ///< Only they may use it: a session id is a name, never a proof of who calls.
    Allows allows = {}; ///< What the owner may do, by the token of the last request.
    QStringList rights = {}; ///< What that token says of it: with others, lists may hold other things.
    ClientDescription client;
    LogLevel logLevel = LogLevel::Info; ///< Until `logging/setLevel` says otherwise.
    QSet<QString> subscriptions = {}; ///< Addresses of resources.
    qint64 usedAt = 0;
    Shares::Hold place; ///< Among the sessions.

    /// For what belongs to no request (MCP "Listening for Messages from the Server"). What comes while a
    /// client that has listened before is away is kept for it.
    [[nodiscard]] Stream &standing() { return *m_standing; }
    void tell(const QByteArray &message);
    bool hasListened = false;

    /// A new stream for a request's answer.
    [[nodiscard]] std::shared_ptr<Stream> openStream();
    [[nodiscard]] std::shared_ptr<Stream> findStream(int number) const;
    /// Ends what a token that has expired carries to its client. The streams stay for a new one.
    void closeExpired(qint64 nowMs);
    /// That nobody will come back for.
    void forgetStream(int number) { m_streams.erase(number); }

    /// The id for a request of ours; `then` gets the client's answer.
    [[nodiscard]] qint64 ask(std::function<void(const protocol::Message &)> then);
    /// False for an answer to nothing.
    bool answered(const protocol::Message &response);

    /// False where a request of this id is under way.
    [[nodiscard]] bool started(const std::shared_ptr<Operation> &operation);
    /// It waits for no answers to its questions any more.
    void ended(const Operation &operation, const QList<qint64> &questions);
    /// Stops that request; false if there is none.
    bool cancel(const QJsonValue &id);
    /// Somebody waits for something here. Not for calls that asked a client which is gone: nothing else would
    /// ever end them.
    [[nodiscard]] bool isBusy() const;

private:
    static constexpr size_t keptStreams = 64;

    ReplayBudget *m_budget;
    std::unique_ptr<Stream> m_standing;
    std::map<int, std::shared_ptr<Stream>> m_streams;
    int m_lastStream = 0;
    QHash<qint64, std::function<void(const protocol::Message &)>> m_questions;
    qint64 m_lastQuestion = 0;
    QHash<QJsonValue, std::weak_ptr<Operation>> m_running;
};

struct SessionLimits
{
    int count = 1000; ///< All sessions together. Where it is full, the longest idle one goes, if one is idle
                      ///< … … and where one user has a quarter of them, one of theirs.
    qint64 idleMs = 30 * 60 * 1000; ///< After so long without a request or a stream a session ends.
};

/// The sessions of the initialize era (MCP 2025-11-25 "Session Management"), bounded in number and idle time.
class Sessions
{
public:
    Sessions(base::Clock clock, base::Random random, SessionLimits limits);

    /// Hears of each that is over, for whatever reason, by the fingerprint of its id; not when all go at
    /// once.
    using Ended = std::function<void(const QByteArray &fingerprint)>;
    void setEnded(Ended ended) { m_ended = std::move(ended); }

    /// The new session's id; empty where there is no room for another one.
    [[nodiscard]] QByteArray begin(std::shared_ptr<Session> session);
    /// The session, if it is theirs and not idle for too long; a foreign one looks like an unknown one.
    [[nodiscard]] std::shared_ptr<Session> use(const QByteArray &id, const Identity &caller);
    [[nodiscard]] std::shared_ptr<Session> peek(const QByteArray &id) const { return m_sessions.value(id); }
    [[nodiscard]] bool end(const QByteArray &id, const Identity &caller);
    [[nodiscard]] const QHash<QByteArray, std::shared_ptr<Session>> &all() const { return m_sessions; }
    /// Whoever's it is: the one whose id has that fingerprint (base::fingerprint), or null.
    [[nodiscard]] std::shared_ptr<Session> find(const QByteArray &fingerprint) const;
    void setLimits(SessionLimits limits);
    /// Ends each of which this is true; false where there is none.
    bool endIf(const std::function<bool(const Session &)> &isToEnd);
    /// Ends those that nobody has used for too long, and the streams of those whose token has expired.
    void sweep();

private:
    [[nodiscard]] bool isIdle(const Session &session, qint64 forMs) const;
    /// Ends the longest idle session of the user, or of all users; false where none is idle.
    bool endIdlest(const QString &user);
    void remove(const QByteArray &id);

    base::Clock m_clock;
    base::Random m_random;
    SessionLimits m_limits;
    Shares m_places;
    Ended m_ended;
    QHash<QByteArray, std::shared_ptr<Session>> m_sessions;
};

} // namespace gatehouse::mcp
