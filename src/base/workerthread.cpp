// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/workerthread.h"

#include <QEventLoop>

#include <future>

namespace gatehouse::base {

namespace {

/// While it lives, threads get Qt's plain event loop. The one over GLib wakes itself up whenever a socket
/// begins or ends to wait for writing: three system calls more around each answer.
class PlainLoop
{
public:
    PlainLoop()
    {
        if (!m_wasSet)
            qputenv(name, "1");
    }
    ~PlainLoop()
    {
        if (!m_wasSet)
            qunsetenv(name); // Programs that we start are to have their own way.
    }
    Q_DISABLE_COPY_MOVE(PlainLoop)

private:
    static constexpr auto name = "QT_NO_THREADED_GLIB";
    const bool m_wasSet = qEnvironmentVariableIsSet(name);
};

} // namespace

WorkerThread::WorkerThread()
{
    const PlainLoop plain;
    std::promise<QObject *> ready;
    m_thread = std::thread([&ready] {
        QObject context;
        QEventLoop loop;
        // Destroying the context's child is the signal to leave: it needs no pointer to the loop outside.
        auto *latch = new QObject(&context);
        QObject::connect(latch, &QObject::destroyed, &loop, &QEventLoop::quit, Qt::QueuedConnection);
        ready.set_value(&context);
        loop.exec();
    });
    m_context = ready.get_future().get();
}

WorkerThread::~WorkerThread()
{
    QMetaObject::invokeMethod(m_context, [context = m_context] { qDeleteAll(context->children()); });
    m_thread.join();
}

} // namespace gatehouse::base
