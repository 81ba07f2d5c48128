// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <functional>

namespace gatehouse::base {

/// Milliseconds since 1970-01-01 UTC. Passed in wherever time decides something, so that tests can hold it
/// still.
using Clock = std::function<qint64()>;
[[nodiscard]] Clock systemClock();

/// Whether `then` is less than `span` ago. What lies ahead, since the clock was set back, is not: else it
/// would count as young until the clock has caught up.
[[nodiscard]] constexpr bool isYoungerThan(qint64 spanMs, qint64 thenMs, qint64 nowMs)
{
    return nowMs >= thenMs && nowMs - thenMs < spanMs;
}

} // namespace gatehouse::base
