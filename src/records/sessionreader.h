// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "records/sessionfile.h"

namespace gatehouse::records {

struct SessionRow
{
    qint64 serial = 0; ///< Counts up, with gaps perhaps.
    qint64 run = 0;
    exchange::Exchange exchange = {};
};

/// A session file that is only read: one of a colleague's, or one that another program writes meanwhile. What
/// stands in it is believed no more than what a peer sends. One thread.
class SessionReader
{
public:
    [[nodiscard]] static base::Expected<std::unique_ptr<SessionReader>, store::Fault>
    open(const QString &path);

    [[nodiscard]] base::Expected<QList<SessionRun>, store::Fault> runs();
    /// The serials of the first and the last row; {0, 0} where there is none.
    [[nodiscard]] base::Expected<std::pair<qint64, qint64>, store::Fault> span();
    /// The first rows behind that serial, in order: none only at the end, and no more of them than `most`,
    /// or than take 32 MiB. Damaged where one of them is none.
    [[nodiscard]] base::Expected<QList<SessionRow>, store::Fault> rowsBehind(qint64 serial, int most);
    /// Ends what it reads, from any other thread: Busy is its answer then.
    [[nodiscard]] std::shared_ptr<const store::Interruption> interruption() const
    {
        return m_connection->interruption();
    }

private:
    explicit SessionReader(std::unique_ptr<store::Connection> connection);
    [[nodiscard]] base::Expected<void, store::Fault> readRow(const QVariantList &values, SessionRow &row);
    [[nodiscard]] base::Expected<void, store::Fault> readShared(qsizetype column, qint64 id,
                                                                exchange::Exchange &exchange);

    std::unique_ptr<store::Connection> m_connection;
    QString m_select;
    QList<QHash<qint64, exchange::Exchange>> m_known; ///< By shared column: what was read of a number.
    qsizetype m_knownBytes = 0;
};

} // namespace gatehouse::records
