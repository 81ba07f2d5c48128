// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/platform.h"

#include <QFile>
#include <QSocketNotifier>

#include <utility>

#ifdef Q_OS_UNIX
#include <array>
#include <csignal>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace gatehouse::cli {

namespace {

QByteArray readLine()
{
    QFile input;
    return input.open(stdin, QIODevice::ReadOnly) ? input.readLine(100).trimmed() : QByteArray();
}

} // namespace

#ifdef Q_OS_UNIX

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
    if (!hasTerminal())
        return {};
    auto notifier = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(notifier.get(), &QSocketNotifier::activated, notifier.get(),
                     [take = std::move(take), self = notifier.get()] {
                         if (::tcgetpgrp(STDIN_FILENO) != ::getpgrp())
                             return;
                         // A terminal hands over whole lines, of 4096 bytes at most.
                         std::array<char, 4096> line{};
                         const ssize_t size = ::read(STDIN_FILENO, line.data(), line.size());
                         if (size <= 0)
                             return self->setEnabled(false);
                         take(QString::fromUtf8(line.data(), size).trimmed()); // May end this.
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
    return readLine();
}

std::unique_ptr<QObject> onLineFromTerminal(std::function<void(const QString &)>)
{
    return {};
}

#endif

} // namespace gatehouse::cli
