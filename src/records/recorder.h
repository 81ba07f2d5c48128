// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/workerthread.h"
#include "exchange/sink.h"
#include "records/sessionfile.h"

#include <QMutex>
#include <QSet>
#include <QTimer>

#include <atomic>
#include <optional>

namespace gatehouse::records {

/// Writes what passes into a session file as it goes, on a thread of its own: whoever tells it of something
/// never waits for the disk. What ended 150 ms ago is in the file, whatever ends the process (bench/README.md
/// has the numbers). What is under way at the time is written as well, and again when it has
/// ended.
class Recorder : public exchange::Sink
{
public:
    struct Limits
    {
        int flushMs = 40; ///< So often it is written.
        qsizetype waitingBytes
            = 64 * 1024 * 1024; ///< What comes beyond that is dropped, and counted in the file.
        qsizetype bodyBytes = 1024 * 1024; ///< Of one body.
        qint64 fileBytes = 0; ///< Of the file, 0: as many as come. The oldest give way.
        int endMs = 3000; ///< So long the end waits for whoever holds the file.
        int settleMs = 2000; ///< After so long without a call all stands in the file itself.
    };
    /// It failed, with why, and tries again; or is well again. A file that was moved away ends it for good.
    /// On its thread.
    using Told = std::function<void(const std::optional<store::Fault> &)>;

    Recorder(const QString &path, base::Clock clock, Told told, Limits limits);
    explicit Recorder(const QString &path, base::Clock clock, Told told = {})
        : Recorder(path, std::move(clock), std::move(told), Limits())
    { }
    /// Writes what waits, and that the run has ended. Waits for that, a few seconds where the file is held or
    /// the disk is full. What cannot be written even then is told of, and the run has no end in the file.
    ~Recorder() override;
    Q_DISABLE_COPY_MOVE(Recorder)

    /// What is told from here on belongs to that run; the one before ends. See SessionFile::beginRun(). What
    /// is told before the first waits for it. From any thread.
    void beginRun(const SessionRun &run, bool idsAreNew = true);
    // The sink's, from one thread.
    void began(const exchange::Exchange &exchange) override;
    void streams(const exchange::Exchange &exchange) override { pass(exchange); }
    void ended(const exchange::Exchange &exchange) override { pass(exchange); }
    [[nodiscard]] qsizetype bodyBudget() const override { return m_isOver ? 0 : m_limits.bodyBytes; }

    /// While paused, what begins is left out; what began before is completed. From any thread.
    void setPaused(bool isPaused);
    /// SessionFile::forget(), saveTo() and moveTo(), of all that it was told of before. `done` hears on its
    /// thread what came of it. Where it has moved to it takes as much as comes.
    using Done = std::function<void(const base::Expected<void, store::Fault> &)>;
    void forget();
    void saveTo(const QString &path, Done done);
    void moveTo(const QString &path, Done done);

    [[nodiscard]] qint64 droppedCount() const { return m_dropped; }
    /// Returns once all that it was told of before is in the file, or cannot be. From any other thread.
    void flush();

private:
    /// What belongs to one run.
    struct Page
    {
        std::optional<SessionRun> begins = {}; ///< A run, in front of these.
        bool idsAreNew = true;
        bool forgets = false; ///< What came before these.
        QList<exchange::Exchange> batch = {};
        QHash<exchange::Key, qsizetype> places = {}; ///< In the batch.
        qsizetype bytes = 0;
        qint64 dropped = 0;

        /// In place of what is there of it.
        void add(const exchange::Exchange &exchange);
    };
    void pass(const exchange::Exchange &exchange);
    void put(const exchange::Exchange &exchange);
    void ask(int ms);
    /// Once all that waits is in the file.
    void whenWritten(std::function<base::Expected<void, store::Fault>()> work, Done done);
    // On its thread.
    void open();
    void write();
    void writePages();
    void settle();
    void lookForFile();
    void end();
    void take();
    [[nodiscard]] bool hasBegun() const;
    [[nodiscard]] base::Expected<void, store::Fault> write(Page &page);
    void tell(const std::optional<store::Fault> &fault);

    QString m_path; ///< Of its thread.
    const base::Clock m_clock;
    const Told m_told;
    const Limits m_limits;
    qint64 m_fileBytes; ///< Limits::fileBytes, of the file in which it began. Of its thread.
    QMutex m_mutex; ///< For m_waiting, m_isPaused and m_skipped.
    QList<Page> m_waiting = {Page()};
    bool m_isPaused = false;
    QSet<exchange::Key> m_skipped; ///< That began in a pause and have not ended.
    std::atomic<qsizetype> m_bytes = 0; ///< Of all pages, here and there.
    std::atomic<bool> m_isAsked = false; ///< To write, a moment later.
    std::atomic<bool> m_isOver = false; ///< The file has gone, or is none of ours, or this is the end.
    std::atomic<qint64> m_dropped = 0;
    std::unique_ptr<SessionFile> m_file; ///< Of its thread, as all below.
    QList<Page> m_unwritten;
    bool m_hasRun = false;
    qsizetype m_grown = 0; ///< By about so many bytes since its size was looked at.
    std::optional<store::Fault> m_fault;
    std::unique_ptr<QTimer> m_settling;
    base::WorkerThread m_thread; ///< Ends first.
};

} // namespace gatehouse::records
