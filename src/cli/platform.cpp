// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/platform.h"

#include <QFile>

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

#endif

} // namespace gatehouse::cli
