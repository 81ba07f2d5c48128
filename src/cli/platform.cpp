// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/platform.h"

#include <QFile>
#include <QObject>

#include <csignal>

#ifdef Q_OS_UNIX
#include <QSocketNotifier>

#include <array>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#else
#include <QTimer>
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

namespace {

// A signal handler may call almost nothing: it writes a byte here, and the event loop reads it on the other
// side.
std::array<int, 2> pipeEnds{-1, -1};

void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(pipeEnds[0], &byte, 1);
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

void onStopSignal(QObject *context, std::function<void()> stop)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, pipeEnds.data()) != 0)
        return; // The signals then end the program at once, as they do by default.
    auto *notifier = new QSocketNotifier(pipeEnds[1], QSocketNotifier::Read, context);
    QObject::connect(notifier, &QSocketNotifier::activated, context, [notifier, stop = std::move(stop)] {
        notifier->setEnabled(false);
        stop();
    });
    struct sigaction action
    { };
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART | SA_RESETHAND; // A second signal ends a program that hangs while stopping.
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

#else

namespace {

volatile std::sig_atomic_t signalled = 0;

void onSignal(int)
{
    signalled = 1;
}

} // namespace

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

void onStopSignal(QObject *context, std::function<void()> stop)
{
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
    auto *timer = new QTimer(context);
    QObject::connect(timer, &QTimer::timeout, context, [timer, stop = std::move(stop)] {
        if (signalled == 0)
            return;
        timer->stop();
        stop();
    });
    timer->start(200);
}

#endif

} // namespace gatehouse::cli
