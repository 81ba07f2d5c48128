// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/platform.h"

#include <QFile>
#include <QSocketNotifier>
#include <QTimer>

#include <utility>

#ifdef Q_OS_UNIX
#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace gatehouse::cli {

#ifdef Q_OS_UNIX

namespace {

/// A terminal hands over one whole line, of 4096 bytes at most, and nothing of the next.
QByteArray readLine()
{
    std::array<char, 4096> line{};
    ssize_t size = 0;
    do
        size = ::read(STDIN_FILENO, line.data(), line.size());
    while (size < 0 && errno == EINTR);
    return QByteArray(line.data(), std::max<ssize_t>(0, size)).trimmed();
}

} // namespace

void restrictNewFiles()
{
    ::umask(077);
}

bool hasTerminal()
{
    return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1;
}

bool outputIsTerminal()
{
    return ::isatty(STDOUT_FILENO) == 1;
}

QByteArray lineFromTerminal()
{
    struct sigaction byDefault
    { };
    byDefault.sa_handler = SIG_DFL;
    std::array<struct sigaction, 2> before{};
    sigaction(SIGINT, &byDefault, &before[0]);
    sigaction(SIGTERM, &byDefault, &before[1]);
    const QByteArray line = readLine();
    sigaction(SIGINT, &before[0], nullptr);
    sigaction(SIGTERM, &before[1], nullptr);
    return line;
}

std::unique_ptr<QObject> onLineFromTerminal(std::function<void(const QString &line)> take)
{
    constexpr int pauseMs = 500;
    if (!hasTerminal())
        return {};
    auto notifier = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(notifier.get(), &QSocketNotifier::activated, notifier.get(),
                     [take = std::move(take), self = notifier.get()] {
                         const bool isOurs = ::tcgetpgrp(STDIN_FILENO) == ::getpgrp();
                         const QByteArray line = isOurs ? readLine() : QByteArray();
                         // Whose line it is may take a while, and it is told of all that time.
                         if (line.isEmpty()) {
                             self->setEnabled(false);
                             QTimer::singleShot(pauseMs, self, [self] { self->setEnabled(true); });
                             return;
                         }
                         take(QString::fromUtf8(line)); // May end this.
                     });
    return notifier;
}

#else

void restrictNewFiles() { }

bool hasTerminal()
{
    return false;
}

bool outputIsTerminal()
{
    return true; // Rather escape too much.
}

QByteArray lineFromTerminal()
{
    QFile input;
    return input.open(stdin, QIODevice::ReadOnly) ? input.readLine(4096).trimmed() : QByteArray();
}

std::unique_ptr<QObject> onLineFromTerminal(std::function<void(const QString &)>)
{
    return {};
}

#endif

} // namespace gatehouse::cli
