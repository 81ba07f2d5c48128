// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QStringList>

/// The real executable, started as a user starts it and ended with SIGTERM.
class Program
{
public:
    explicit Program(const QStringList &arguments, const QStringList &environment = {});
    ~Program();
    Q_DISABLE_COPY_MOVE(Program)

    /// The next line of stdout; empty after ten seconds without one.
    [[nodiscard]] QByteArray line();
    /// The next line of stdout as JSON.
    [[nodiscard]] QJsonObject jsonLine();
    /// Everything that came on stdout and stderr until now.
    [[nodiscard]] QByteArray everything();
    [[nodiscard]] QByteArray errors();

    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    void write(const QByteArray &input) { m_process.write(input); } ///< To stdin.
    void closeInput() { m_process.closeWriteChannel(); }

    /// Ends it as Ctrl+C would and gives the exit code; -1 when it crashed or did not end.
    int stop();
    /// Waits for it to end by itself.
    int wait();

private:
    void read();

    QProcess m_process;
    QByteArray m_out; ///< Not yet taken by line().
    QByteArray m_allOut;
    QByteArray m_allErrors;
};

/// One raw HTTP exchange over a connection of its own; reads until the answer is whole.
struct RawAnswer
{
    int status = 0;
    QList<QPair<QByteArray, QByteArray>> headers; ///< Names in lower case.
    QByteArray body;
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
};
[[nodiscard]] RawAnswer exchangeRaw(const QByteArray &address, int port, const QByteArray &request);
