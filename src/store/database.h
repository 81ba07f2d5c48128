// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "base/workerthread.h"
#include "store/address.h"
#include "store/connection.h"
#include "store/fault.h"

#include <QObject>
#include <QString>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace gatehouse::store {

/// What waits for a database, and how long.
struct DatabaseLimits
{
    int waitingJobs = 1000;
    int patienceMs = 5000; ///< What has waited longer than this is not begun any more.
    int longestJobMs
        = 12'000; ///< What takes longer is given up: a server that hangs, or a statement of SQLite.
    int farewellMs = 1000; ///< The same while the database is going.
    int probeMs = 3000; ///< So often a lost database is looked for, and a silent one asked.
    bool isLazy = false; ///< It is opened, and its file made, only when somebody asks it something.
};

/// What a database tells of itself, on its thread.
struct DatabaseWatch
{
    QString channel = {}; ///< Of a server's notifications; empty: none is listened to.
    std::function<void(const QString &payload)> told = {};
    /// There was a time in which nobody listened, and it is over.
    std::function<void()> missed = {};
    /// It failed, with why; or is well again. Only where that is news.
    std::function<void(const std::optional<Fault> &)> state = {};
};

/// One database on a thread of its own: jobs are done one after the other, and whoever asks never waits. It
/// opens by itself, and anew where it was lost.
class Database
{
public:
    Database(Address address, Schema schema, DatabaseWatch watch = {}, DatabaseLimits limits = {});
    /// Ends the job that is under way, and answers those that wait with a fault. Waits for that.
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    /// Whoever asked waits no more, so that a job need not be begun.
    using IsWanted = std::function<bool()>;
    template <typename T> using Job = std::function<base::Expected<T, Fault>(Connection &)>;
    template <typename T> using Answer = std::function<void(const base::Expected<T, Fault> &)>;

    /// Each from any thread. `answer` is called once, on the database's thread or, where too much waits, from
    /// within. One that is not wanted any more when its turn comes has no answer.
    /// A job that reads: it may be done twice where the server was lost meanwhile.
    template <typename T> void read(Job<T> job, Answer<T> answer, IsWanted isWanted = {})
    {
        const auto made = std::make_shared<std::optional<T>>();
        post({keeping(std::move(job), made), giving(std::move(answer), made), std::move(isWanted), false});
    }
    /// The same for a job that writes: in one transaction, and done anew only where nothing of it counts.
    template <typename T> void write(Job<T> job, Answer<T> answer, IsWanted isWanted = {})
    {
        const auto made = std::make_shared<std::optional<T>>();
        post({keeping(std::move(job), made), giving(std::move(answer), made), std::move(isWanted), true});
    }

private:
    using Done = base::Expected<void, Fault>;
    struct Task
    {
        std::function<Done(Connection &)> work = {};
        std::function<void(const Done &)> done = {};
        IsWanted isWanted = {};
        bool isWrite = false;
    };
    template <typename T>
    static std::function<Done(Connection &)> keeping(Job<T> job,
                                                     const std::shared_ptr<std::optional<T>> &made)
    {
        return [job = std::move(job), made](Connection &connection) -> Done {
            auto result = job(connection);
            if (!result)
                return base::failure(result.error());
            *made = std::move(*result);
            return {};
        };
    }
    template <typename T>
    static std::function<void(const Done &)> giving(Answer<T> answer,
                                                    const std::shared_ptr<std::optional<T>> &made)
    {
        return [answer = std::move(answer), made](const Done &done) {
            if (done)
                answer(base::Expected<T, Fault>(std::move(**made)));
            else
                answer(base::Expected<T, Fault>(base::failure(done.error())));
        };
    }
    void post(Task task);

    class Worker;
    void giveUpWhatHangs();
    const DatabaseLimits m_limits;
    std::atomic<int> m_waiting = 0;
    std::atomic<bool> m_isStopping = false;
    Worker *m_worker = nullptr; ///< Lives on the thread.
    base::WorkerThread m_thread;
    std::unique_ptr<base::WorkerThread> m_watcher; ///< Looks whether the other one hangs.
};

} // namespace gatehouse::store
