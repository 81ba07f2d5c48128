// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/exchange.h"

#include <QHash>
#include <QString>

namespace gatehouse::inspector {

/// How often each tool, prompt and resource was used and how that went, as far as what passed tells. Counts
/// what was let in. Of the first two thousand names; one thread.
class CallCounts
{
public:
    static constexpr qsizetype most = 2000;

    struct Count
    {
        int calls = 0; ///< Answered, or left by their client.
        int errors = 0; ///< Of them; by the tool's own word, too.
        qint64 tookUs = 0; ///< All of them together.

        [[nodiscard]] qint64 meanUs() const { return calls == 0 ? 0 : tookUs / calls; }
        bool operator==(const Count &) const = default;
    };

    /// Each exchange when it begins to be told, and again when it has changed.
    void record(const exchange::Exchange &exchange);
    void clear() { m_counts.clear(); }
    /// `rpcMethod`: "tools/call", "resources/read", "prompts/get".
    [[nodiscard]] Count of(const QString &rpcMethod, const QString &target) const;

private:
    QHash<std::pair<QString, QString>, Count> m_counts;
};

/// Whether it was answered with an error, of the protocol, the tool or the server, or not in time.
[[nodiscard]] bool hasErred(const exchange::Exchange &exchange);

} // namespace gatehouse::inspector
