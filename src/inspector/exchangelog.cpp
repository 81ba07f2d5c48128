// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/exchangelog.h"

#include "inspector/words.h"

#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

/// What a person would type to find it: the row's words, and what the hidden columns show. Without the time,
/// so that rows that are alike share it.
QByteArray foldedWordsOf(const exchange::Exchange &exchange)
{
    const RowWords words = wordsOf(exchange);
    const QStringList all{words.client,
                          words.call,
                          words.status,
                          words.result,
                          words.verdict,
                          words.user,
                          QString::fromUtf8(exchange.path),
                          exchange.organization};
    return all.join(u'\n').toCaseFolded().toUtf8();
}

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

void ExchangeLog::fill(Entry &entry, const exchange::Exchange &exchange)
{
    entry.exchange = exchange;
    entry.ownBytes = m_sharing.hold(entry.exchange);
    entry.folded = foldedWordsOf(exchange);
    m_sharing.hold(entry.folded);
    m_ownBytes += entry.ownBytes;
}

void ExchangeLog::release(const Entry &entry)
{
    m_ownBytes -= entry.ownBytes;
    m_sharing.release(entry.exchange);
    m_sharing.release(entry.folded);
}

ExchangeLog::Change ExchangeLog::take(const QList<exchange::Exchange> &batch)
{
    Change change;
    const quint64 before = m_last;
    for (const exchange::Exchange &exchange : batch) {
        const bool isRunning = exchange.outcome == exchange::Outcome::Running;
        const auto open = m_open.constFind(keyOf(exchange));
        Entry *entry = open == m_open.constEnd() ? nullptr : entryFor(*open);
        if (entry) {
            release(*entry);
            if (entry->serial <= before)
                change.updated.append(entry->serial);
        } else {
            entry = &append(Entry{});
            m_sandboxCount += exchange.source == exchange::Source::Sandbox ? 1 : 0;
            entry->mark = requestIdOf(exchange);
            if (!entry->mark.isEmpty())
                m_marked.insert(entry->mark, entry->serial);
        }
        fill(*entry, exchange);
        if (isRunning)
            m_open.insert(keyOf(exchange), entry->serial);
        else
            m_open.remove(keyOf(exchange));
    }
    drop(change);
    const quint64 first = m_recent.empty() ? m_last + 1 : m_recent.front().serial;
    for (quint64 serial = std::max(before + 1, first); serial <= m_last; ++serial)
        change.appended.append(serial);
    std::sort(change.updated.begin(), change.updated.end());
    change.updated.erase(std::unique(change.updated.begin(), change.updated.end()), change.updated.end());
    change.updated.removeIf([this](quint64 serial) { return find(serial) == nullptr; });
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
    Entry entry;
    entry.note = note;
    entry.notedAt = atMs;
    entry.folded = note.toCaseFolded().toUtf8();
    m_sharing.hold(entry.folded);
    Change change;
    change.appended.append(append(std::move(entry)).serial);
    drop(change);
    return change;
}

void ExchangeLog::clear()
{
    for (Entry &entry : m_recent) {
        if (entry.isPinned)
            m_kept.push_back(std::move(entry));
        else
            release(entry);
    }
    m_recent.clear();
    std::erase_if(m_kept, [this](const Entry &entry) {
        if (!entry.isPinned)
            release(entry);
        return !entry.isPinned;
    });
    m_sandboxCount
        = std::count_if(m_kept.begin(), m_kept.end(), [](const Entry &entry) { return entry.isOfSandbox(); });
    m_marked.removeIf([this](const auto &mark) { return find(mark.value()) == nullptr; });
    m_open.removeIf([this](const auto &open) { return find(open.value()) == nullptr; });
}

void ExchangeLog::setPinned(quint64 serial, bool isPinned)
{
    if (Entry *entry = entryFor(serial))
        entry->isPinned = isPinned;
}

const Entry *ExchangeLog::find(quint64 serial) const
{
    if (!m_recent.empty() && serial >= m_recent.front().serial) {
        const quint64 place = serial - m_recent.front().serial;
        return place < m_recent.size() ? &m_recent[place] : nullptr;
    }
    const auto found
        = std::lower_bound(m_kept.begin(), m_kept.end(), serial,
                           [](const Entry &entry, quint64 wanted) { return entry.serial < wanted; });
    return found != m_kept.end() && found->serial == serial ? &*found : nullptr;
}

Entry *ExchangeLog::entryFor(quint64 serial)
{
    return const_cast<Entry *>(std::as_const(*this).find(serial));
}

QList<quint64> ExchangeLog::serials() const
{
    QList<quint64> out;
    out.reserve(size());
    forEach([&out](const Entry &entry) { out.append(entry.serial); });
    return out;
}

Entry &ExchangeLog::append(Entry entry)
{
    entry.serial = ++m_last;
    m_recent.push_back(std::move(entry));
    return m_recent.back();
}

void ExchangeLog::count(const Entry &dropped, Change &change)
{
    release(dropped);
    m_sandboxCount -= dropped.isOfSandbox() ? 1 : 0;
    if (m_open.value(keyOf(dropped.exchange)) == dropped.serial)
        m_open.remove(keyOf(dropped.exchange));
    if (!dropped.mark.isEmpty() && m_marked.value(dropped.mark) == dropped.serial)
        m_marked.remove(dropped.mark);
    change.dropped.append(dropped.serial);
    ++m_droppedCount;
}

void ExchangeLog::drop(Change &change)
{
    const auto isFull = [this] { return size() > m_limits.rows || bytes() > m_limits.bytes; };
    if (isFull()) {
        std::erase_if(m_kept, [this, &change](const Entry &entry) {
            if (!entry.isPinned)
                count(entry, change);
            return !entry.isPinned;
        });
    }
    while (!m_recent.empty() && isFull()) {
        Entry &oldest = m_recent.front();
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
