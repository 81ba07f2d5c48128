// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"

#include <QElapsedTimer>
#include <QScopeGuard>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <mutex>

using namespace Qt::StringLiterals;

namespace gatehouse::store {

namespace {

constexpr qint64 firstPauseMs = 250;
constexpr qint64 longestPauseMs = 5000;

} // namespace

/// What lives on the thread.
class Database::Worker : public QObject
{
public:
    Worker(Address address, Schema schema, DatabaseWatch watch, const DatabaseLimits &limits, QObject *parent)
        : QObject(parent)
        , m_address(std::move(address))
        , m_schema(std::move(schema))
        , m_watch(std::move(watch))
    {
        m_probe.setInterval(std::chrono::milliseconds(limits.probeMs));
        connect(&m_probe, &QTimer::timeout, this, &Worker::probe);
        m_probe.start();
        m_sinceTry.start();
        m_sinceUse.start();
    }
    ~Worker() override { close(); }

    [[nodiscard]] Done perform(const Task &task);
    /// Opens it where it is not, or where it could not be written.
    [[nodiscard]] Done ready(bool isToWrite = false);
    /// Ends what has been waited for longer than that. From any thread.
    void giveUp(qint64 longestMs) const;

private:
    [[nodiscard]] Done open();
    [[nodiscard]] Done once(const Task &task);
    void probe();
    void tell(const Done &done);

    const Address m_address;
    const Schema m_schema;
    const DatabaseWatch m_watch;
    std::unique_ptr<Connection> m_connection;
    QTimer m_probe{this};
    QElapsedTimer m_sinceTry;
    QElapsedTimer m_sinceUse;
    qint64 m_pauseMs = 0; ///< Before the next try to open it.
    std::optional<Fault> m_fault; ///< Of the last try, or what the state was told to be.
    bool m_wasOpen = false;
    bool m_isOld = false; ///< It is opened anew with the next job that writes.
    bool m_isNeeded = false; ///< Somebody asked.
    mutable std::mutex m_mutex; ///< Of what follows.
    std::optional<QElapsedTimer> m_busy; ///< Since a job, or a question of our own, began.
    std::shared_ptr<const Interruption> m_interruption;

    void close()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_interruption.reset();
        }
        m_connection.reset();
    }
    void setBusy(bool isBusy)
    {
        const std::lock_guard lock(m_mutex);
        m_busy.reset();
        if (isBusy)
            m_busy.emplace().start();
    }
};

Database::Done Database::Worker::open()
{
    if (m_connection) {
        if (const Done left = m_connection->leave(); !left)
            return left;
    }
    close();
    auto opened = Connection::open(m_address, m_schema);
    if (!opened)
        return base::failure(opened.error());
    // A server that only repeats another one tells nobody, and can be read all the same.
    if (!m_watch.channel.isEmpty() && (*opened)->isServer()) [[maybe_unused]]
        const auto heard = (*opened)->listen(m_watch.channel, m_watch.told);
    m_connection = std::move(*opened);
    {
        const std::lock_guard lock(m_mutex);
        m_interruption = m_connection->interruption();
    }
    if (std::exchange(m_wasOpen, true) && m_watch.missed)
        m_watch.missed();
    return {};
}

Database::Done Database::Worker::ready(bool isToWrite)
{
    m_isNeeded = true;
    const bool isOfWriting = isToWrite && std::exchange(m_isOld, false);
    if (m_connection && m_connection->isOpen() && !isOfWriting)
        return {};
    if (!isOfWriting && m_fault && m_sinceTry.elapsed() < m_pauseMs)
        return base::failure(*m_fault); // Nobody waits for a server that was away a moment ago.
    const Done opened = open();
    m_sinceTry.restart();
    m_pauseMs = opened ? 0 : std::clamp(m_pauseMs * 2, firstPauseMs, longestPauseMs);
    if (!opened || !isOfWriting)
        tell(opened);
    return opened;
}

Database::Done Database::Worker::once(const Task &task)
{
    if (const Done is = ready(task.isWrite); !is)
        return is;
    m_sinceUse.restart();
    return task.isWrite ? m_connection->transaction(task.work) : task.work(*m_connection);
}

void Database::Worker::giveUp(qint64 longestMs) const
{
    const std::lock_guard lock(m_mutex);
    if (m_busy && m_busy->elapsed() > longestMs && m_interruption)
        m_interruption->interrupt();
}

Database::Done Database::Worker::perform(const Task &task)
{
    setBusy(true);
    const auto over = qScopeGuard([this] { setBusy(false); });
    Done done = once(task);
    // A server that was restarted says so with the first statement. Nothing of it counts then, and what
    // might count is another fault.
    if (!done && done.error().kind == Fault::Kind::Unreachable && m_connection && !m_connection->isOpen())
        done = once(task);
    if (!done && done.error().kind == Fault::Kind::ReadOnly)
        m_isOld = true; // It stays so, though its file can be written by now.
    // That it can be read says nothing of a full disk.
    const bool isOfWriting
        = m_fault && (m_fault->kind == Fault::Kind::Full || m_fault->kind == Fault::Kind::ReadOnly);
    if (done ? task.isWrite || !isOfWriting : isOutage(done.error()))
        tell(done);
    return done;
}

void Database::Worker::tell(const Done &done)
{
    if (done ? !m_fault.has_value() : m_fault && m_fault->kind == done.error().kind)
        return;
    m_fault = done ? std::nullopt : std::optional(done.error());
    if (m_watch.state)
        m_watch.state(m_fault);
}

/// A listener that nobody calls finds out by itself that it listens to nobody.
void Database::Worker::probe()
{
    if (!m_isNeeded)
        return;
    setBusy(true);
    const auto over = qScopeGuard([this] { setBusy(false); });
    const bool isOpen = m_connection && m_connection->isOpen();
    if (isOpen && m_connection->isServer() && m_sinceUse.elapsed() >= m_probe.interval()) {
        m_sinceUse.restart();
        [[maybe_unused]] const auto asked = m_connection->run(u"SELECT 1"_s);
    }
    [[maybe_unused]] const Done is = ready();
}

Database::Database(Address address, Schema schema, DatabaseWatch watch, DatabaseLimits limits)
    : m_limits(limits)
{
    QMetaObject::invokeMethod(
        m_thread.context(),
        [this, &address, &schema, &watch] {
            m_worker = new Worker(std::move(address), std::move(schema), std::move(watch), m_limits,
                                  m_thread.context());
        },
        Qt::BlockingQueuedConnection);
    giveUpWhatHangs();
    // So that what is wrong with it is known before somebody needs it.
    if (!m_limits.isLazy)
        QMetaObject::invokeMethod(
            m_worker, [worker = m_worker] { [[maybe_unused]] const Done is = worker->ready(); },
            Qt::QueuedConnection);
}

/// On a thread of its own, since the other one waits then.
void Database::giveUpWhatHangs()
{
    m_watcher = std::make_unique<base::WorkerThread>();
    QMetaObject::invokeMethod(m_watcher->context(), [this, context = m_watcher->context()] {
        auto *look = new QTimer(context);
        QObject::connect(look, &QTimer::timeout, look, [this] {
            m_worker->giveUp(m_isStopping ? m_limits.farewellMs : m_limits.longestJobMs);
        });
        look->start(std::chrono::milliseconds(std::min(m_limits.farewellMs, 500)));
    });
}

Database::~Database()
{
    m_isStopping = true;
    // Behind whatever waits. The watcher goes when nothing can hang any more, and before what it watches.
    QMetaObject::invokeMethod(
        m_thread.context(), [] {}, Qt::BlockingQueuedConnection);
    m_watcher.reset();
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker] { delete worker; }, Qt::BlockingQueuedConnection);
}

void Database::post(Task task)
{
    if (m_isStopping)
        return task.done(base::failure(Fault{Fault::Kind::Stopped}));
    if (m_waiting.fetch_add(1) >= m_limits.waitingJobs) {
        --m_waiting;
        return task.done(base::failure(Fault{Fault::Kind::Busy, u"Too much waits."_s}));
    }
    QElapsedTimer waited;
    waited.start();
    QMetaObject::invokeMethod(
        m_worker,
        [this, waited, task = std::move(task)] {
            --m_waiting;
            if (task.isWanted && !task.isWanted())
                return;
            if (m_isStopping)
                return task.done(base::failure(Fault{Fault::Kind::Stopped}));
            if (waited.elapsed() > m_limits.patienceMs)
                return task.done(base::failure(Fault{Fault::Kind::Busy, u"It waited too long."_s}));
            task.done(m_worker->perform(task));
        },
        Qt::QueuedConnection);
}

} // namespace gatehouse::store
