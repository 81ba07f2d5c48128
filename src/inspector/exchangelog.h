// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/exchange.h"
#include "inspector/sharing.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <deque>
#include <utility>

namespace gatehouse::inspector {

/// One line of the log: an exchange, or a note between them (the server was started anew).
struct Entry
{
    quint64 serial = 0; ///< Counts up from 1 over all runs; never used twice.
    exchange::Exchange exchange = {};
    QString note = {}; ///< Not empty: this is a note, and there is no exchange.
    qint64 notedAt = 0; ///< Milliseconds since 1970.
    bool isPinned = false;
    QByteArray folded = {}; ///< What a search for plain words looks through, case folded.
    qsizetype ownBytes = 0; ///< Of what it shares with no other.
    QByteArray mark = {}; ///< requestIdOf() when it began: what came later may have come without headers.

    [[nodiscard]] bool isNote() const { return !note.isEmpty(); }
    [[nodiscard]] bool isOfSandbox() const { return exchange.source == exchange::Source::Sandbox; }
};

/// What our own client marked the request with, so that its step and this row find each other: X-Request-Id
/// in its form, or at the authorization endpoint the PKCE challenge. Empty for all others.
[[nodiscard]] QByteArray requestIdOf(const exchange::Exchange &exchange);

/// All exchanges that are kept, in the order of arrival and with bounds: the oldest that are not pinned go
/// first. A value; one thread.
class ExchangeLog
{
public:
    struct Limits
    {
        qsizetype rows = 100'000;
        qsizetype bytes = 64 * 1024 * 1024; ///< Of bodies, headers, claims and all else that came with them.
    };
    /// What take() came to, in ascending order of serials.
    struct Change
    {
        QList<quint64> dropped;
        QList<quint64> updated; ///< Were there before and are still.
        QList<quint64> appended;
    };

    ExchangeLog() = default;
    explicit ExchangeLog(Limits limits)
        : m_limits(limits)
    { }

    /// Adds what began and completes what ended, by the exchange's id within this run.
    Change take(const QList<exchange::Exchange> &batch);
    /// From here on, the server's ids start anew.
    void startRun();
    Change addNote(const QString &note, qint64 atMs);
    /// All but what is pinned.
    void clear();
    void setPinned(quint64 serial, bool isPinned);

    /// Whether this exchange began in this run, is kept and has not ended.
    [[nodiscard]] bool isOpen(exchange::Key key) const { return m_open.contains(key); }
    /// Null where there is none, or none any more. Valid until the next change.
    [[nodiscard]] const Entry *find(quint64 serial) const;
    /// The newest row with this requestIdOf(); 0 where there is none.
    [[nodiscard]] quint64 serialOf(const QByteArray &requestId) const { return m_marked.value(requestId); }
    [[nodiscard]] QList<quint64> serials() const;
    [[nodiscard]] qsizetype size() const { return qsizetype(m_kept.size() + m_recent.size()); }
    [[nodiscard]] qsizetype sandboxCount() const { return m_sandboxCount; } ///< Of size().
    [[nodiscard]] const Limits &limits() const { return m_limits; }
    [[nodiscard]] qsizetype bytes() const { return m_ownBytes + m_sharing.bytes(); }
    [[nodiscard]] qint64 droppedCount() const { return m_droppedCount; }

    /// Calls `visit` with each entry in order.
    template <typename F> void forEach(F visit) const
    {
        for (const Entry &entry : m_kept)
            visit(entry);
        for (const Entry &entry : m_recent)
            visit(entry);
    }

private:
    Entry *entryFor(quint64 serial);
    Entry &append(Entry entry);
    void drop(Change &change);
    void count(const Entry &dropped, Change &change);
    void fill(Entry &entry, const exchange::Exchange &exchange);
    void release(const Entry &entry);

    Limits m_limits;
    Sharing m_sharing;
    std::deque<Entry> m_kept; ///< Pinned ones that are older than all of m_recent.
    std::deque<Entry> m_recent; ///< Serials without gaps.
    QHash<exchange::Key, quint64> m_open; ///< → serial.
    QHash<QByteArray, quint64> m_marked; ///< Request id → serial.
    qsizetype m_sandboxCount = 0;
    quint64 m_last = 0;
    qsizetype m_ownBytes = 0;
    qint64 m_droppedCount = 0;
};

} // namespace gatehouse::inspector
