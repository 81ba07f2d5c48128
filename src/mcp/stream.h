// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/channel.h"
#include "mcp/shares.h"

#include <QByteArray>

#include <deque>
#include <map>
#include <memory>
#include <optional>

namespace gatehouse::mcp {

class Stream;

/// How much all streams together keep for clients that come back. The oldest event goes first: of the user
/// who has a quarter of it, else of all.
class ReplayBudget
{
public:
    explicit ReplayBudget(qsizetype bytes)
        : m_shares(bytes)
    { }

    /// What is kept beyond it goes with the next event.
    void setLimit(qsizetype bytes) { m_shares.setMost(bytes); }
    [[nodiscard]] qsizetype used() const { return m_shares.taken(); }

private:
    friend class Stream;
    struct Kept
    {
        Stream *stream;
        Shares::Hold bytes;
    };
    void keep(Stream *stream, quint64 order, qsizetype bytes);
    void drop(const Stream *stream, quint64 order);

    Shares m_shares;
    quint64 m_lastOrder = 0;
    std::map<quint64, Kept> m_kept;
    QHash<QString, std::map<quint64, Stream *>> m_ofUser; ///< The same, of each.
};

/// One event stream of a session (MCP 2025-11-25 "Resumability and Redelivery"): it outlives the connection
/// that carries it, and gives what was missed to the next one.
class Stream
{
public:
    /// `user` as userOf() has it.
    Stream(int number, QString user, ReplayBudget *budget);
    ~Stream();
    Q_DISABLE_COPY_MOVE(Stream)

    /// The place that an event id names: "3-17" is the 17th event of stream 3.
    struct Place
    {
        int stream = 0;
        quint64 event = 0;
    };
    [[nodiscard]] static std::optional<Place> placeOf(const QByteArray &eventId);

    /// Carries the stream from now on, until its token expires (seconds since 1970; 0: never); what was
    /// carried before ends.
    void attach(const std::shared_ptr<Channel> &channel, qint64 expiresAt);
    /// Where the client knows that it may come back, it is told when.
    void closeIfExpired(qint64 nowMs);
    /// Sends what came after that event, and ends the channel if nothing more can come.
    void replay(quint64 after);
    /// An event with an id and no data: from here a client can come back (2025-11-25).
    void prime();
    void put(const QByteArray &message);
    /// The last message.
    void finish(Outgoing outgoing);
    /// Closes the connection, not the stream.
    void closeStream(int retryMs);
    /// Ends the connection for good, without a word.
    void close();

    [[nodiscard]] quint64 lastEvent() const { return m_lastEvent; }
    [[nodiscard]] int number() const { return m_number; }
    [[nodiscard]] bool isCarried() const { return !!m_channel; }
    [[nodiscard]] bool isFinished() const { return m_isFinished; }

private:
    static constexpr int returnMs = 1000; ///< Before a client comes back with a new token.

    friend class ReplayBudget;
    struct Kept
    {
        quint64 order = 0; ///< In the budget.
        quint64 event = 0;
        QByteArray data = {};
    };
    [[nodiscard]] QByteArray nextId();
    void keep(const QByteArray &data);
    void dropOldest();

    int m_number;
    QString m_user;
    ReplayBudget *m_budget;
    std::shared_ptr<Channel> m_channel;
    std::deque<Kept> m_kept;
    quint64 m_lastEvent = 0;
    qint64 m_expiresAt = 0;
    bool m_isPrimed = false;
    bool m_isFinished = false;
};

} // namespace gatehouse::mcp
