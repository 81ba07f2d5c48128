// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "records/sessionfile.h"

#include <QMutex>

namespace gatehouse::records {

struct SessionRow
{
    qint64 serial = 0; ///< Counts up, with gaps perhaps.
    qint64 run = 0;
    exchange::Exchange exchange = {};
};

/// A session file that is only read: one of a colleague's, or one that another program writes meanwhile. What
/// stands in it is believed no more than what a peer sends. One thread, but for interrupt().
class SessionReader
{
public:
    [[nodiscard]] static base::Expected<std::unique_ptr<SessionReader>, store::Fault>
    open(const QString &path);

    [[nodiscard]] base::Expected<QList<SessionRun>, store::Fault> runs();
    /// The serials of the first and the last row; {0, 0} where there is none.
    [[nodiscard]] base::Expected<std::pair<qint64, qint64>, store::Fault> span();
    /// How many requests reached the server; looks through all rows.
    [[nodiscard]] base::Expected<qint64, store::Fault> serverRequests();
    struct Page
    {
        QList<SessionRow> rows = {};
        qint64 last = 0; ///< The serial of the last one that was read; that it was asked for, at the end.
        qint64 unreadable = 0; ///< So many are none of ours, or of a newer version.
        QString why = {}; ///< Of the first of those: "outcome of row 7".

        [[nodiscard]] bool isEnd() const { return rows.isEmpty() && unreadable == 0; }
    };
    /// The first rows behind that serial, in order: no more of them than `most`, or than take 32 MiB.
    [[nodiscard]] base::Expected<Page, store::Fault> rowsBehind(qint64 serial, int most);
    /// Ends what it reads, from any other thread: Busy is its answer then, also to all that follows.
    void interrupt();

private:
    SessionReader(QString path, std::unique_ptr<store::Connection> connection);
    [[nodiscard]] bool isInterrupted();
    [[nodiscard]] base::Expected<void, store::Fault> openAnew();
    [[nodiscard]] base::Expected<Page, store::Fault> read(qint64 serial, int most);
    [[nodiscard]] base::Expected<void, store::Fault> readRow(const QVariantList &values, SessionRow &row);
    [[nodiscard]] base::Expected<void, store::Fault> readShared(qsizetype column, qint64 id,
                                                                exchange::Exchange &exchange);

    QString m_path;
    std::unique_ptr<store::Connection> m_connection;
    QString m_select;
    QList<QHash<qint64, exchange::Exchange>> m_known; ///< By shared column: what was read of a number.
    qsizetype m_knownBytes = 0;
    QMutex m_mutex; ///< For the two below.
    std::shared_ptr<const store::Interruption> m_interruption;
    bool m_isInterrupted = false;
};

} // namespace gatehouse::records
