// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/localtime.h"

#include <QDateTime>

#include <limits>

namespace gatehouse::inspector {

namespace {

constexpr qint64 quarterMs = 15 * 60 * 1000; ///< No zone changes its offset within one.
constexpr qint64 dayMs = 24 * 60 * 60 * 1000;

qint64 floored(qint64 ms, qint64 unit)
{
    return ms >= 0 ? ms / unit : -((unit - 1 - ms) / unit);
}

} // namespace

QTime localTimeOf(qint64 ms)
{
    thread_local qint64 knownQuarter = std::numeric_limits<qint64>::min();
    thread_local qint64 offsetMs = 0;
    if (const qint64 quarter = floored(ms, quarterMs); quarter != knownQuarter) {
        knownQuarter = quarter;
        offsetMs = qint64(QDateTime::fromMSecsSinceEpoch(ms).offsetFromUtc()) * 1000;
    }
    const qint64 local = ms + offsetMs;
    return QTime::fromMSecsSinceStartOfDay(int(local - floored(local, dayMs) * dayMs));
}

} // namespace gatehouse::inspector
