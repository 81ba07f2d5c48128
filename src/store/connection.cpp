// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/connection.h"

#include "store/fileidentity.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <QScopeGuard>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QThread>
#include <QUrl>

#include <algorithm>
#include <atomic>
#include <map>
#include <vector>

using namespace Qt::StringLiterals;

namespace gatehouse::store {

namespace {

using Done = base::Expected<void, Fault>;

QString uniqueName()
{
    static std::atomic<quint64> last = 0;
    return u"gatehouse-%1"_s.arg(++last);
}

tl::unexpected<Fault> failed(Fault::Kind kind, const QString &detail = {})
{
    return base::failure(Fault{kind, detail});
}

/// SQLite's result codes (sqlite.org/rescode.html): the primary one is the low byte.
Fault::Kind kindOfFileError(int code)
{
    switch (code & 0xff) {
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
    case 9: // SQLITE_INTERRUPT
        return Fault::Kind::Busy;
    case 8: // SQLITE_READONLY
        return Fault::Kind::ReadOnly;
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
        return Fault::Kind::Damaged;
    case 13: // SQLITE_FULL
        return Fault::Kind::Full;
    case 14: // SQLITE_CANTOPEN
        return Fault::Kind::CannotOpen;
    default:
        return Fault::Kind::Failed;
    }
}

/// PostgreSQL's codes (Appendix A of its manual), by the class where all of one are alike.
Fault::Kind kindOfServerError(const QString &state)
{
    static const QHash<QString, Fault::Kind> kinds{
        {u"08"_s, Fault::Kind::Unreachable},
        {u"57P01"_s, Fault::Kind::Unreachable},
        {u"57P02"_s, Fault::Kind::Unreachable},
        {u"57P03"_s, Fault::Kind::Unreachable},
        {u"53100"_s, Fault::Kind::Full},
        {u"53"_s, Fault::Kind::Busy},
        {u"55P03"_s, Fault::Kind::Busy},
        {u"57014"_s, Fault::Kind::Busy},
        {u"40"_s, Fault::Kind::Busy},
        {u"25006"_s, Fault::Kind::ReadOnly},
        {u"XX001"_s, Fault::Kind::Damaged},
        {u"XX002"_s, Fault::Kind::Damaged},
        {u"28"_s, Fault::Kind::CannotOpen},
        {u"3D"_s, Fault::Kind::CannotOpen},
        {u"42501"_s, Fault::Kind::CannotOpen},
        {u"42P01"_s, Fault::Kind::Damaged}, // A table or a column that was there is gone.
        {u"42703"_s, Fault::Kind::Damaged}};
    return kinds.value(state, kinds.value(state.left(2), Fault::Kind::Failed));
}

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

} // namespace

bool isStorable(const QString &text)
{
    constexpr QChar notCharacters[] = {QChar(0xFFFE), QChar(0xFFFF)};
    return text.isValidUtf16() && !text.contains(QChar::Null) && !text.startsWith(QChar(0xFEFF))
        && std::none_of(std::begin(notCharacters), std::end(notCharacters),
                        [&text](QChar one) { return text.contains(one); });
}

struct Connection::Handle
{
    QString name = uniqueName();
    QSqlDatabase database = {};
    std::map<QString, QSqlQuery> prepared = {};
    std::vector<QSqlQuery> spoiled = {}; ///< Go as soon as they can.
    bool isInTransaction = false;
    QByteArray identity = {}; ///< Of the file …
    QByteArray log = {}; ///< … and of the one beside it, once that is there.
    bool isServer = false;
    bool isLost = false;
    QObject listener;

    void dropSpoiled()
    {
        if (!isLost)
            spoiled.clear();
    }

    ~Handle()
    {
        // Before their database; but a server is not told to let go of them: it does so at the end of the
        // connection, and one that is lost or hangs would not answer.
        if (!isServer) {
            prepared.clear();
            spoiled.clear();
        }
        database.close();
        database = QSqlDatabase();
        QSqlDatabase::removeDatabase(name);
    }
};

Connection::Connection(const Address &address)
    : m_address(address)
    , m_handle(std::make_unique<Handle>())
{ }

Connection::~Connection() = default;

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
    if (const Done known = recognize(schema); !known)
        return known;
    for (const QString &pragma :
         {u"PRAGMA journal_mode=WAL"_s,
          schema.isDurable ? u"PRAGMA synchronous=FULL"_s : u"PRAGMA synchronous=NORMAL"_s,
          u"PRAGMA trusted_schema=OFF"_s, u"PRAGMA cell_size_check=ON"_s}) {
        if (const auto set = runPatiently(pragma); !set)
            return base::failure(set.error());
    }
    m_interruption = std::make_shared<const Interruption>(*database.driver());
    return migrateFile(schema);
}

/// By one statement, since another program may be making it.
Done Connection::recognize(const Schema &schema)
{
    const auto what = runPatiently(u"SELECT (SELECT application_id FROM pragma_application_id), "
                                   "(SELECT user_version FROM pragma_user_version), "
                                   "(SELECT count(*) FROM sqlite_schema)"_s);
    if (!what)
        return base::failure(what.error());
    const QVariantList found = what->rows.value(0);
    const int id = found.value(0).toInt();
    if (id != schema.applicationId && (id != 0 || found.value(2).toInt() > 0))
        return failed(Fault::Kind::NotOurs, m_address.file);
    if (found.value(1).toInt() > schema.migrations.size())
        return failed(Fault::Kind::TooNew, m_address.file);
    return {};
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
        return database.open() ? recognize(schema)
                               : failed(Fault::Kind::CannotOpen, database.lastError().databaseText());
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
    for (const QString &pragma :
         {u"PRAGMA trusted_schema=OFF"_s, u"PRAGMA cell_size_check=ON"_s, u"PRAGMA query_only=ON"_s}) {
        if (const auto set = runPatiently(pragma); !set)
            return base::failure(set.error());
    }
    const auto ours = run(u"PRAGMA application_id"_s);
    if (!ours || ours->rows.value(0).value(0).toInt() != schema.applicationId)
        return failed(Fault::Kind::NotOurs, m_address.file); // An empty file is no session.
    m_handle->identity = fileIdentity(m_address.file);
    m_interruption = std::make_shared<const Interruption>(*database.driver());
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

/// SQLite does not wait by itself where the journal's mode is changed, as by all who open a new file.
base::Expected<Connection::Rows, Fault> Connection::runPatiently(const QString &statement)
{
    const QDeadlineTimer deadline(2000);
    auto done = run(statement);
    while (!done && done.error().kind == Fault::Kind::Busy && !deadline.hasExpired()) {
        QThread::msleep(10);
        done = run(statement);
    }
    return done;
}

bool Connection::isOpen() const
{
    if (m_handle->isLost || !m_handle->database.isOpen())
        return false;
    if (!m_address.isFile())
        return true;
    if (m_isFixed) // Once somebody writes it, what is read may be of two times.
        return fileIdentity(m_address.file) == m_handle->identity
            && !QFileInfo(m_address.file + u"-wal"_s).size();
    // Its log as well: what is acknowledged stands there first.
    const QByteArray log = fileIdentity(m_address.file + u"-wal"_s);
    if (m_handle->log.isEmpty())
        m_handle->log = log;
    return log == m_handle->log && fileIdentity(m_address.file) == m_handle->identity;
}

Done Connection::leave()
{
    if (!m_address.isFile() || !m_handle->database.isOpen())
        return {};
    // SQLite finds its log by the file's name: it would be read into whatever is called so now.
    const auto done = run(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    if (!done)
        return base::failure(done.error());
    return done->rows.value(0).value(0).toInt() == 0 ? Done() : failed(Fault::Kind::Busy);
}

Fault Connection::faultOf(const QSqlQuery &query)
{
    const QSqlError error = query.lastError();
    const QString code = error.nativeErrorCode();
    const QString words = error.databaseText().trimmed();
    if (m_address.isFile())
        return {kindOfFileError(code.toInt()), words};
    // After it was lost, further errors are empty.
    const Fault::Kind kind = kindOfServerError(code);
    if (kind == Fault::Kind::Unreachable || code.isEmpty() || !m_handle->database.isOpen()) {
        m_handle->isLost = true;
        return {Fault::Kind::Unreachable, words};
    }
    return {kind, words};
}

base::Expected<Connection::Rows, Fault> Connection::run(const QString &statement, const QVariantList &values)
{
    if (m_handle->isLost)
        return failed(Fault::Kind::Unreachable);
    for (const QVariant &value : values) {
        if (value.typeId() == QMetaType::QString && !isStorable(value.toString()))
            return failed(Fault::Kind::Unfit, u"A text holds characters that cannot be stored."_s);
    }
    if (values.isEmpty()) { // BEGIN and its kin cannot be prepared.
        QSqlQuery query(m_handle->database);
        query.setForwardOnly(true); // Else each row is kept twice.
        return query.exec(statement) ? rowsOf(query) : base::failure(faultOf(query));
    }
    auto known = m_handle->prepared.find(statement);
    if (known == m_handle->prepared.end()) {
        QSqlQuery query(m_handle->database);
        query.setForwardOnly(true);
        if (!query.prepare(statement))
            return base::failure(faultOf(query));
        known = m_handle->prepared.emplace(statement, std::move(query)).first;
    }
    QSqlQuery &query = known->second;
    for (qsizetype i = 0; i < values.size(); ++i) {
        const bool isNullText
            = values.at(i).typeId() == QMetaType::QString && values.at(i).toString().isNull();
        query.bindValue(int(i), isNullText ? QVariant(u""_s) : values.at(i)); // Else it would be NULL.
    }
    if (!query.exec()) {
        const Fault fault = faultOf(query);
        // What it was prepared for may be another one now; but PostgreSQL lets go of nothing before the end
        // of the transaction that failed.
        m_handle->spoiled.push_back(std::move(known->second));
        m_handle->prepared.erase(known);
        if (!m_handle->isInTransaction)
            m_handle->dropSpoiled();
        return base::failure(fault);
    }
    return rowsOf(query);
}

base::Expected<Connection::Rows, Fault> Connection::rowsOf(QSqlQuery &query)
{
    Rows out;
    out.affected = query.numRowsAffected();
    const int columns = int(query.record().count());
    while (query.next()) {
        QVariantList row;
        for (int column = 0; column < columns; ++column)
            row.append(query.value(column));
        out.rows.append(row);
    }
    const bool isBroken = query.lastError().isValid();
    const Fault fault = isBroken ? faultOf(query) : Fault();
    query.finish(); // An unfinished one holds a lock.
    if (isBroken)
        return base::failure(fault);
    return out;
}

Done Connection::transaction(const std::function<Done(Connection &)> &work)
{
    if (const auto begun = run(isServer() ? u"BEGIN"_s : u"BEGIN IMMEDIATE"_s); !begun)
        return base::failure(begun.error());
    m_handle->isInTransaction = true;
    const auto over = qScopeGuard([this] {
        m_handle->isInTransaction = false;
        m_handle->dropSpoiled();
    });
    const Done done = work(*this);
    if (!done) {
        [[maybe_unused]] const auto undone
            = run(u"ROLLBACK"_s); // Where that fails too, it is undone all the more.
        return done;
    }
    if (const auto counts = run(u"COMMIT"_s); !counts) {
        if (m_handle->isLost)
            return failed(Fault::Kind::Uncertain, counts.error().detail);
        [[maybe_unused]] const auto undone = run(u"ROLLBACK"_s);
        return base::failure(counts.error());
    }
    return {};
}

Done Connection::listen(const QString &channel, std::function<void(const QString &)> told)
{
    QSqlDriver *driver = m_handle->database.driver();
    if (!driver->subscribeToNotification(channel))
        return failed(Fault::Kind::Failed, driver->lastError().databaseText());
    QObject::connect(driver, &QSqlDriver::notification, &m_handle->listener,
                     [channel, told = std::move(told)](const QString &name,
                                                       QSqlDriver::NotificationSource source,
                                                       const QVariant &payload) {
                         if (name == channel && source == QSqlDriver::OtherSource)
                             told(payload.toString());
                     });
    return {};
}

} // namespace gatehouse::store
