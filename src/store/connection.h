// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "store/address.h"
#include "store/fault.h"
#include "store/interruption.h"
#include "store/schema.h"

#include <QHash>
#include <QList>
#include <QVariant>

#include <functional>
#include <memory>

class QSqlQuery;

namespace gatehouse::store {

/// Whether each database gives the text back as it is: no U+0000, half a character, U+FFFE or U+FFFF, and no
/// byte order mark at its start, which SQLite obeys where it is bound, so that two texts would be one.
[[nodiscard]] bool isStorable(const QString &text);

/// One open database. Lives on one thread, where it is made and destroyed. What blocks does so for two
/// seconds to reach a server or a lock, and for ten in a statement, as the server counts; where that hangs,
/// until it is interrupted.
class Connection
{
public:
    /// Opened, and brought to the newest version.
    [[nodiscard]] static base::Expected<std::unique_ptr<Connection>, Fault> open(const Address &address,
                                                                                 const Schema &schema);
    ~Connection();
    Q_DISABLE_COPY_MOVE(Connection)

    struct Rows
    {
        QList<QVariantList> rows = {};
        qint64 affected = 0; ///< By a statement that changes rows.
    };
    /// A file of SQLite as it is, also while another program writes it, or where nothing may be written.
    /// Nothing in it changes; beside it SQLite may put what it shares with that other program ("-shm").
    /// NotOurs and TooNew by the schema; Damaged for what is none, or has tables that the schema does not
    /// make: a view in their place need not end.
    [[nodiscard]] static base::Expected<std::unique_ptr<Connection>, Fault> openToRead(const QString &file,
                                                                                       const Schema &schema);
    /// Runs one statement, prepared the first time; each `?` stands for one value: a text, a qint64, or
    /// bytes.
    [[nodiscard]] base::Expected<Rows, Fault> run(const QString &statement, const QVariantList &values = {});
    /// The same where the rows together may be too many to hold: one after the other, until `visit` has had
    /// enough and says false.
    using Visit = std::function<bool(const QVariantList &row)>;
    [[nodiscard]] base::Expected<void, Fault> read(const QString &statement, const QVariantList &values,
                                                   const Visit &visit);
    enum class Writing { Yes, No };
    /// All of it counts, or nothing does. A fault of `work` is its fault. Where it only reads, all that it
    /// reads is of one time.
    [[nodiscard]] base::Expected<void, Fault>
    transaction(const std::function<base::Expected<void, Fault>(Connection &)> &work,
                Writing writing = Writing::Yes);

    /// Empty for a server.
    [[nodiscard]] const QString &file() const { return m_address.file; }
    /// A server, and so PostgreSQL's language.
    [[nodiscard]] bool isServer() const { return !m_address.isFile(); }
    /// False once the server is lost or the file is another one, or was written since where it is read as one
    /// that nobody writes: what is to be done then is leave(), and open() anew.
    [[nodiscard]] bool isOpen() const;
    /// Where the file was moved, or another one stands in its place: all that was acknowledged goes into it,
    /// and nothing of it into the other. Busy where somebody else holds it.
    [[nodiscard]] base::Expected<void, Fault> leave();
    /// Ends what it waits for; null before it is open. To be let go of before the connection is.
    [[nodiscard]] std::shared_ptr<const Interruption> interruption() const { return m_interruption; }
    /// Calls `told` with what other sessions of the server send (PostgreSQL's NOTIFY), on this thread, by
    /// its event loop.
    [[nodiscard]] base::Expected<void, Fault> listen(const QString &channel,
                                                     std::function<void(const QString &)> told);

private:
    explicit Connection(const Address &address);
    [[nodiscard]] base::Expected<void, Fault> openFile(const Schema &schema);
    [[nodiscard]] base::Expected<void, Fault> openFileToRead(const Schema &schema);
    /// Whether the file that is open is of the schema, and has its tables as the schema makes them.
    [[nodiscard]] base::Expected<void, Fault> recognize(const Schema &schema);
    struct Object
    {
        QString type = {}; ///< "table", "index", "view", "trigger"
        QString sql = {}; ///< The statement that made it.

        bool operator==(const Object &) const = default;
    };
    using Objects = QHash<QString, Object>; ///< By their names.
    struct Description
    {
        qint64 applicationId = 0;
        qint64 version = 0;
        Objects objects = {};
    };
    [[nodiscard]] base::Expected<Description, Fault> describe();
    /// What a file of that version holds, from 0 on.
    [[nodiscard]] static base::Expected<Objects, Fault> objectsOf(const Schema &schema, qint64 version);
    [[nodiscard]] base::Expected<void, Fault> setPragmas(const QStringList &pragmas);
    [[nodiscard]] base::Expected<void, Fault> openServer(const Schema &schema);
    [[nodiscard]] base::Expected<void, Fault> migrateFile(const Schema &schema);
    [[nodiscard]] base::Expected<void, Fault> migrateServer(const Schema &schema);
    [[nodiscard]] base::Expected<qint64, Fault> execute(const QString &statement, const QVariantList &values,
                                                        const Visit &visit);
    [[nodiscard]] base::Expected<qint64, Fault> visitRows(QSqlQuery &query, const Visit &visit);
    [[nodiscard]] Fault faultOf(const QSqlQuery &query);

    struct Handle;
    const Address m_address;
    bool m_isFixed = false; ///< Read as one that nobody writes.
    std::unique_ptr<Handle> m_handle;
    std::shared_ptr<const Interruption> m_interruption;
};

} // namespace gatehouse::store
