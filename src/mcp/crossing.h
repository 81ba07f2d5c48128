// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace gatehouse::mcp {

/// The way from any thread to the one on which it was made. Copies share it.
class Crossing
{
public:
    /// Calls `then` over there, never from within.
    void post(std::function<void()> then) const
    {
        // The call holds the relay: it must not go before the call is delivered, whatever order events come
        // in.
        QMetaObject::invokeMethod(
            m_relay.get(), [relay = m_relay, then = std::move(then)] { then(); }, Qt::QueuedConnection);
    }

private:
    // Left to its thread's event loop, so that others may post for as long as they like.
    std::shared_ptr<QObject> m_relay{new QObject, [](QObject *object) { object->deleteLater(); }};
};

/// A function that takes one answer from whatever thread it comes from and hands it to `done` on this one;
/// further answers are ignored. When its last copy dies unused, `done` gets nullopt.
template <typename T>
[[nodiscard]] std::function<void(T)> answerOnce(std::function<void(std::optional<T>)> done)
{
    struct Once
    {
        explicit Once(std::function<void(std::optional<T>)> then)
            : done(std::move(then))
        { }
        ~Once() { give(std::nullopt); }
        Q_DISABLE_COPY_MOVE(Once)

        void give(std::optional<T> answer)
        {
            if (!isGiven.exchange(true))
                crossing.post([done = std::move(done), answer = std::move(answer)]() mutable {
                    done(std::move(answer));
                });
        }
        Crossing crossing;
        std::function<void(std::optional<T>)> done;
        std::atomic<bool> isGiven = false;
    };
    const auto once = std::make_shared<Once>(std::move(done));
    return [once](T answer) { once->give(std::move(answer)); };
}

} // namespace gatehouse::mcp
