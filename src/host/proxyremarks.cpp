// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/proxyremarks.h"

#include <algorithm>

namespace gatehouse::host {

bool ProxyRemarks::isDue(const QString &origin, qint64 nowMs)
{
    if (std::any_of(m_made.begin(), m_made.end(), [&](const Made &one) { return one.origin == origin; }))
        return false;
    if (m_made.size() >= most) {
        const qint64 age = nowMs - m_made.first().atMs;
        if (age >= 0 && age < keptMs)
            return false;
        m_made.removeFirst();
    }
    m_made.append({origin, nowMs});
    return true;
}

} // namespace gatehouse::host
