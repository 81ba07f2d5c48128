// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sessionfile.h"

#include "records/columns.h"
#include "records/sessionschema.h"
#include "store/fileidentity.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QScopeGuard>

#include <algorithm>
#include <cerrno>
#include <cstdio>

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

/// Whether a file that is there may be put away: nobody has it open. A log that it left beside it would be
/// read into the next one of that name.
Done SessionFile::makeWay(const QString &path)
{
    using Kind = store::Fault::Kind;
    if (!QFileInfo::exists(path))
        return {};
    if (store::fileIdentity(path) == store::fileIdentity(m_connection->file()))
        return base::failure(store::Fault{Kind::Busy, {}});
    if (auto there = open(path)) {
        // Only who is alone with a file can take its log away (sqlite.org/wal.html).
        const auto mode = (*there)->m_connection->run(u"PRAGMA journal_mode=DELETE"_s);
        if (!mode || mode->rows.value(0).value(0).toString() != "delete"_L1)
            return base::failure(store::Fault{Kind::Busy, {}});
    }
    return QFileInfo(path + u"-wal"_s).size() == 0 ? Done() : base::failure(store::Fault{Kind::Busy, {}});
}

/// SQLite writes a whole database into an empty file, also while others write this one
/// (sqlite.org/lang_vacuum.html).
Done SessionFile::copyTo(const QString &path, const std::function<Done(SessionFile &)> &finish)
{
    if (const Done free = makeWay(path); !free)
        return free;
    const QString part = path + u".part"_s;
    const auto cleared = qScopeGuard([&part] {
        for (const QString &name : {part, QString(part + u"-wal"_s), QString(part + u"-shm"_s)})
            QFile::remove(name);
    });
    QFile file(part);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)
        || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        return base::failure(store::Fault{store::Fault::Kind::CannotOpen, file.errorString()});
    file.close();
    if (const auto copied = m_connection->run(u"VACUUM INTO ?"_s, {part}); !copied)
        return base::failure(copied.error());
    {
        const auto copy = open(part);
        if (!copy)
            return base::failure(copy.error());
        if (const Done finished = finish(**copy); !finished)
            return finished;
        if (const Done left = (*copy)->leave(); !left)
            return left;
    }
    const QByteArray from = QFile::encodeName(part);
    const QByteArray to = QFile::encodeName(path);
    if (std::rename(from.constData(), to.constData())
        != 0) // Unlike Qt's, it puts it in place of another one.
        return base::failure(store::Fault{store::Fault::Kind::CannotOpen, qt_error_string(errno)});
    return {};
}

Done SessionFile::saveTo(const QString &path, qint64 ms)
{
    return copyTo(path, [this, ms](SessionFile &copy) {
        copy.m_run = m_run;
        return copy.endRun(ms);
    });
}

Done SessionFile::moveTo(const QString &path)
{
    if (const Done copied = copyTo(path, [](SessionFile &) { return Done(); }); !copied)
        return copied;
    auto moved = open(path);
    if (!moved)
        return base::failure(moved.error());
    m_connection = std::move((*moved)->m_connection); // The numbers in it are the same.
    return {};
}

/// What no row shares any more.
Done SessionFile::dropUnshared()
{
    QStringList used;
    for (const SharedColumn &column : sharedColumns())
        used.append(u"SELECT %1 FROM exchange"_s.arg(QLatin1StringView(column.name)));
    forgetShared();
    const auto done
        = m_connection->run(u"DELETE FROM shared WHERE id NOT IN (%1)"_s.arg(used.join(u" UNION "_s)));
    return done ? Done() : base::failure(done.error());
}

Done SessionFile::forget()
{
    const Done done = m_connection->transaction([this](store::Connection &connection) -> Done {
        const auto gone = connection.run(u"DELETE FROM exchange WHERE outcome <> 'running'"_s);
        return gone ? dropUnshared() : base::failure(gone.error());
    });
    return done ? leave() : done; // The log has it still.
}

base::Expected<qint64, store::Fault> SessionFile::usedBytes()
{
    qint64 pages[3] = {};
    const QString pragmas[] = {u"PRAGMA page_count"_s, u"PRAGMA freelist_count"_s, u"PRAGMA page_size"_s};
    for (size_t i = 0; i < std::size(pragmas); ++i) {
        const auto read = m_connection->run(pragmas[i]);
        if (!read)
            return base::failure(read.error());
        pages[i] = read->rows.value(0).value(0).toLongLong();
    }
    return (pages[0] - pages[1]) * pages[2];
}

Done SessionFile::keepWithin(qint64 bytes)
{
    constexpr int tries = 20; // Each takes a fifth of what is there.
    for (int i = 0; i < tries; ++i) {
        const auto used = usedBytes();
        if (!used || *used <= bytes)
            return used ? Done() : base::failure(used.error());
        const Done done = m_connection->transaction([this](store::Connection &connection) -> Done {
            const auto gone
                = connection.run(u"WITH oldest(serial) AS (SELECT serial FROM exchange WHERE outcome <> "
                                 u"'running' ORDER BY serial "
                                 "LIMIT 1) DELETE FROM exchange WHERE outcome <> 'running' AND serial <= "
                                 "(SELECT oldest.serial + "
                                 "((SELECT max(serial) FROM exchange) - oldest.serial) / 5 FROM oldest)"_s);
            return gone ? dropUnshared() : base::failure(gone.error());
        });
        if (!done)
            return done;
    }
    return {};
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
