// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/callcounts.h"

namespace gatehouse::inspector {

using exchange::Outcome;

void CallCounts::record(const exchange::Exchange &exchange)
{
    const bool isOver = exchange.outcome != Outcome::Running;
    if (!isOver || exchange.target.isEmpty() || exchange.source != exchange::Source::Server
        || exchange.refusal != exchange::Refusal::None || !exchange.verdict.accepted())
        return;
    const std::pair key(exchange.rpcMethod, exchange.target);
    auto found = m_counts.find(key);
    if (found == m_counts.end()) {
        if (m_counts.size() >= most)
            return;
        found = m_counts.insert(key, {});
    }
    ++found->calls;
    found->errors += hasErred(exchange) ? 1 : 0;
    found->tookUs += tookUs(exchange.times);
}

bool hasErred(const exchange::Exchange &exchange)
{
    return exchange.outcome == Outcome::RpcError || exchange.outcome == Outcome::ToolError
        || exchange.outcome == Outcome::Late || exchange.status >= 500;
}

CallCounts::Count CallCounts::of(const QString &rpcMethod, const QString &target) const
{
    return m_counts.value({rpcMethod, target});
}

} // namespace gatehouse::inspector
