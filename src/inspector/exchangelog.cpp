// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/exchangelog.h"

#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

constexpr QByteArrayView ourRequestId = "gatehouse-";
constexpr qsizetype longestRequestId = 64;

} // namespace

QByteArray requestIdOf(const exchange::Exchange &exchange)
{
    const auto id = base::onlyValueOf(exchange.requestHeaders, "X-Request-Id");
    if (id && id->startsWith(ourRequestId) && id->size() <= longestRequestId)
        return *id;
    if (exchange.path != "/oauth2/authorize" || exchange.method != "GET")
        return {};
    const QByteArray challenge
        = QUrlQuery(QString::fromLatin1(exchange.query)).queryItemValue(u"code_challenge"_s).toLatin1();
    return challenge.size() <= longestRequestId ? challenge : QByteArray();
}

void ExchangeLog::Row::writeTo(Entry &entry, const Alike *before) const
{
    entry.serial = serial;
    entry.isPinned = isPinned;
    compact.writeTo(entry.exchange, before);
    if (before == &compact.alike())
        return;
    entry.folded = compact.alike().folded;
    entry.note = compact.alike().note;
}

void ExchangeLog::mark(quint64 serial, const exchange::Exchange &begun)
{
    const QByteArray mark = requestIdOf(begun);
    if (mark.isEmpty())
        return;
    m_marked.insert(mark, serial);
    m_marks.insert(serial, mark);
}

void ExchangeLog::forgetMark(quint64 serial)
{
    const QByteArray mark = m_marks.take(serial);
    if (!mark.isEmpty() && m_marked.value(mark) == serial)
        m_marked.remove(mark);
}

ExchangeLog::Change ExchangeLog::record(const QList<exchange::Exchange> &batch)
{
    Change change;
    const quint64 before = m_last;
    for (const exchange::Exchange &exchange : batch) {
        const bool isRunning = exchange.outcome == exchange::Outcome::Running;
        const auto open = m_open.constFind(keyOf(exchange));
        Row *row = open == m_open.constEnd() ? nullptr : rowOf(*open);
        if (row) {
            m_log.release(std::move(row->compact));
            row->compact = m_log.hold(exchange);
            if (row->serial <= before)
                change.updated.append(row->serial);
        } else {
            row = &append(m_log.hold(exchange));
            m_sandboxCount += row->isOfSandbox() ? 1 : 0;
            mark(row->serial, exchange);
        }
        if (isRunning)
            m_open.insert(keyOf(exchange), row->serial);
        else
            m_open.remove(keyOf(exchange));
    }
    drop(change);
    const quint64 first = m_recent.empty() ? m_last + 1 : m_recent.front().serial;
    for (quint64 serial = std::max(before + 1, first); serial <= m_last; ++serial)
        change.appended.append(serial);
    std::sort(change.updated.begin(), change.updated.end());
    change.updated.erase(std::unique(change.updated.begin(), change.updated.end()), change.updated.end());
    change.updated.removeIf([this](quint64 serial) { return !contains(serial); });
    // What came and went within this batch was never seen.
    change.dropped.removeIf([before](quint64 serial) { return serial > before; });
    return change;
}

void ExchangeLog::startRun()
{
    // The sandbox outlives a change of settings.
    m_open.removeIf([](const auto &open) { return open.key().source == exchange::Source::Server; });
}

ExchangeLog::Change ExchangeLog::addNote(const QString &note, qint64 atMs)
{
    Change change;
    change.appended.append(append(m_log.holdNote(note, atMs)).serial);
    drop(change);
    return change;
}

void ExchangeLog::clear()
{
    for (Row &row : m_recent) {
        if (row.isPinned)
            m_kept.push_back(std::move(row));
        else
            m_log.release(std::move(row.compact));
    }
    m_recent.clear();
    for (Row &row : m_kept) {
        if (!row.isPinned)
            m_log.release(std::move(row.compact));
    }
    std::erase_if(m_kept, [](const Row &row) { return !row.isPinned; });
    m_sandboxCount
        = std::count_if(m_kept.begin(), m_kept.end(), [](const Row &row) { return row.isOfSandbox(); });
    m_marked.removeIf([this](const auto &mark) { return !contains(mark.value()); });
    m_marks.removeIf([this](const auto &mark) { return !contains(mark.key()); });
    m_open.removeIf([this](const auto &open) { return !contains(open.value()); });
}

void ExchangeLog::setPinned(quint64 serial, bool isPinned)
{
    if (Row *row = rowOf(serial))
        row->isPinned = isPinned;
}

void ExchangeLog::unpinAll()
{
    for (std::deque<Row> *rows : {&m_kept, &m_recent}) {
        for (Row &row : *rows)
            row.isPinned = false;
    }
}

const ExchangeLog::Row *ExchangeLog::rowOf(quint64 serial) const
{
    if (!m_recent.empty() && serial >= m_recent.front().serial) {
        const quint64 place = serial - m_recent.front().serial;
        return place < m_recent.size() ? &m_recent[place] : nullptr;
    }
    const auto found = std::lower_bound(m_kept.begin(), m_kept.end(), serial,
                                        [](const Row &row, quint64 wanted) { return row.serial < wanted; });
    return found != m_kept.end() && found->serial == serial ? &*found : nullptr;
}

ExchangeLog::Row *ExchangeLog::rowOf(quint64 serial)
{
    return const_cast<Row *>(std::as_const(*this).rowOf(serial));
}

std::optional<Entry> ExchangeLog::find(quint64 serial) const
{
    const Row *row = rowOf(serial);
    if (!row)
        return std::nullopt;
    Entry entry;
    row->writeTo(entry);
    return entry;
}

bool ExchangeLog::read(quint64 serial, Entry &entry, const Alike *&before) const
{
    const Row *row = rowOf(serial);
    if (!row)
        return false;
    row->writeTo(entry, before);
    before = &row->compact.alike();
    return true;
}

qint64 ExchangeLog::oldestMs() const
{
    Entry entry;
    for (const std::deque<Row> *rows : {&m_kept, &m_recent}) {
        for (const Row &row : *rows) {
            row.writeTo(entry);
            if (!entry.isNote())
                return entry.exchange.times.receivedAt;
        }
    }
    return 0;
}

QList<quint64> ExchangeLog::serials() const
{
    QList<quint64> out;
    out.reserve(size());
    for (const std::deque<Row> *rows : {&m_kept, &m_recent}) {
        for (const Row &row : *rows)
            out.append(row.serial);
    }
    return out;
}

ExchangeLog::Row &ExchangeLog::append(CompactExchange compact)
{
    return m_recent.emplace_back(Row{++m_last, std::move(compact)});
}

void ExchangeLog::count(Row &dropped, Change &change)
{
    m_sandboxCount -= dropped.isOfSandbox() ? 1 : 0;
    if (m_open.value(dropped.compact.key()) == dropped.serial)
        m_open.remove(dropped.compact.key());
    forgetMark(dropped.serial);
    change.dropped.append(dropped.serial);
    ++m_droppedCount;
    m_log.release(std::move(dropped.compact));
}

void ExchangeLog::drop(Change &change)
{
    const auto isFull = [this] { return size() > m_limits.rows || bytes() > m_limits.bytes; };
    if (isFull()) {
        for (Row &row : m_kept) {
            if (!row.isPinned)
                count(row, change);
        }
        std::erase_if(m_kept, [](const Row &row) { return !row.isPinned; });
    }
    while (!m_recent.empty() && isFull()) {
        Row &oldest = m_recent.front();
        // Pinned ones stay, up to half of the room: else nothing new would be seen any more.
        if (oldest.isPinned && qsizetype(m_kept.size()) < m_limits.rows / 2) {
            m_kept.push_back(std::move(oldest));
        } else {
            count(oldest, change);
        }
        m_recent.pop_front();
    }
}

} // namespace gatehouse::inspector
