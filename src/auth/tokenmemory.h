// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/jws.h"
#include "auth/verdict.h"

#include <QByteArray>
#include <QCache>
#include <QJsonObject>

namespace gatehouse::auth {

/// Tokens whose signature was found good, so that a client's next call costs no public-key operation. Holds
/// digests, never a token. The judgement on the claims is remembered as well, until the next moment at which
/// it could come out otherwise. Bounded; the one not used for longest goes first.
class TokenMemory
{
public:
    struct Entry
    {
        Jws jws = {};
        QJsonObject claims = {};
        QJsonObject shownHeader = {}; ///< Masked, for the verdict: masking costs more than all the rest.
        QJsonObject shownClaims = {};
        QByteArray shownText = {};
        qsizetype shownBytes = 0; ///< Of both, in memory.
        quint64 generation
            = 0; ///< Of the keys that it was verified with (KeyAnswer): with others it counts no more.
        Judgement judgement = {}; ///< Of a later call: all checks passed, the signature by memory.
        qint64 judgedFrom = 0; ///< Milliseconds since 1970: the judgement is the same from here …
        qint64 judgedUntil = 0; ///< … and until here, this moment excluded. 0 while there is none.

        [[nodiscard]] bool isJudged(qint64 nowMs) const { return nowMs >= judgedFrom && nowMs < judgedUntil; }
    };

    /// What is known of the token with that SHA-256, or null.
    [[nodiscard]] Entry *find(const QByteArray &digest) const { return m_entries.object(digest); }
    void remember(const QByteArray &digest, const Entry &entry);
    void forget(const QByteArray &digest) { m_entries.remove(digest); }
    void clear() { m_entries.clear(); }

private:
    static constexpr qsizetype maximumBytes = 8 * 1024 * 1024;
    QCache<QByteArray, Entry> m_entries{maximumBytes};
};

} // namespace gatehouse::auth
