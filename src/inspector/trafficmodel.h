// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/exchangelog.h"
#include "inspector/filter.h"
#include "inspector/tone.h"

#include <QAbstractTableModel>
#include <QList>
#include <QSet>
#include <QString>

#include <functional>
#include <optional>

namespace gatehouse::inspector {

/// The log as a table: the rows that match the filter, in the order of arrival. Rows are appended as they
/// come, completed in place, and numbered by serial, which outlives every change of the filter.
class TrafficModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Pin,
        Number,
        Time,
        Client,
        Call,
        Http,
        Result,
        Auth,
        User,
        Took,
        Session, ///< From here on hidden at first.
        Method,
        Path,
        Revision,
        Token,
        Organization,
        Scope,
        Origin,
        RequestSize,
        ResponseSize,
        ColumnCount,
    };
    static constexpr int firstHiddenColumn = Session;

    enum Role {
        SerialRole = Qt::UserRole,
        CellToneRole, ///< Tone of this cell's text.
        RowToneRole, ///< Tone of the whole row; Plain for one that went well.
        NoteRole, ///< True for a note, which spans the row; its text is the display text of every cell.
        MutedPrefixRole, ///< How many characters at the start are said quietly.
        TookRole, ///< Microseconds; absent while running.
    };

    explicit TrafficModel(ExchangeLog::Limits limits = {}, QObject *parent = nullptr);

    /// What began or ended, in order.
    void record(const QList<exchange::Exchange> &batch);
    /// The server was started: ids begin anew. The note stands between the runs; empty adds none.
    void startRun(const QString &note, qint64 atMs);
    /// A line between the rows, if there are any.
    void addNote(const QString &note, qint64 atMs);
    enum class Pinned { Stay, Go };
    void clear(Pinned pinned = Pinned::Stay);
    void setFilter(const Filter &filter);
    [[nodiscard]] const Filter &filter() const { return m_filter; }
    /// Whether rows of the sandbox are shown; not so at first. A filter that asks for them shows them anyway.
    void setSandboxShown(bool isShown);
    [[nodiscard]] bool isSandboxShown() const { return m_isSandboxShown; }
    void setPinned(quint64 serial, bool isPinned);
    /// Of a file: what has not ended there never will. Before there is a view.
    void setStill(bool isStill) { m_isStill = isStill; }
    [[nodiscard]] bool isStill() const { return m_isStill; }
    /// While paused, what begins is counted and not kept; what is open is still completed.
    void setPaused(bool isPaused);

    [[nodiscard]] bool isPaused() const { return m_isPaused; }
    [[nodiscard]] qint64 skippedCount() const { return m_skippedCount; } ///< Since the pause began.
    [[nodiscard]] const ExchangeLog::Limits &limits() const { return m_log.limits(); }
    [[nodiscard]] qint64 droppedCount() const { return m_log.droppedCount(); }
    /// All rows but those of the sandbox while these are hidden.
    [[nodiscard]] qsizetype totalCount() const;
    [[nodiscard]] qsizetype hiddenSandboxCount() const { return showsSandbox() ? 0 : m_log.sandboxCount(); }
    /// The entry of a row or serial; nothing where there is none.
    [[nodiscard]] std::optional<Entry> entryAt(int row) const;
    [[nodiscard]] std::optional<Entry> entryOf(quint64 serial) const { return m_log.find(serial); }
    [[nodiscard]] bool contains(quint64 serial) const { return m_log.contains(serial); }
    /// When the oldest that is kept came, shown or not; 0 where nothing is.
    [[nodiscard]] qint64 oldestMs() const { return m_log.oldestMs(); }
    [[nodiscard]] int rowOf(quint64 serial) const; ///< -1 where it is not shown.
    /// The first shown row before (step −1) or behind (1) that serial which is wanted and no note; −1 where
    /// there is none. The serial need not be shown; 0 is before and behind all.
    [[nodiscard]] int rowBeside(quint64 serial, int step,
                                const std::function<bool(const Entry &)> &isWanted = {}) const;
    [[nodiscard]] quint64 serialOf(const QByteArray &requestId) const { return m_log.serialOf(requestId); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void countsChanged();
    /// So many rows were appended that match: counted at the source, not by what a view sees.
    void arrived(int count);
    /// The entry was completed or pinned, whether it is shown or not.
    void entryChanged(quint64 serial);

private:
    void apply(const ExchangeLog::Change &change);
    void removeShown(const QList<quint64> &serials);
    void reconsider(quint64 serial);
    void rebuild();
    [[nodiscard]] bool isWanted(const Entry &entry) const;
    [[nodiscard]] bool showsSandbox() const { return m_isSandboxShown || m_filter.asksForSandbox(); }

    [[nodiscard]] const Entry *look(int row) const;
    [[nodiscard]] QString textOf(const Entry &entry, int column) const;

    ExchangeLog m_log;
    mutable std::optional<Entry> m_looked; ///< What look() gave last: a view asks much of one row at a time.
    Filter m_filter;
    QList<quint64> m_shown; ///< Serials of the rows, ascending.
    bool m_isSandboxShown = false;
    bool m_isPaused = false;
    bool m_isStill = false;
    qint64 m_skippedCount = 0;
    QSet<exchange::Key> m_skipped; ///< Exchanges that began in a pause and have not ended.
};

/// What a row is called when it is read aloud: one sentence.
[[nodiscard]] QString spokenRow(const Entry &entry);

} // namespace gatehouse::inspector
