// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/stopsignal.h"

#include <QObject>

#include <csignal>

#ifdef Q_OS_UNIX
#include <QSocketNotifier>

#include <array>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#else
#include <QTimer>
#endif

namespace gatehouse::base {

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

void onStopSignal(QObject *context, std::function<void()> stop)
{
    const bool isOpen = pipeEnds[0] >= 0 || ::socketpair(AF_UNIX, SOCK_STREAM, 0, pipeEnds.data()) == 0;
    if (!isOpen)
        return; // The signals then end the program at once, as they do by default.
    for (const int end : pipeEnds) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    char old = 0; // Of a signal that came when nobody waited any more.
    while (::read(pipeEnds[1], &old, 1) == 1) { }
    auto *notifier = new QSocketNotifier(pipeEnds[1], QSocketNotifier::Read, context);
    QObject::connect(notifier, &QSocketNotifier::activated, context, [notifier, stop = std::move(stop)] {
        notifier->setEnabled(false);
        char byte = 0;
        [[maybe_unused]] const auto read = ::read(pipeEnds[1], &byte, 1); // Another context may wait later.
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

void onStopSignal(QObject *context, std::function<void()> stop)
{
    signalled = 0;
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

} // namespace gatehouse::base
