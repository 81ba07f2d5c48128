// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace gatehouse::host {

/// Of which origins in front a remark was made. Anybody can send headers that name one, so there is an end to
/// remarks; but a stranger who has sent many only delays the one that is true, unless he goes on and on.
class ProxyRemarks
{
public:
    static constexpr qsizetype most = 8;
    static constexpr qint64 keptMs = 10 * 60 * 1000; ///< The oldest makes room after that long.

    /// Whether to make one: for each origin once, as long as it is remembered. `nowMs` is a clock on the
    /// wall; where it was set back, the oldest counts as expired.
    [[nodiscard]] bool isDue(const QString &origin, qint64 nowMs);
    void clear() { m_made.clear(); }

private:
    struct Made
    {
        QString origin;
        qint64 atMs = 0;
    };
    QList<Made> m_made; ///< The oldest first.
};

} // namespace gatehouse::host
