// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/recorder.h"

#include <QDeadlineTimer>
#include <QThread>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::records {

using exchange::Exchange;
using store::Fault;

namespace {

constexpr int retryMs = 1000;

/// Waiting changes nothing about these.
bool isFinal(const Fault &fault)
{
    using Kind = Fault::Kind;
    return fault.kind == Kind::NotOurs || fault.kind == Kind::TooNew || fault.kind == Kind::Damaged
        || fault.kind == Kind::NoDriver;
}

} // namespace

Recorder::Recorder(const QString &path, base::Clock clock, Told told, Limits limits)
    : m_path(path)
    , m_clock(std::move(clock))
    , m_told(std::move(told))
    , m_limits(limits)
    , m_fileBytes(limits.fileBytes)
{
    QMetaObject::invokeMethod(m_thread.context(), [this] { open(); });
}

Recorder::~Recorder()
{
    QMetaObject::invokeMethod(
        m_thread.context(), [this] { end(); }, Qt::BlockingQueuedConnection);
}

void Recorder::end()
{
    const QDeadlineTimer deadline(m_limits.endMs);
    write();
    while (m_fault && !m_isOver && !deadline.hasExpired()) {
        QThread::msleep(50);
        write();
    }
    m_isOver = true; // A timer may still ask to write.
    m_settling.reset();
    qint64 lost = 0;
    for (const Page &page : std::as_const(m_unwritten))
        lost += page.batch.size() + page.dropped;
    if (lost > 0 && m_fault)
        tell(Fault{Fault::Kind::Failed,
                   u"%1 requests were not written. %2"_s.arg(lost).arg(sentenceOf(*m_fault, m_path))});
    else if (m_hasRun && m_file && m_file->isThere()) {
        if (const auto done = m_file->endRun(m_clock()); !done)
            tell(done.error());
    }
    m_file.reset();
}

void Recorder::Page::add(const Exchange &exchange)
{
    const exchange::Key key = keyOf(exchange);
    bytes += sizeOf(exchange);
    if (const auto place = places.constFind(key); place != places.cend()) {
        bytes -= sizeOf(batch.at(*place));
        batch[*place] = exchange;
    } else {
        places.insert(key, batch.size());
        batch.append(exchange);
    }
}

void Recorder::setPaused(bool isPaused)
{
    const QMutexLocker lock(&m_mutex);
    m_isPaused = isPaused;
}

void Recorder::began(const Exchange &exchange)
{
    {
        const QMutexLocker lock(&m_mutex);
        if (m_isPaused) {
            m_skipped.insert(keyOf(exchange));
            return;
        }
    }
    put(exchange);
}

void Recorder::pass(const Exchange &exchange)
{
    {
        const QMutexLocker lock(&m_mutex);
        const auto skipped = m_skipped.constFind(keyOf(exchange));
        if (skipped != m_skipped.cend()) {
            if (exchange.outcome != exchange::Outcome::Running)
                m_skipped.erase(skipped);
            return;
        }
    }
    put(exchange);
}

void Recorder::whenWritten(std::function<base::Expected<void, Fault>()> work, Done done)
{
    QMetaObject::invokeMethod(m_thread.context(), [this, work = std::move(work), done = std::move(done)] {
        write();
        if (!m_unwritten.isEmpty() || !m_file)
            return done(base::failure(m_fault.value_or(Fault{Fault::Kind::Stopped, {}})));
        done(work());
    });
}

/// In its place among what it is told: what comes a moment later is not meant.
void Recorder::forget()
{
    {
        const QMutexLocker lock(&m_mutex);
        Page page;
        page.forgets = true;
        m_waiting.append(page);
    }
    ask(m_limits.flushMs);
}

void Recorder::saveTo(const QString &path, Done done)
{
    whenWritten([this, path] { return m_file->saveTo(path, m_clock()); }, std::move(done));
}

void Recorder::moveTo(const QString &path, Done done)
{
    whenWritten(
        [this, path] {
            auto moved = m_file->moveTo(path);
            if (moved) {
                m_path = path;
                m_fileBytes = 0;
            }
            return moved;
        },
        std::move(done));
}

void Recorder::put(const Exchange &exchange)
{
    if (m_isOver)
        return;
    {
        const QMutexLocker lock(&m_mutex);
        Page &page = m_waiting.last();
        const qsizetype before = page.bytes;
        if (m_bytes + sizeOf(exchange) <= m_limits.waitingBytes) {
            page.add(exchange);
            m_bytes += page.bytes - before;
        } else if (exchange.outcome != exchange::Outcome::Running) {
            ++page.dropped;
            ++m_dropped;
        }
    }
    ask(m_limits.flushMs);
}

void Recorder::beginRun(const SessionRun &run, bool idsAreNew)
{
    {
        const QMutexLocker lock(&m_mutex);
        Page page;
        page.begins = run;
        page.idsAreNew = idsAreNew;
        m_waiting.append(page);
        if (idsAreNew)
            m_skipped.clear();
    }
    ask(m_limits.flushMs);
}

/// Once for all that comes until then.
void Recorder::ask(int ms)
{
    if (m_isAsked.exchange(true))
        return;
    QMetaObject::invokeMethod(
        m_thread.context(), [this, ms] { QTimer::singleShot(ms, m_thread.context(), [this] { write(); }); });
}

void Recorder::flush()
{
    QMetaObject::invokeMethod(
        m_thread.context(), [this] { write(); }, Qt::BlockingQueuedConnection);
}

void Recorder::tell(const std::optional<Fault> &fault)
{
    if (fault && isFinal(*fault))
        m_isOver = true;
    if (std::exchange(m_fault, fault) != fault && m_told)
        m_told(fault);
}

void Recorder::open()
{
    auto file = SessionFile::open(m_path);
    if (file) {
        m_file = *std::move(file);
        m_settling = std::make_unique<QTimer>();
        m_settling->setSingleShot(true);
        m_settling->setInterval(m_limits.settleMs);
        QObject::connect(m_settling.get(), &QTimer::timeout, m_thread.context(), [this] { settle(); });
    }
    tell(file ? std::nullopt : std::optional(file.error()));
}

/// Whether a run begins in what could not be written.
bool Recorder::hasBegun() const
{
    return std::any_of(m_unwritten.begin(), m_unwritten.end(),
                       [](const Page &page) { return page.begins.has_value(); });
}

/// What waits comes behind what could not be written. What is told before the first run waits for that.
void Recorder::take()
{
    const QMutexLocker lock(&m_mutex);
    for (Page &page : m_waiting) {
        const bool isFirst
            = page.begins && !m_hasRun && m_unwritten.size() == 1 && !m_unwritten.first().begins;
        if (isFirst) {
            m_unwritten.first().begins = std::exchange(page.begins, std::nullopt);
            m_unwritten.first().idsAreNew = page.idsAreNew;
        }
        if (page.forgets && !m_hasRun && !hasBegun()) { // Nothing of it is in the file.
            m_unwritten.clear();
            page.forgets = false;
        }
        if (page.begins || page.forgets || m_unwritten.isEmpty()) {
            m_unwritten.append(std::move(page));
            continue;
        }
        Page &last = m_unwritten.last();
        for (const Exchange &exchange : std::as_const(page.batch))
            last.add(exchange);
        last.dropped += page.dropped;
    }
    m_waiting = {Page()};
}

base::Expected<void, Fault> Recorder::write(Page &page)
{
    if (page.begins) {
        if (m_hasRun) {
            if (const auto ended = m_file->endRun(page.begins->startedMs); !ended)
                return ended;
        }
        if (const auto begun = m_file->beginRun(*page.begins, page.idsAreNew); !begun)
            return begun;
        m_hasRun = true;
        page.begins.reset();
    }
    if (page.forgets) {
        if (const auto forgotten = m_file->forget(); !forgotten)
            return forgotten;
        page.forgets = false;
    }
    if (page.batch.isEmpty() && page.dropped == 0)
        return {};
    return m_file->write(page.batch, page.dropped);
}

/// Where the file is gone, what was written goes with it, wherever that is now.
void Recorder::lookForFile()
{
    if (!m_file || m_file->isThere())
        return;
    const auto left = m_file->leave();
    m_file.reset();
    m_isOver = true;
    tell(Fault{
        Fault::Kind::CannotOpen,
        left ? u"it was moved away or removed."_s
             : u"it was moved away or removed while another program reads it: what was written last is in "
               "the file whose name ends with -wal."_s});
}

void Recorder::writePages()
{
    while (m_file && !m_unwritten.isEmpty()) {
        Page &page = m_unwritten.first();
        if (!m_hasRun && !page.begins)
            return;
        if (const auto done = write(page); !done)
            return tell(done.error());
        m_grown += page.bytes;
        m_unwritten.removeFirst();
        tell(std::nullopt);
    }
    if (m_file && m_fileBytes > 0 && m_grown > m_fileBytes / 16) {
        m_grown = 0;
        if (const auto done = m_file->keepWithin(m_fileBytes); !done)
            tell(done.error());
    }
}

void Recorder::write()
{
    m_isAsked = false;
    if (m_isOver) // Also where a timer asks after the end.
        return m_unwritten.clear();
    if (!m_file)
        open();
    lookForFile();
    take();
    if (m_isOver)
        m_unwritten.clear();
    writePages();
    qsizetype bytes = 0;
    for (const Page &page : std::as_const(m_unwritten))
        bytes += page.bytes;
    const QMutexLocker lock(&m_mutex);
    for (const Page &page : std::as_const(m_waiting))
        bytes += page.bytes;
    m_bytes = bytes;
    if (m_settling)
        m_settling->start();
    if (m_fault && !m_isOver)
        ask(retryMs);
}

/// So that who copies the file alone has all of it.
void Recorder::settle()
{
    if (m_file && m_file->isThere())
        m_file->settle();
}

} // namespace gatehouse::records
