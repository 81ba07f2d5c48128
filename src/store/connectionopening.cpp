// SPDX-License-Identifier: GPL-3.0-or-later
// How a Connection comes to be: files and servers, theirs and ours, of every version.
#include "store/connectionhandle.h"
#include "store/errorcodes.h"
#include "store/fileidentity.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QThread>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::store {

namespace {

using Done = base::Expected<void, Fault>;

/// For libpq's text of parameters: what it reads in quotes.
QString quoted(const QString &value)
{
    QString out = value;
    out.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s);
    return u'\'' + out + u'\'';
}

/// So that only its owner can read what is kept there; SQLite gives its other files the same rights.
Done prepareFile(const QString &path)
{
    const QFileInfo info(path);
    if (info.exists())
        return info.isFile() ? Done() : failed(Fault::Kind::CannotOpen, u"%1 is no file."_s.arg(path));
    if (!QDir().mkpath(info.absolutePath()))
        return failed(Fault::Kind::CannotOpen, u"The folder %1 cannot be made."_s.arg(info.absolutePath()));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly) && !QFileInfo(path).isFile())
        return failed(Fault::Kind::CannotOpen, u"%1: %2"_s.arg(path, file.errorString()));
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return {};
}

/// What stands in a file's schema is believed no more than what stands in its rows.
const QStringList forStrangers{u"PRAGMA trusted_schema=OFF"_s, u"PRAGMA cell_size_check=ON"_s};

/// SQLite does not wait by itself where the journal's mode is changed, as by all who open a new file.
Done patiently(const std::function<Done()> &work)
{
    const QDeadlineTimer deadline(2000);
    Done done = work();
    while (!done && done.error().kind == Fault::Kind::Busy && !deadline.hasExpired()) {
        QThread::msleep(10);
        done = work();
    }
    return done;
}

} // namespace

base::Expected<std::unique_ptr<Connection>, Fault> Connection::open(const Address &address,
                                                                    const Schema &schema)
{
    const bool isFile = address.isFile();
    const QString driver = isFile ? u"QSQLITE"_s : u"QPSQL"_s;
    if (!QSqlDatabase::isDriverAvailable(driver))
        return failed(Fault::Kind::NoDriver, isFile ? u"libqt6sql6-sqlite"_s : u"libqt6sql6-psql"_s);
    std::unique_ptr<Connection> made(new Connection(address));
    made->m_handle->isServer = !isFile;
    made->m_handle->database = QSqlDatabase::addDatabase(driver, made->m_handle->name);
    const Done opened = isFile ? made->openFile(schema) : made->openServer(schema);
    if (!opened)
        return base::failure(opened.error());
    return made;
}

Done Connection::openFile(const Schema &schema)
{
    if (const Done prepared = prepareFile(m_address.file); !prepared)
        return prepared;
    QSqlDatabase &database = m_handle->database;
    database.setDatabaseName(m_address.file);
    database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=2000"_s);
    if (!database.open())
        return failed(Fault::Kind::CannotOpen, database.lastError().databaseText());
    m_handle->identity = fileIdentity(m_address.file);
    // Nothing is written before it is known to be ours.
    if (const Done set = setPragmas(forStrangers); !set)
        return set;
    if (const Done known = recognize(schema); !known)
        return known;
    if (const Done set
        = setPragmas({u"PRAGMA journal_mode=WAL"_s,
                      schema.isDurable ? u"PRAGMA synchronous=FULL"_s : u"PRAGMA synchronous=NORMAL"_s});
        !set)
        return set;
    m_interruption = std::make_shared<const Interruption>(*database.driver());
    return migrateFile(schema);
}

/// What the file says of itself, all of one time: another program may be making it. By pragmas, since a table
/// or a view may have any other name.
base::Expected<Connection::Description, Fault> Connection::describe()
{
    constexpr qsizetype mostObjects = 1000;
    Description found;
    const auto number = [this](const QString &pragma, qint64 &value) {
        return read(pragma, {}, [&value](const QVariantList &row) {
            value = row.value(0).toLongLong();
            return false;
        });
    };
    const Done done = transaction(
        [&](Connection &) -> Done {
            if (const Done id = number(u"PRAGMA application_id"_s, found.applicationId); !id)
                return id;
            if (const Done version = number(u"PRAGMA user_version"_s, found.version); !version)
                return version;
            return read(
                u"SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL"_s, {},
                [&found](const QVariantList &row) {
                    found.objects.insert(row.at(0).toString(), {row.at(1).toString(), row.at(2).toString()});
                    return found.objects.size() <= mostObjects;
                });
        },
        Writing::No);
    if (!done)
        return base::failure(done.error());
    if (found.objects.size() > mostObjects)
        return failed(Fault::Kind::NotOurs, m_address.file);
    return found;
}

Done Connection::recognize(const Schema &schema)
{
    Description found;
    const Done known = patiently([&]() -> Done {
        auto described = describe();
        if (!described)
            return base::failure(described.error());
        found = *std::move(described);
        return {};
    });
    if (!known)
        return known;
    const bool isNew = found.applicationId == 0 && found.objects.isEmpty();
    if (found.applicationId != schema.applicationId && !isNew)
        return failed(Fault::Kind::NotOurs, m_address.file);
    if (found.version > schema.migrations.size())
        return failed(Fault::Kind::TooNew, m_address.file);
    const auto made = objectsOf(schema, found.version);
    if (!made)
        return base::failure(made.error());
    // Its owner may have added an index or a view; what is done to the tables is another matter.
    const bool isAsMade = std::all_of(made->keyBegin(), made->keyEnd(), [&](const QString &name) {
        return found.objects.value(name) == made->value(name);
    });
    const bool hasTrigger = std::any_of(found.objects.cbegin(), found.objects.cend(),
                                        [](const Object &one) { return one.type == "trigger"_L1; });
    return isAsMade && !hasTrigger ? Done() : failed(Fault::Kind::Damaged, m_address.file);
}

base::Expected<Connection::Objects, Fault> Connection::objectsOf(const Schema &schema, qint64 version)
{
    Address memory;
    memory.file = u":memory:"_s;
    Connection scratch(memory);
    QSqlDatabase &database = scratch.m_handle->database;
    database = QSqlDatabase::addDatabase(u"QSQLITE"_s, scratch.m_handle->name);
    database.setDatabaseName(memory.file);
    if (!database.open())
        return failed(Fault::Kind::CannotOpen, database.lastError().databaseText());
    for (qint64 i = 0; i < version; ++i) {
        for (const QString &statement : schema.migrations.at(i).sqlite) {
            if (const auto done = scratch.run(statement); !done)
                return base::failure(done.error());
        }
    }
    const auto rows = scratch.run(u"SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"_s);
    if (!rows)
        return base::failure(rows.error());
    Objects made;
    for (const QVariantList &row : rows->rows)
        made.insert(row.at(1).toString(), {row.at(0).toString(), row.at(2).toString()});
    return made;
}

base::Expected<std::unique_ptr<Connection>, Fault> Connection::openToRead(const QString &file,
                                                                          const Schema &schema)
{
    if (!QSqlDatabase::isDriverAvailable(u"QSQLITE"_s))
        return failed(Fault::Kind::NoDriver, u"libqt6sql6-sqlite"_s);
    if (!QFileInfo(file).isFile())
        return failed(Fault::Kind::CannotOpen, u"%1 is no file."_s.arg(file));
    Address address;
    address.file = file;
    std::unique_ptr<Connection> made(new Connection(address));
    made->m_handle->database = QSqlDatabase::addDatabase(u"QSQLITE"_s, made->m_handle->name);
    if (const Done opened = made->openFileToRead(schema); !opened)
        return base::failure(opened.error());
    return made;
}

Done Connection::openFileToRead(const Schema &schema)
{
    QSqlDatabase &database = m_handle->database;
    const auto openAs = [&](bool isFixed) -> Done {
        database.close();
        const QString uri = u"file:"_s + QString::fromLatin1(QUrl::toPercentEncoding(m_address.file, "/"))
            + u"?immutable=1"_s;
        database.setDatabaseName(isFixed ? uri : m_address.file);
        database.setConnectOptions(isFixed ? u"QSQLITE_OPEN_READONLY;QSQLITE_OPEN_URI"_s
                                           : u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=2000"_s);
        m_isFixed = isFixed;
        if (!database.open())
            return failed(Fault::Kind::CannotOpen, database.lastError().databaseText());
        m_handle->identity = isFixed ? fileState(m_address.file) : fileIdentity(m_address.file);
        const Done set = setPragmas(QStringList(forStrangers) << u"PRAGMA query_only=ON"_s);
        return set ? recognize(schema) : set;
    };
    // SQLite makes files beside one that it reads, unless it is told that nobody writes it: so it is where
    // there is no log. With one, that would hide what is in there.
    const QFileInfo log(m_address.file + u"-wal"_s);
    Done known = openAs(!log.exists());
    const bool isClosedToUs = !known
        && (known.error().kind == Fault::Kind::ReadOnly || known.error().kind == Fault::Kind::CannotOpen);
    if (isClosedToUs && log.exists() && log.size() == 0)
        known = openAs(true); // Nothing may be written beside it.
    if (!known)
        return known;
    const auto ours = run(u"PRAGMA application_id"_s);
    if (!ours || ours->rows.value(0).value(0).toInt() != schema.applicationId)
        return failed(Fault::Kind::NotOurs, m_address.file); // An empty file is no session.
    m_interruption = std::make_shared<const Interruption>(*database.driver());
    return {};
}

Done Connection::setPragmas(const QStringList &pragmas)
{
    for (const QString &pragma : pragmas) {
        const Done set
            = patiently([&] { return read(pragma, {}, [](const QVariantList &) { return true; }); });
        if (!set)
            return set;
    }
    return {};
}

Done Connection::migrateFile(const Schema &schema)
{
    const auto versionOf = [](Connection &connection) -> base::Expected<int, Fault> {
        const auto version = connection.run(u"PRAGMA user_version"_s);
        if (!version)
            return base::failure(version.error());
        return version->rows.value(0).value(0).toInt();
    };
    const auto now = versionOf(*this);
    if (!now || *now == schema.migrations.size())
        return now ? Done() : base::failure(now.error());
    return transaction([&](Connection &connection) -> Done {
        const auto version = versionOf(connection); // Somebody may have been faster.
        if (!version)
            return base::failure(version.error());
        if (*version > schema.migrations.size())
            return failed(Fault::Kind::TooNew, m_address.file);
        QStringList statements;
        for (qsizetype i = *version; i < schema.migrations.size(); ++i)
            statements += schema.migrations.at(i).sqlite;
        statements += u"PRAGMA application_id=%1"_s.arg(schema.applicationId);
        statements += u"PRAGMA user_version=%1"_s.arg(schema.migrations.size());
        for (const QString &statement : std::as_const(statements)) {
            if (const auto done = connection.run(statement); !done)
                return base::failure(done.error());
        }
        return {};
    });
}

Done Connection::openServer(const Schema &schema)
{
    QSqlDatabase &database = m_handle->database;
    database.setHostName(m_address.host);
    database.setPort(m_address.port);
    database.setUserName(m_address.user);
    database.setPassword(m_address.password);
    database.setDatabaseName(m_address.database);
    // A server that is gone without a word is noticed in seconds; libpq's own words stay off the terminal.
    QStringList options{u"connect_timeout=2"_s,
                        u"tcp_user_timeout=5000"_s,
                        u"keepalives_idle=5"_s,
                        u"keepalives_interval=2"_s,
                        u"keepalives_count=2"_s,
                        u"options='-c client_min_messages=warning -c statement_timeout=10000 "
                        "-c lock_timeout=2000 -c idle_in_transaction_session_timeout=20000'"_s};
    for (const auto &[name, value] : m_address.parameters)
        options.append(name + u'=' + quoted(value));
    database.setConnectOptions(options.join(u';'));
    if (!database.open()) {
        const QSqlError error = database.lastError();
        const Fault::Kind kind = kindOfServerError(error.nativeErrorCode());
        return failed(kind == Fault::Kind::Failed ? Fault::Kind::Unreachable : kind,
                      error.databaseText().trimmed());
    }
    m_interruption = std::make_shared<const Interruption>(*database.driver());
    return migrateServer(schema);
}

Done Connection::migrateServer(const Schema &schema)
{
    return transaction([&](Connection &connection) -> Done {
        // One of several that begin at once does it, the others find it done.
        const auto locked
            = connection.run(u"SELECT CAST(pg_advisory_xact_lock(%1) AS text)"_s.arg(schema.applicationId));
        if (!locked)
            return base::failure(locked.error());
        const auto there = connection.run(u"SELECT to_regclass('%1') IS NOT NULL"_s.arg(schema.versionTable));
        if (!there)
            return base::failure(there.error());
        int version = 0;
        QStringList statements;
        if (there->rows.value(0).value(0).toBool()) {
            const auto known = connection.run(u"SELECT version FROM %1"_s.arg(schema.versionTable));
            if (!known)
                return base::failure(known.error());
            version = known->rows.value(0).value(0).toInt();
        } else {
            statements = {u"CREATE TABLE %1 (version integer NOT NULL)"_s.arg(schema.versionTable),
                          u"INSERT INTO %1 VALUES (0)"_s.arg(schema.versionTable)};
        }
        if (version > schema.migrations.size())
            return failed(Fault::Kind::TooNew);
        if (version == schema.migrations.size())
            return {};
        for (qsizetype i = version; i < schema.migrations.size(); ++i)
            statements += schema.migrations.at(i).postgresql;
        statements += u"UPDATE %1 SET version = %2"_s.arg(schema.versionTable).arg(schema.migrations.size());
        for (const QString &statement : std::as_const(statements)) {
            if (const auto done = connection.run(statement); !done)
                return base::failure(done.error());
        }
        return {};
    });
}

} // namespace gatehouse::store
