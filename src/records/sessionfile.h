// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/exchange.h"
#include "store/connection.h"

namespace gatehouse::records {

/// What went wrong with a session file, in a sentence of English that names it.
[[nodiscard]] QString sentenceOf(const store::Fault &fault, const QString &path);

/// A server for as long as it judges by the same settings, as a session file tells of it.
struct SessionRun
{
    qint64 id = 0; ///< Within the file; counts up.
    qint64 startedMs = 0; ///< Since 1970.
    qint64 endedMs = 0; ///< 0: it runs, or was cut off.
    QString program = {}; ///< "Gatehouse 0.1.0"
    QString resource = {};
    QString issuer = {};
    QByteArray settings = "{}"; ///< What it judged by: JSON, without secrets.
    QByteArray keys
        = "[]"; ///< Public keys that were used, as JSON Web Keys (RFC 7517); nobody fills it in yet.
    qint64 dropped = 0; ///< Exchanges that ended and could not be written.

    bool operator==(const SessionRun &) const = default;
};

/// A session file that is written: SQLite with a log beside it, so that the end of the process, whatever ends
/// it, takes nothing of what was written. Lives on one thread, which it blocks while the disk works.
class SessionFile
{
public:
    /// Made where it is not there; else what comes is put behind what it has.
    [[nodiscard]] static base::Expected<std::unique_ptr<SessionFile>, store::Fault> open(const QString &path);

    /// What is written from here on is judged by that. `idsAreNew`: the exchanges' ids begin anew, and what
    /// was under way is not told of any more.
    [[nodiscard]] base::Expected<void, store::Fault> beginRun(const SessionRun &run, bool idsAreNew = true);
    /// All of them, or none. One that is not over is written as such; told again, it takes the place of what
    /// was written. `dropped` are added to the run's.
    [[nodiscard]] base::Expected<void, store::Fault> write(const QList<exchange::Exchange> &batch,
                                                           qint64 dropped = 0);
    [[nodiscard]] base::Expected<void, store::Fault> endRun(qint64 ms);
    /// A copy as it is now, whose last run ends at `ms`: one file, there once it is whole, in place of what
    /// was there. Busy where somebody has that open, or it is this one.
    [[nodiscard]] base::Expected<void, store::Fault> saveTo(const QString &path, qint64 ms);
    /// Goes on in a copy at `path`, as if it had begun there; what was written before stays where it is.
    /// Where it fails, it goes on where it was.
    [[nodiscard]] base::Expected<void, store::Fault> moveTo(const QString &path);
    /// Takes all that is over out of the file, so that nothing of it is left there.
    [[nodiscard]] base::Expected<void, store::Fault> forget();
    /// Takes the oldest out of it, until what is left takes no more than that.
    [[nodiscard]] base::Expected<void, store::Fault> keepWithin(qint64 bytes);
    /// False where it was moved away, or another file stands in its place: leave() is what is to be done.
    [[nodiscard]] bool isThere() const { return m_connection->isOpen(); }
    /// Puts what was written into the file itself, as far as nobody reads it: what is newer stands in the log
    /// beside it ("-wal").
    void settle();
    /// Puts all of it there, wherever the file is now: the log is found by the file's name, and would be read
    /// into whatever is called so.
    [[nodiscard]] base::Expected<void, store::Fault> leave() { return m_connection->leave(); }

private:
    explicit SessionFile(std::unique_ptr<store::Connection> connection);
    [[nodiscard]] base::Expected<qint64, store::Fault> shared(qsizetype column,
                                                              const exchange::Exchange &exchange);
    [[nodiscard]] base::Expected<qint64, store::Fault> numberOf(const QByteArray &text);
    [[nodiscard]] base::Expected<qint64, store::Fault> writeOne(const exchange::Exchange &exchange,
                                                                qint64 serial);

    void forgetShared();
    [[nodiscard]] base::Expected<void, store::Fault> makeWay(const QString &path);
    [[nodiscard]] base::Expected<void, store::Fault>
    copyTo(const QString &path,
           const std::function<base::Expected<void, store::Fault>(SessionFile &)> &finish);
    [[nodiscard]] base::Expected<void, store::Fault> dropUnshared();
    [[nodiscard]] base::Expected<qint64, store::Fault> usedBytes();

    std::unique_ptr<store::Connection> m_connection;
    QString m_insert;
    QString m_update;
    qint64 m_run = 0;
    /// What was written last, by shared column: most of what follows is the same, and need not be written to
    /// be known.
    QList<QList<std::pair<exchange::Exchange, qint64>>> m_latest;
    QHash<QByteArray, qint64> m_shared; ///< Digest → number.
    QHash<exchange::Key, qint64> m_open; ///< Those that are not over → their serial.
};

} // namespace gatehouse::records
