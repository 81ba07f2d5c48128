// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

namespace gatehouse::test {

/// A PostgreSQL of the test's own, in a folder of its own, that only this machine's users reach by a socket
/// in it. It refuses to run as root, and is then run as the user that Debian made for it.
class PostgresServer
{
public:
    PostgresServer()
        : m_folder(QStringLiteral("/tmp/gatehouse-pg-XXXXXX"))
    {
        const QStringList versions = QDir(QStringLiteral("/usr/lib/postgresql"))
                                         .entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        if (!versions.isEmpty())
            m_programs = QStringLiteral("/usr/lib/postgresql/%1/bin/").arg(versions.last());
    }
    ~PostgresServer()
    {
        if (m_isRunning)
            stop(QStringLiteral("immediate"));
    }
    Q_DISABLE_COPY_MOVE(PostgresServer)

    /// False where this machine has none.
    [[nodiscard]] bool isThere() const { return !m_programs.isEmpty(); }

    [[nodiscard]] bool start()
    {
        if (!QFile::exists(m_folder.filePath(QStringLiteral("data/PG_VERSION")))) {
            if (::geteuid() == 0)
                QProcess::execute(QStringLiteral("chown"), {QStringLiteral("postgres"), m_folder.path()});
            if (!run({m_programs + QStringLiteral("initdb"), QStringLiteral("-D"), data(),
                      QStringLiteral("-U"), QStringLiteral("gatehouse"), QStringLiteral("-A"),
                      QStringLiteral("trust"), QStringLiteral("-E"), QStringLiteral("UTF8"),
                      QStringLiteral("--locale=C.UTF-8"), QStringLiteral("--no-sync")}))
                return false;
        }
        m_isRunning
            = run({m_programs + QStringLiteral("pg_ctl"), QStringLiteral("-D"), data(), QStringLiteral("-w"),
                   QStringLiteral("-l"), m_folder.filePath(QStringLiteral("data/log")), QStringLiteral("-o"),
                   QStringLiteral("-k %1 -c listen_addresses='' -c fsync=off").arg(m_folder.path()),
                   QStringLiteral("start")});
        return m_isRunning;
    }
    /// "fast" lets go of its clients, "immediate" is as if it crashed.
    void stop(const QString &mode = QStringLiteral("fast"))
    {
        run({m_programs + QStringLiteral("pg_ctl"), QStringLiteral("-D"), data(), QStringLiteral("-w"),
             QStringLiteral("-m"), mode, QStringLiteral("stop")});
        m_isRunning = false;
    }
    /// Of one of its databases, which is made where it is new.
    [[nodiscard]] QString address(const QString &database)
    {
        run({m_programs + QStringLiteral("createdb"), QStringLiteral("-h"), m_folder.path(),
             QStringLiteral("-U"), QStringLiteral("gatehouse"), database});
        return QStringLiteral("postgresql:///%1?host=%2&user=gatehouse").arg(database, m_folder.path());
    }
    /// By its own client: a statement, and what it printed.
    QByteArray query(const QString &database, const QString &statement)
    {
        QByteArray out;
        run({m_programs + QStringLiteral("psql"), QStringLiteral("-h"), m_folder.path(), QStringLiteral("-U"),
             QStringLiteral("gatehouse"), QStringLiteral("-At"), QStringLiteral("-c"), statement, database},
            &out);
        return out.trimmed();
    }

private:
    [[nodiscard]] QString data() const { return m_folder.filePath(QStringLiteral("data")); }
    bool run(QStringList command, QByteArray *out = nullptr)
    {
        if (::geteuid() == 0)
            command = QStringList{QStringLiteral("runuser"), QStringLiteral("-u"), QStringLiteral("postgres"),
                                  QStringLiteral("--")}
                + command;
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        // A server that goes on must not keep our pipes.
        process.setStandardErrorFile(QProcess::nullDevice());
        if (!out)
            process.setStandardOutputFile(QProcess::nullDevice());
        process.start(command.takeFirst(), command);
        const bool isOver = process.waitForFinished(60'000);
        if (out)
            *out = process.readAllStandardOutput();
        return isOver && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    }

    QTemporaryDir m_folder;
    QString m_programs; ///< Where they are, with a slash.
    bool m_isRunning = false;
};

} // namespace gatehouse::test
