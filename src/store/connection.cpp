// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/connection.h"

#include "store/connectionhandle.h"
#include "store/errorcodes.h"
#include "store/fileidentity.h"

#include <QFileInfo>
#include <QScopeGuard>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlRecord>

#include <algorithm>
#include <atomic>

using namespace Qt::StringLiterals;

namespace gatehouse::store {

namespace {

using Done = base::Expected<void, Fault>;

} // namespace

bool isStorable(const QString &text)
{
    constexpr QChar notCharacters[] = {QChar(0xFFFE), QChar(0xFFFF)};
    return text.isValidUtf16() && !text.contains(QChar::Null) && !text.startsWith(QChar(0xFEFF))
        && std::none_of(std::begin(notCharacters), std::end(notCharacters),
                        [&text](QChar one) { return text.contains(one); });
}

Connection::Handle::Handle()
{
    static std::atomic<quint64> last = 0;
    name = u"gatehouse-%1"_s.arg(++last);
}

Connection::Handle::~Handle()
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

Connection::Connection(const Address &address)
    : m_address(address)
    , m_handle(std::make_unique<Handle>())
{ }

Connection::~Connection() = default;

bool Connection::isOpen() const
{
    if (m_handle->isLost || !m_handle->database.isOpen())
        return false;
    if (!m_address.isFile())
        return true;
    if (m_isFixed) // Once somebody writes it, what is read may be of two times.
        return fileState(m_address.file) == m_handle->identity
            && QFileInfo(m_address.file + u"-wal"_s).size() == 0;
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
    Rows out;
    const auto affected = execute(statement, values, [&out](const QVariantList &row) {
        out.rows.append(row);
        return true;
    });
    if (!affected)
        return base::failure(affected.error());
    out.affected = *affected;
    return out;
}

Done Connection::read(const QString &statement, const QVariantList &values, const Visit &visit)
{
    const auto done = execute(statement, values, visit);
    return done ? Done() : base::failure(done.error());
}

/// How many rows it changed.
base::Expected<qint64, Fault> Connection::execute(const QString &statement, const QVariantList &values,
                                                  const Visit &visit)
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
        return query.exec(statement) ? visitRows(query, visit) : base::failure(faultOf(query));
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
    return visitRows(query, visit);
}

base::Expected<qint64, Fault> Connection::visitRows(QSqlQuery &query, const Visit &visit)
{
    const qint64 affected = query.numRowsAffected();
    const int columns = int(query.record().count());
    QVariantList row;
    row.reserve(columns);
    while (query.next()) {
        row.clear();
        for (int column = 0; column < columns; ++column)
            row.append(query.value(column));
        if (!visit(row))
            break;
    }
    const bool isBroken = query.lastError().isValid();
    const Fault fault = isBroken ? faultOf(query) : Fault();
    query.finish(); // An unfinished one holds a lock.
    if (isBroken)
        return base::failure(fault);
    return affected;
}

Done Connection::transaction(const std::function<Done(Connection &)> &work, Writing writing)
{
    // SQLite would let two begin that read first, and fail the one that writes later.
    const bool isHeld = !isServer() && writing == Writing::Yes;
    if (const auto begun = run(isHeld ? u"BEGIN IMMEDIATE"_s : u"BEGIN"_s); !begun)
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
