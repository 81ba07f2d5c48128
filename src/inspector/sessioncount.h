// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/exchange.h"

#include <QSet>

namespace gatehouse::inspector {

/// How many sessions were used and not ended, as far as what passed tells.
class SessionCount
{
public:
    void record(const exchange::Exchange &exchange)
    {
        if (exchange.session.isEmpty() || exchange.status < 200 || exchange.status >= 300)
            return;
        if (exchange.method == "DELETE")
            m_sessions.remove(exchange.session);
        else if (m_sessions.size() < most)
            m_sessions.insert(exchange.session);
    }
    void clear() { m_sessions.clear(); }
    [[nodiscard]] qsizetype count() const { return m_sessions.size(); }
    static constexpr qsizetype most = 10'000; ///< More are not counted.

private:
    QSet<QByteArray> m_sessions; ///< Fingerprints.
};

} // namespace gatehouse::inspector
