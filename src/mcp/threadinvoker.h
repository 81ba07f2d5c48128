// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace gatehouse::mcp {

/// The way from any thread to the one of a Landing. Copies share it; where the landing is gone, or there
/// never was one, what is posted is dropped.
class ThreadInvoker
{
public:
    ThreadInvoker() = default;

    /// Calls `then` over there, in order, never from within. False where there is no landing any more.
    bool post(std::function<void()> then) const
    {
        if (!m_gate)
            return false;
        const std::lock_guard lock(m_gate->mutex);
        if (!m_gate->object)
            return false;
        ++m_gate->waiting;
        QMetaObject::invokeMethod(
            m_gate->object,
            [gate = m_gate, then = std::move(then)] {
                gate->oneLess();
                then();
            },
            Qt::QueuedConnection);
        return true;
    }
    /// The same, but from within where this is over there already and nothing waits that was posted before.
    void run(std::function<void()> then) const
    {
        if (m_gate && m_gate->isOpenHere())
            then();
        else
            post(std::move(then));
    }

private:
    friend class Landing;
    // The one mutex: it keeps the object alive while something is posted to it. An object for each invoker
    // that deletes itself later will not do: Qt deadlocks where that happens while a thread's events are
    // cleared away.
    struct Gate
    {
        std::mutex mutex;
        QObject *object = nullptr;
        qsizetype waiting = 0;

        void oneLess()
        {
            const std::lock_guard lock(mutex);
            --waiting;
        }
        [[nodiscard]] bool isOpenHere()
        {
            const std::lock_guard lock(mutex);
            return object && waiting == 0 && object->thread() == QThread::currentThread();
        }
    };
    std::shared_ptr<Gate> m_gate;
};

/// Where invokers lead: lives on its thread and is destroyed there, before the thread's event loop is.
class Landing
{
public:
    Landing()
    {
        m_invoker.m_gate = std::make_shared<ThreadInvoker::Gate>();
        m_invoker.m_gate->object = &m_object;
    }
    ~Landing()
    {
        const std::lock_guard lock(m_invoker.m_gate->mutex);
        m_invoker.m_gate->object = nullptr;
    }
    Q_DISABLE_COPY_MOVE(Landing)

    [[nodiscard]] const ThreadInvoker &invoker() const { return m_invoker; }

private:
    QObject m_object;
    ThreadInvoker m_invoker;
};

/// A function that takes one answer from whatever thread it comes from and hands it to `done` over the
/// invoker, from within where there is nothing to cross; further answers are ignored. When its last copy
/// dies unused, `done` gets nullopt.
template <typename T>
[[nodiscard]] std::function<void(T)> answerOnce(const ThreadInvoker &invoker,
                                                std::function<void(std::optional<T>)> done)
{
    struct Once
    {
        Once(const ThreadInvoker &way, std::function<void(std::optional<T>)> then)
            : invoker(way)
            , done(std::move(then))
        { }
        ~Once() { give(std::nullopt); }
        Q_DISABLE_COPY_MOVE(Once)

        void give(std::optional<T> answer)
        {
            if (!isGiven.exchange(true))
                invoker.run([done = std::move(done), answer = std::move(answer)] { done(answer); });
        }
        ThreadInvoker invoker;
        std::function<void(std::optional<T>)> done;
        std::atomic<bool> isGiven = false;
    };
    const auto once = std::make_shared<Once>(invoker, std::move(done));
    return [once](T answer) { once->give(std::move(answer)); };
}

} // namespace gatehouse::mcp
