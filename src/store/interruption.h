// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QSqlDriver;

namespace gatehouse::store {

/// Ends what a connection is waiting for, from another thread: a PostgreSQL that hangs, while its system
/// lives, is silent for ever, and libpq waits as long; and SQLite knows no limit to what a statement looks
/// through. Nothing where the driver does not tell what it works with. Goes before its connection is closed.
class Interruption
{
public:
    /// Of an open connection.
    explicit Interruption(const QSqlDriver &driver);
    ~Interruption();
    Interruption(const Interruption &) = delete;
    Interruption &operator=(const Interruption &) = delete;

    /// A server is lost from then on; a statement of SQLite fails. From any thread.
    void interrupt() const;

private:
    int m_socket = -1; ///< A copy of our own, so that it never stands for another one.
    void *m_database = nullptr; ///< Of SQLite.
};

} // namespace gatehouse::store
