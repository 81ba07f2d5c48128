// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/pulse.h"

#include "inspector/callcounts.h"

namespace gatehouse::inspector {

void Pulse::record(const exchange::Exchange &exchange, qint64 nowMs)
{
    if (exchange.source == exchange::Source::Sandbox || exchange.outcome == exchange::Outcome::Running)
        return;
    const qint64 at = exchange.times.receivedAt / 1000;
    Second &second = m_seconds.at(size_t(at % qint64(m_seconds.size())));
    const bool isOfTheFuture = second.at > nowMs / 1000 + 1;
    if (at < second.at && !isOfTheFuture)
        return; // Longer ago than is shown.
    if (at != second.at)
        second = {at};
    const auth::Reason reason = exchange.verdict.reason;
    const bool isRefused = !exchange.verdict.accepted() || exchange.refusal != exchange::Refusal::None;
    if (exchange.status >= 500 || (isRefused && reason != auth::Reason::NoToken))
        ++second.bad;
    else if (isRefused || hasErred(exchange))
        ++second.warned;
    else
        ++second.good;
}

QList<Pulse::Second> Pulse::upTo(qint64 nowMs) const
{
    QList<Second> shown;
    const qint64 now = nowMs / 1000;
    for (qint64 at = now - seconds + 1; at <= now; ++at) {
        const Second &second = m_seconds.at(size_t(at % qint64(m_seconds.size())));
        shown.append(second.at == at ? second : Second{at});
    }
    return shown;
}

} // namespace gatehouse::inspector
