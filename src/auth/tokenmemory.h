// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/jws.h"
#include "auth/verdict.h"

#include <QByteArray>
#include <QCache>
#include <QJsonObject>

namespace gatehouse::auth {

/// Tokens whose signature was found good, so that a client's next call costs no public-key operation and no
/// digest. A token is found by a hash that nobody outside can know, and only then compared: how long that
/// takes says nothing about the tokens that are here. The judgement on the claims is remembered as well,
/// until the next moment at which it could come out otherwise. Bounded; the one not used for longest goes
/// first.
class TokenMemory
{
public:
    struct Entry
    {
        Jws jws = {};
        QByteArray fingerprint = {};
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

    /// What is known of the token in that header, "Bearer …", or null.
    [[nodiscard]] Entry *find(const QByteArray &header) const;
    void remember(const QByteArray &header, const Entry &entry);
    void forget(const QByteArray &header) { m_entries.remove(keyOf(header)); }
    void clear() { m_entries.clear(); }

private:
    /// By a seed that is a secret of this process, and its complement.
    struct Key
    {
        size_t first = 0;
        size_t second = 0;

        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed) { return key.first ^ seed; }
    };
    struct Kept
    {
        QByteArray header;
        Entry entry;
    };
    [[nodiscard]] static Key keyOf(const QByteArray &header);

    static constexpr qsizetype maximumBytes = 8 * 1024 * 1024;
    QCache<Key, Kept> m_entries{maximumBytes};
};

} // namespace gatehouse::auth
