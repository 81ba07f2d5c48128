// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/context.h"
#include "mcp/handlercall.h"
#include "mcp/threadinvoker.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace gatehouse::mcp {

/// What the copies of one call's context share with its operation.
struct Context::Line
{
    ThreadInvoker invoker = {};
    std::weak_ptr<Operation> operation = {};
    std::atomic<bool> isCancelled = false;
    std::mutex mutex = {}; ///< Of the two below: handlers ask from any thread.
    bool isOver = false;
    std::vector<std::function<void()>> whenCancelled = {};

    /// Kept at once and not posted: the end may come before what is posted does.
    void tellWhenCancelled(std::function<void()> then)
    {
        {
            const std::lock_guard lock(mutex);
            if (!isOver)
                return whenCancelled.push_back(std::move(then));
        }
        if (isCancelled && !invoker.post([then] { callHandler(then); }))
            callHandler(then);
    }

    void post(std::function<void(Operation &)> then) const
    {
        invoker.post([operation = operation, then = std::move(then)] {
            if (const auto alive = operation.lock())
                then(*alive);
        });
    }
    /// Dispatcher's thread. No more is called afterwards.
    void over(bool wasCancelled)
    {
        std::vector<std::function<void()>> then;
        {
            const std::lock_guard lock(mutex);
            isCancelled = isCancelled || (wasCancelled && !isOver);
            isOver = true;
            then = std::exchange(whenCancelled, {});
        }
        if (!wasCancelled)
            return;
        for (const auto &one : then)
            callHandler(one);
    }
};

} // namespace gatehouse::mcp
