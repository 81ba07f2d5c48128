// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/exchange.h"
#include "inspector/compactlog.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <deque>
#include <optional>
#include <utility>

namespace gatehouse::inspector {

/// One line of the log: an exchange, or a note between them (the server was started anew).
struct Entry
{
    quint64 serial = 0; ///< Counts up from 1 over all runs; never used twice.
    exchange::Exchange exchange = {};
    QString note = {}; ///< Not empty: this is a note, and there is no exchange.
    bool isPinned = false;
    QByteArray folded = {}; ///< What a search for plain words looks through, case folded.

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
        /// Of bodies, headers, claims and all else that came with them. A row that is like no other takes a
        /// kilobyte of it by itself.
        qsizetype bytes = 64 * 1024 * 1024;
    };
    /// What record() came to, in ascending order of serials.
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
    Change record(const QList<exchange::Exchange> &batch);
    /// From here on, the server's ids start anew.
    void startRun();
    Change addNote(const QString &note, qint64 atMs);
    /// All but what is pinned.
    void clear();
    void setPinned(quint64 serial, bool isPinned);
    void unpinAll();

    /// Whether this exchange began in this run, is kept and has not ended.
    [[nodiscard]] bool isOpen(exchange::Key key) const { return m_open.contains(key); }
    /// Nothing where there is none, or none any more.
    [[nodiscard]] std::optional<Entry> find(quint64 serial) const;
    /// The same for one entry after the other: `before` is what was read into it before, null at first.
    /// False, and nothing read, where there is none.
    bool read(quint64 serial, Entry &entry, const Alike *&before) const;
    [[nodiscard]] bool contains(quint64 serial) const { return rowOf(serial) != nullptr; }
    /// The newest row with this requestIdOf(); 0 where there is none.
    [[nodiscard]] quint64 serialOf(const QByteArray &requestId) const { return m_marked.value(requestId); }
    [[nodiscard]] QList<quint64> serials() const;
    /// When the oldest came, in milliseconds since 1970; 0 where there is none.
    [[nodiscard]] qint64 oldestMs() const;
    [[nodiscard]] qsizetype size() const { return qsizetype(m_kept.size() + m_recent.size()); }
    [[nodiscard]] qsizetype sandboxCount() const { return m_sandboxCount; } ///< Of size().
    [[nodiscard]] const Limits &limits() const { return m_limits; }
    [[nodiscard]] qsizetype bytes() const { return m_log.bytes(); }
    [[nodiscard]] qint64 droppedCount() const { return m_droppedCount; }

    /// Calls `visit` with each entry in order.
    template <typename F> void forEach(F visit) const
    {
        Entry entry;
        const Alike *before = nullptr;
        for (const std::deque<Row> *rows : {&m_kept, &m_recent}) {
            for (const Row &row : *rows) {
                row.writeTo(entry, before);
                before = &row.compact.alike();
                visit(std::as_const(entry));
            }
        }
    }

private:
    struct Row
    {
        quint64 serial = 0;
        CompactExchange compact;
        bool isPinned = false;

        /// `before`: see CompactExchange::writeTo().
        void writeTo(Entry &entry, const Alike *before = nullptr) const;
        [[nodiscard]] bool isOfSandbox() const { return compact.key().source == exchange::Source::Sandbox; }
    };
    [[nodiscard]] const Row *rowOf(quint64 serial) const;
    [[nodiscard]] Row *rowOf(quint64 serial);
    Row &append(CompactExchange compact);
    void drop(Change &change);
    void count(Row &dropped, Change &change); ///< It is to be taken out then.
    void mark(quint64 serial, const exchange::Exchange &begun);
    void forgetMark(quint64 serial);

    Limits m_limits;
    CompactLog m_log;
    std::deque<Row> m_kept; ///< Pinned ones that are older than all of m_recent.
    std::deque<Row> m_recent; ///< Serials without gaps.
    QHash<exchange::Key, quint64> m_open; ///< → serial.
    QHash<QByteArray, quint64> m_marked; ///< Request id → serial.
    QHash<quint64, QByteArray> m_marks; ///< And back: what ends may end without headers.
    qsizetype m_sandboxCount = 0;
    quint64 m_last = 0;
    qint64 m_droppedCount = 0;
};

} // namespace gatehouse::inspector
