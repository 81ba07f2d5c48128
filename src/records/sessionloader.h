// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/workerthread.h"
#include "records/sessionreader.h"

#include <QObject>
#include <QSemaphore>

#include <atomic>
#include <functional>
#include <memory>

namespace gatehouse::records {

/// Reads a session file on a thread of its own, in pieces: as much of it as somebody wants to look at.
/// Signals come on the thread that made it.
class SessionLoader : public QObject
{
    Q_OBJECT

public:
    explicit SessionLoader(QString path, QObject *parent = nullptr);
    /// Ends what it reads.
    ~SessionLoader() override;

    /// What to read. A file may hold more than fits into memory.
    struct Wish
    {
        qint64 behind = 0; ///< Rows behind that serial …
        qsizetype most = -1; ///< … so many of them at most; -1: all.
        bool isFromEnd = false; ///< The last `most` instead.
        /// Only those; called on the loader's thread.
        std::function<bool(const SessionRow &)> isWanted = {};
    };
    /// In place of what it reads now, of which nothing more is told.
    void load(const Wish &wish);
    void cancel();
    [[nodiscard]] bool isLoading() const { return m_isLoading; }

    /// What there is, as it was when that was looked at.
    struct Contents
    {
        QList<SessionRun> runs = {};
        qint64 first = 0; ///< Serials; 0 where there is no row.
        qint64 last = 0;
    };
    struct Outcome
    {
        std::optional<store::Fault> fault = {};
        qint64 unreadable = 0; ///< Rows.
        QString why = {}; ///< Of the first of those.
    };

Q_SIGNALS:
    /// First of all.
    void opened(const gatehouse::records::SessionLoader::Contents &contents);
    /// The next rows; `reached` is the serial up to which it has looked.
    void read(const QList<gatehouse::records::SessionRow> &rows, qint64 reached);
    void finished(const gatehouse::records::SessionLoader::Outcome &outcome);

private:
    void look(quint64 number, const Wish &wish);
    [[nodiscard]] base::Expected<Contents, store::Fault> open();
    /// On its own thread again, as long as that is what is wanted.
    void tell(quint64 number, const std::function<void()> &what);

    static constexpr int mostUntaken = 4; ///< Pieces that nobody has taken yet.

    const QString m_path;
    bool m_isLoading = false;
    std::atomic<quint64> m_wanted = 0; ///< The number of the wish.
    QSemaphore m_room{mostUntaken};
    QMutex m_mutex; ///< For m_reader, which others interrupt.
    std::unique_ptr<SessionReader> m_reader; ///< Of the other thread.
    base::WorkerThread m_thread; ///< Ends first.
};

} // namespace gatehouse::records
