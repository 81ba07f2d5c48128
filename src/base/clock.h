// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <functional>

namespace gatehouse::base {

/// Milliseconds since 1970-01-01 UTC. Passed in wherever time decides something, so that tests can hold it
/// still.
using Clock = std::function<qint64()>;
[[nodiscard]] Clock systemClock();

} // namespace gatehouse::base
