// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/context.h"
#include "mcp/crossing.h"
#include "mcp/handlercall.h"

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

namespace gatehouse::mcp {

/// What the copies of one call's context share with its operation.
struct Context::Line
{
    Crossing crossing = {};
    std::weak_ptr<Operation> operation = {};
    std::atomic<bool> isCancelled = false;
    std::vector<std::function<void()>> whenCancelled = {}; ///< Dispatcher's thread only.

    void post(std::function<void(Operation &)> then) const
    {
        crossing.post([operation = operation, then = std::move(then)] {
            if (const auto alive = operation.lock())
                then(*alive);
        });
    }
    /// Dispatcher's thread. No more is called afterwards.
    void over(bool wasCancelled)
    {
        const auto then = std::exchange(whenCancelled, {});
        if (!wasCancelled)
            return;
        isCancelled = true;
        for (const auto &one : then)
            callHandler(one);
    }
};

} // namespace gatehouse::mcp
