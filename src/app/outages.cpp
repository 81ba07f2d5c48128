// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/outages.h"

#include <algorithm>

namespace gatehouse::app {

namespace {

constexpr qsizetype mostProxies = 8;

} // namespace

void Outages::record(const host::Notice &notice, qint64 nowMs)
{
    using Kind = host::Notice::Kind;
    switch (notice.kind) {
    case Kind::IssuerUnreachable:
    case Kind::IssuerStale:
        if (unreachableSince == 0)
            unreachableSince = nowMs;
        unreachable = notice;
        break;
    case Kind::IssuerReachable:
        unreachableSince = 0;
        break;
    case Kind::DocumentsFailing:
        documents = notice;
        break;
    case Kind::DocumentsReachable:
        documents.reset();
        break;
    case Kind::BehindProxy: {
        // Anybody can send more: the first stays until it is closed, and of the others the latest.
        const bool isFirst = !proxies.isEmpty() && proxies.first().detail == notice.detail;
        if (isFirst)
            break;
        proxies.removeIf([&](const host::Notice &one) { return one.detail == notice.detail; });
        if (proxies.size() >= mostProxies)
            proxies.remove(1);
        proxies.append(notice);
        break;
    }
    default:
        break;
    }
}

void Outages::forget()
{
    unreachableSince = 0;
    documents.reset();
}

} // namespace gatehouse::app
