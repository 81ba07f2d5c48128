// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <thread>

namespace gatehouse::base {

/// A thread with an event loop. A std::thread and no QThread, because QThread::wait() returns before the
/// thread's own destructors have run, among them OpenSSL's generator.
class WorkerThread
{
public:
    WorkerThread();
    /// Ends the loop and waits until the thread is wholly gone.
    ~WorkerThread();
    Q_DISABLE_COPY_MOVE(WorkerThread)

    /// An object that lives on the thread: the context for calls into it. Never null, valid until
    /// destruction.
    [[nodiscard]] QObject *context() const { return m_context; }

private:
    QObject *m_context = nullptr;
    std::thread m_thread;
};

} // namespace gatehouse::base
