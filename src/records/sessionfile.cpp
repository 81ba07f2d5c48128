// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sessionfile.h"

#include "records/columns.h"
#include "records/sessionschema.h"

#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::records {

namespace {

using exchange::Exchange;
using Done = base::Expected<void, store::Fault>;

constexpr qsizetype mostLatest = 8;
constexpr qsizetype mostShared = 20'000; ///< That are remembered; others are looked up in the file.

QStringList names()
{
    QStringList all{u"run"_s};
    for (const Column &column : columns())
        all.append(QLatin1StringView(column.name));
    for (const SharedColumn &column : sharedColumns())
        all.append(QLatin1StringView(column.name));
    return all;
}

} // namespace

QString sentenceOf(const store::Fault &fault, const QString &path)
{
    using Kind = store::Fault::Kind;
    switch (fault.kind) {
    case Kind::CannotOpen:
        return fault.detail.isEmpty() ? u"%1 cannot be opened."_s.arg(path)
                                      : u"%1 cannot be opened: %2"_s.arg(path, fault.detail);
    case Kind::NotOurs:
        return u"%1 is no session file. It is left as it is."_s.arg(path);
    case Kind::TooNew:
        return u"%1 was made by a newer version of this program."_s.arg(path);
    case Kind::Damaged:
        return fault.detail.isEmpty() ? u"%1 is no session file, or is damaged."_s.arg(path)
                                      : u"%1 is no session file, or is damaged: %2"_s.arg(path, fault.detail);
    case Kind::Busy:
        return u"%1 is held by another program."_s.arg(path);
    case Kind::Full:
        return u"There is no room left on the disk of %1."_s.arg(path);
    case Kind::ReadOnly:
        return u"%1 may not be written."_s.arg(path);
    case Kind::NoDriver:
        return u"Qt's driver for SQLite is missing: install %1."_s.arg(fault.detail);
    default:
        return u"%1: %2"_s.arg(path, fault.detail.isEmpty() ? store::sentenceOf(fault) : fault.detail);
    }
}

SessionFile::SessionFile(std::unique_ptr<store::Connection> connection)
    : m_connection(std::move(connection))
    , m_latest(sharedColumns().size())
{
    const QStringList all = names();
    m_insert = u"INSERT INTO exchange (%1) VALUES (%2) RETURNING serial"_s.arg(
        all.join(u", "_s), QStringList(all.size(), u"?"_s).join(u", "_s));
    m_update = u"UPDATE exchange SET %1 = ? WHERE serial = ?"_s.arg(all.join(u" = ?, "_s));
}

base::Expected<std::unique_ptr<SessionFile>, store::Fault> SessionFile::open(const QString &path)
{
    store::Address address;
    address.file = path;
    auto connection = store::Connection::open(address, sessionSchema());
    if (!connection)
        return base::failure(connection.error());
    std::unique_ptr<SessionFile> made(new SessionFile(*std::move(connection)));
    made->settle(); // From the first moment on, file(1) and whoever copies it sees what it is.
    return made;
}

void SessionFile::settle()
{
    // Passive: nobody waits for those who read.
    [[maybe_unused]] const auto done = m_connection->run(u"PRAGMA wal_checkpoint(PASSIVE)"_s);
}

Done SessionFile::beginRun(const SessionRun &run, bool idsAreNew)
{
    if (idsAreNew)
        m_open.clear();
    const auto made = m_connection->run(
        u"INSERT INTO run (started_ms, program, resource, issuer, settings, keys) VALUES (?, ?, ?, ?, ?, ?) "
        "RETURNING id"_s,
        {run.startedMs, run.program, run.resource, run.issuer, QString::fromUtf8(run.settings),
         QString::fromUtf8(run.keys)});
    if (!made)
        return base::failure(made.error());
    m_run = made->rows.value(0).value(0).toLongLong();
    return {};
}

Done SessionFile::endRun(qint64 ms)
{
    const auto done = m_connection->run(u"UPDATE run SET ended_ms = ? WHERE id = ?"_s, {ms, m_run});
    return done ? Done() : base::failure(done.error());
}

base::Expected<qint64, store::Fault> SessionFile::shared(qsizetype column, const Exchange &exchange)
{
    const SharedColumn &part = sharedColumns().at(column);
    auto &latest = m_latest[column];
    const auto found = std::find_if(latest.begin(), latest.end(),
                                    [&](const auto &one) { return part.isSame(one.first, exchange); });
    if (found != latest.end()) {
        std::rotate(latest.begin(), found, found + 1); // The next one is likely to be the same.
        return latest.first().second;
    }
    const auto id = numberOf(part.from(exchange));
    if (!id)
        return id;
    Exchange alone;
    part.copy(exchange, alone);
    latest.prepend({alone, *id});
    if (latest.size() > mostLatest)
        latest.removeLast();
    return id;
}

base::Expected<qint64, store::Fault> SessionFile::numberOf(const QByteArray &text)
{
    const QByteArray digest = QCryptographicHash::hash(text, QCryptographicHash::Sha256).first(16);
    if (const qint64 known = m_shared.value(digest))
        return known;
    // Another program may have written the same.
    const auto made
        = m_connection->run(u"INSERT INTO shared (digest, text) VALUES (?, ?) ON CONFLICT (digest) "
                            "DO UPDATE SET digest = excluded.digest RETURNING id"_s,
                            {digest, text.isNull() ? QByteArray("") : text});
    if (!made)
        return base::failure(made.error());
    if (m_shared.size() >= mostShared)
        m_shared.clear();
    const qint64 id = made->rows.value(0).value(0).toLongLong();
    m_shared.insert(digest, id);
    return id;
}

/// In place of that serial, or as a new one where it is 0; what it has then.
base::Expected<qint64, store::Fault> SessionFile::writeOne(const Exchange &exchange, qint64 serial)
{
    QVariantList values{m_run};
    for (const Column &column : columns())
        values.append(column.from(exchange));
    for (qsizetype i = 0; i < sharedColumns().size(); ++i) {
        const auto id = shared(i, exchange);
        if (!id)
            return id;
        values.append(*id);
    }
    if (serial > 0)
        values.append(serial);
    const auto done = m_connection->run(serial > 0 ? m_update : m_insert, values);
    if (!done)
        return base::failure(done.error());
    return serial > 0 ? serial : done->rows.value(0).value(0).toLongLong();
}

void SessionFile::forgetShared()
{
    m_shared.clear();
    for (auto &latest : m_latest)
        latest.clear();
}

Done SessionFile::write(const QList<Exchange> &batch, qint64 dropped)
{
    QHash<exchange::Key, qint64> open = m_open; // Counts once all is written.
    const Done done = m_connection->transaction([&](store::Connection &connection) -> Done {
        for (const Exchange &exchange : batch) {
            const exchange::Key key = keyOf(exchange);
            const auto serial = writeOne(exchange, open.value(key));
            if (!serial)
                return base::failure(serial.error());
            if (exchange.outcome == exchange::Outcome::Running)
                open.insert(key, *serial);
            else
                open.remove(key);
        }
        if (dropped == 0)
            return {};
        const auto counted
            = connection.run(u"UPDATE run SET dropped = dropped + ? WHERE id = ?"_s, {dropped, m_run});
        return counted ? Done() : base::failure(counted.error());
    });
    if (done)
        m_open = open;
    else
        forgetShared(); // What was numbered is not there.
    return done;
}

} // namespace gatehouse::records
