// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <chrono>

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

    [[nodiscard]] Done perform(const Task &task);
    /// Opens it where it is not.
    [[nodiscard]] Done ready();

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
    bool m_isNeeded = false; ///< Somebody asked.
};

Database::Done Database::Worker::open()
{
    m_connection.reset();
    auto opened = Connection::open(m_address, m_schema);
    if (!opened)
        return base::failure(opened.error());
    if (!m_watch.channel.isEmpty() && (*opened)->isServer()) {
        if (const auto heard = (*opened)->listen(m_watch.channel, m_watch.told); !heard)
            return heard;
    }
    m_connection = std::move(*opened);
    if (std::exchange(m_wasOpen, true) && m_watch.missed)
        m_watch.missed();
    return {};
}

Database::Done Database::Worker::ready()
{
    m_isNeeded = true;
    if (m_connection && m_connection->isOpen())
        return {};
    if (m_fault && m_sinceTry.elapsed() < m_pauseMs)
        return base::failure(*m_fault); // Nobody waits for a server that was away a moment ago.
    const Done opened = open();
    m_sinceTry.restart();
    m_pauseMs = opened ? 0 : std::clamp(m_pauseMs * 2, firstPauseMs, longestPauseMs);
    tell(opened);
    return opened;
}

Database::Done Database::Worker::once(const Task &task)
{
    if (const Done is = ready(); !is)
        return is;
    m_sinceUse.restart();
    return task.isWrite ? m_connection->transaction(task.work) : task.work(*m_connection);
}

Database::Done Database::Worker::perform(const Task &task)
{
    Done done = once(task);
    // A server that was restarted says so with the first statement. Nothing of it counts then, and what
    // might count is another fault.
    if (!done && done.error().kind == Fault::Kind::Unreachable && m_connection && !m_connection->isOpen())
        done = once(task);
    if (done || isOutage(done.error()))
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
    // So that what is wrong with it is known before somebody needs it.
    if (!m_limits.isLazy)
        QMetaObject::invokeMethod(
            m_worker, [worker = m_worker] { [[maybe_unused]] const Done is = worker->ready(); },
            Qt::QueuedConnection);
}

Database::~Database()
{
    m_isStopping = true;
    // Behind whatever waits.
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
