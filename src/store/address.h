// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QList>
#include <QString>

#include <utility>

namespace gatehouse::store {

/// Where a database is: a file of SQLite, or a server.
struct Address
{
    QString file = {}; ///< Of SQLite; empty for PostgreSQL.
    QString host = {}; ///< Name, address, or the folder of a socket. Empty: the usual socket.
    int port = 5432;
    QString user = {}; ///< Empty: the user of this process.
    QString password = {}; ///< Empty: PGPASSWORD, or ~/.pgpass.
    QString database = {};
    QList<std::pair<QString, QString>> parameters = {}; ///< sslmode and its kin, as libpq names them.

    [[nodiscard]] bool isFile() const { return !file.isEmpty(); }
    /// As it may be shown: without the password.
    [[nodiscard]] QString shown() const;

    bool operator==(const Address &) const = default;
};

/// Whether the text is meant as a server's address.
[[nodiscard]] bool isServerAddress(const QString &text);
/// A path, or "postgresql://user@host:port/database?sslmode=require" (libpq §34.1.1.2; not all of its
/// parameters). The error is one sentence, without a password.
[[nodiscard]] base::Expected<Address, QString> addressFrom(const QString &text);

} // namespace gatehouse::store
