// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/enginethread.h"

#include <QEventLoop>

#include <future>

namespace gatehouse::host {

EngineThread::EngineThread()
{
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

EngineThread::~EngineThread()
{
    QMetaObject::invokeMethod(m_context, [context = m_context] { qDeleteAll(context->children()); });
    m_thread.join();
}

} // namespace gatehouse::host
