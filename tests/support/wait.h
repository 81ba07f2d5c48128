// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>

namespace gatehouse {

/// Lets the event loop run until it is true; false if it never is within that time. QTest::qWaitFor() naps 10
/// ms between its looks, which for a sign-in of twelve requests made nine tenths of a test's time.
template <typename Predicate> [[nodiscard]] bool waitFor(Predicate isTrue, int milliseconds = 5000)
{
    const QDeadlineTimer deadline(milliseconds);
    QTimer look; // What another thread makes true is no event here.
    look.start(10);
    while (!isTrue()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

} // namespace gatehouse
