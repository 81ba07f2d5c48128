// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sessionreader.h"

#include "records/columns.h"
#include "records/sessionschema.h"

using namespace Qt::StringLiterals;

namespace gatehouse::records {

namespace {

using exchange::Exchange;
using store::Fault;
using Done = base::Expected<void, Fault>;

constexpr qint64 longestCell = 2 * 1024 * 1024; ///< Bytes; what is longer was not written by us, and is cut.
constexpr qsizetype mostKnownBytes = 32 * 1024 * 1024;
constexpr qsizetype mostPageBytes = 32 * 1024 * 1024;

tl::unexpected<Fault> damaged(const QString &detail)
{
    return base::failure(Fault{Fault::Kind::Damaged, detail});
}

/// In a forged file a number may be a text of any length.
QString selected(const Column &column)
{
    return (qstrcmp(column.type, "INTEGER") == 0
                ? u"iif(typeof(%1) = 'integer', %1, NULL)"_s
                : u"substr(%1, 1, %2)"_s.replace(u"%2"_s, QString::number(longestCell)))
        .arg(QLatin1StringView(column.name));
}

} // namespace

SessionReader::SessionReader(QString path, std::unique_ptr<store::Connection> connection)
    : m_path(std::move(path))
    , m_connection(std::move(connection))
    , m_known(sharedColumns().size())
{
    QStringList all{u"serial"_s, u"run"_s};
    for (const Column &column : columns())
        all.append(selected(column));
    for (const SharedColumn &column : sharedColumns())
        all.append(QLatin1StringView(column.name));
    m_select = u"SELECT %1 FROM exchange WHERE serial > ? ORDER BY serial LIMIT ?"_s.arg(all.join(u", "_s));
}

base::Expected<std::unique_ptr<SessionReader>, Fault> SessionReader::open(const QString &path)
{
    auto connection = store::Connection::openToRead(path, sessionSchema());
    if (!connection)
        return base::failure(connection.error());
    std::unique_ptr<SessionReader> made(new SessionReader(path, *std::move(connection)));
    made->m_interruption = made->m_connection->interruption();
    return made;
}

void SessionReader::interrupt()
{
    const QMutexLocker lock(&m_mutex);
    m_isInterrupted = true;
    if (m_interruption)
        m_interruption->interrupt();
}

bool SessionReader::isInterrupted()
{
    const QMutexLocker lock(&m_mutex);
    return m_isInterrupted;
}

Done SessionReader::openAnew()
{
    {
        const QMutexLocker lock(&m_mutex);
        m_interruption.reset(); // Before what it interrupts.
    }
    auto connection = store::Connection::openToRead(m_path, sessionSchema());
    if (!connection)
        return base::failure(connection.error());
    m_connection = *std::move(connection);
    for (auto &known : m_known)
        known.clear(); // Numbers of another file, perhaps.
    m_knownBytes = 0;
    const QMutexLocker lock(&m_mutex);
    m_interruption = m_connection->interruption();
    return m_isInterrupted ? base::failure(Fault{Fault::Kind::Busy, {}}) : Done();
}

base::Expected<QList<SessionRun>, Fault> SessionReader::runs()
{
    const auto read = m_connection->run(
        u"SELECT id, started_ms, ended_ms, substr(program, 1, 200), substr(resource, 1, 2000), "
        "substr(issuer, 1, 2000), substr(settings, 1, 100000), substr(keys, 1, 100000), dropped FROM run "
        "ORDER BY id LIMIT 10000"_s);
    if (!read)
        return base::failure(read.error());
    QList<SessionRun> runs;
    for (const QVariantList &row : read->rows)
        runs.append({row.at(0).toLongLong(), row.at(1).toLongLong(), row.at(2).toLongLong(),
                     row.at(3).toString(), row.at(4).toString(), row.at(5).toString(),
                     row.at(6).toString().toUtf8(), row.at(7).toString().toUtf8(), row.at(8).toLongLong()});
    return runs;
}

base::Expected<std::pair<qint64, qint64>, Fault> SessionReader::span()
{
    // Counting would read all of the file.
    const auto read = m_connection->run(
        u"SELECT (SELECT min(serial) FROM exchange), (SELECT max(serial) FROM exchange)"_s);
    if (!read)
        return base::failure(read.error());
    const QVariantList ends = read->rows.value(0);
    return std::pair(ends.value(0).toLongLong(), ends.value(1).toLongLong());
}

base::Expected<qint64, Fault> SessionReader::serverRequests()
{
    const auto read = m_connection->run(u"SELECT count(*) FROM exchange WHERE source = 'server'"_s);
    if (!read)
        return base::failure(read.error());
    return read->rows.value(0).value(0).toLongLong();
}

base::Expected<void, Fault> SessionReader::readShared(qsizetype column, qint64 id, Exchange &exchange)
{
    const SharedColumn &shared = sharedColumns().at(column);
    QHash<qint64, Exchange> &known = m_known[column];
    auto found = known.constFind(id);
    if (found == known.cend()) {
        const auto read = m_connection->run(
            u"SELECT substr(text, 1, %1) FROM shared WHERE id = ?"_s.arg(longestCell), {id});
        if (!read)
            return base::failure(read.error());
        if (read->rows.isEmpty())
            return damaged(u"%1 %2 is missing."_s.arg(QLatin1StringView(shared.name)).arg(id));
        Exchange made;
        if (const auto into = shared.into(made, read->rows.first().first().toByteArray()); !into)
            return damaged(into.error());
        m_knownBytes += exchange::sizeOf(made);
        if (m_knownBytes > mostKnownBytes) {
            for (auto &all : m_known)
                all.clear();
            m_knownBytes = exchange::sizeOf(made);
        }
        found = known.insert(id, made);
    }
    shared.copy(*found, exchange);
    return {};
}

base::Expected<SessionReader::Page, Fault> SessionReader::rowsBehind(qint64 serial, int most)
{
    constexpr int tries = 3;
    for (int i = 0; i < tries; ++i) {
        if (isInterrupted())
            break;
        // Somebody writes what was read as a file that nobody writes.
        if (!m_connection->isOpen()) {
            if (const Done opened = openAnew(); !opened)
                return base::failure(opened.error());
        }
        auto page = read(serial, most);
        if (!page || m_connection->isOpen())
            return page;
    }
    return base::failure(Fault{Fault::Kind::Busy, {}});
}

base::Expected<SessionReader::Page, Fault> SessionReader::read(qint64 serial, int most)
{
    Page page;
    page.last = serial;
    qsizetype bytes = 0;
    Done known;
    const Done read = m_connection->read(m_select, {serial, qint64(most)}, [&](const QVariantList &values) {
        SessionRow row;
        const auto readable = readRow(values, row);
        if (!readable && readable.error().kind != Fault::Kind::Damaged) {
            known = readable;
            return false;
        }
        // In a damaged file, or a forged one, the same could come again and again.
        if (row.serial <= page.last) {
            known = damaged(u"its rows are in no order."_s);
            return false;
        }
        page.last = row.serial;
        bytes += exchange::sizeOf(row.exchange);
        if (readable)
            page.rows.append(row);
        else if (page.unreadable++ == 0)
            page.why = readable.error().detail;
        return bytes < mostPageBytes;
    });
    if (!read || !known)
        return base::failure(read ? known.error() : read.error());
    return page;
}

base::Expected<void, Fault> SessionReader::readRow(const QVariantList &values, SessionRow &row)
{
    row.serial = values.at(0).toLongLong();
    row.run = values.at(1).toLongLong();
    qsizetype at = 2;
    for (const Column &column : columns()) {
        if (!column.into(row.exchange, values.at(at++)))
            return damaged(u"%1 of row %2."_s.arg(QLatin1StringView(column.name)).arg(row.serial));
    }
    for (qsizetype i = 0; i < sharedColumns().size(); ++i) {
        const auto shared = readShared(i, values.at(at++).toLongLong(), row.exchange);
        if (!shared && shared.error().kind == Fault::Kind::Damaged)
            return damaged(
                u"%1 of row %2."_s.arg(QLatin1StringView(sharedColumns().at(i).name)).arg(row.serial));
        if (!shared)
            return shared;
    }
    return {};
}

} // namespace gatehouse::records
