// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/exchange.h"

#include <QList>

#include <array>

namespace gatehouse::inspector {

/// How much came in each of the last seconds, and how it went. What is hidden is counted as well; what the
/// sandbox got is not. A value; one thread.
class Pulse
{
public:
    static constexpr int seconds = 60;

    struct Second
    {
        qint64 at = 0; ///< Since 1970.
        int good = 0;
        int warned = 0; ///< Calls that erred, and the first refusal of a sign-in.
        int bad = 0; ///< Refused, or failed on our side.

        [[nodiscard]] int all() const { return good + warned + bad; }
        bool operator==(const Second &) const = default;
    };

    /// Each exchange once its answer is there; others are left out. What lies behind `nowMs` was counted
    /// before the clock was set back, and goes.
    void record(const exchange::Exchange &exchange, qint64 nowMs);
    void clear() { m_seconds = {}; }
    /// The last sixty, the oldest first.
    [[nodiscard]] QList<Second> upTo(qint64 nowMs) const;

private:
    std::array<Second, seconds + 1> m_seconds; ///< Each at its place in the round.
};

} // namespace gatehouse::inspector
