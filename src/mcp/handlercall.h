// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/logging.h"

#include <exception>
#include <utility>

namespace gatehouse::mcp {

/// Calls code of whoever offers a feature. Where it throws it has failed, and the server has not: false then,
/// and the log says so.
template <typename Call> bool callHandler(Call &&call)
{
    try {
        std::forward<Call>(call)();
        return true;
    } catch (const std::exception &error) {
        qCWarning(base::lcMcp) << "A handler threw:" << error.what();
    } catch (...) {
        qCWarning(base::lcMcp) << "A handler threw something that is no std::exception.";
    }
    return false;
}

} // namespace gatehouse::mcp
