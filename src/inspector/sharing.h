// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/exchange.h"

#include <QByteArray>
#include <QHash>
#include <QString>

namespace gatehouse::inspector {

/// Keeps one copy of values that come again and again (the headers of one client, the claims of one token)
/// for as long as an exchange of the log holds them, and counts the bytes of all that they hold. A value; one
/// thread.
class Sharing
{
public:
    /// Has the exchange hold the one copy of what others hold as well. Returns the bytes that are its own.
    [[nodiscard]] qsizetype hold(exchange::Exchange &exchange);
    /// What hold() was called with goes.
    void release(const exchange::Exchange &exchange);

    /// Of everything that is shared, each counted once.
    [[nodiscard]] qsizetype bytes() const
    {
        return m_texts.total() + m_bytes.total() + m_headers.total() + m_verdictBytes;
    }

private:
    /// Values with the number of those who hold each.
    template <typename T> class Pool
    {
    public:
        void hold(T &value);
        void release(const T &value);
        [[nodiscard]] qsizetype total() const { return m_total; }

    private:
        QHash<T, int> m_holders;
        qsizetype m_total = 0;
    };
    struct KnownVerdict
    {
        auth::Verdict last;
        int holders = 0;
        qsizetype bytes = 0;
    };
    [[nodiscard]] qsizetype holdVerdict(auth::Verdict &verdict);

    Pool<QString> m_texts;
    Pool<QByteArray> m_bytes;
    Pool<base::Headers> m_headers;
    QHash<QByteArray, KnownVerdict> m_verdicts; ///< Of each token, by fingerprint.
    qsizetype m_verdictBytes = 0;
};

} // namespace gatehouse::inspector
