// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/tokenmemory.h"

#include <QHashSeed>

namespace gatehouse::auth {

TokenMemory::Key TokenMemory::keyOf(const QByteArray &token)
{
    const size_t seed = QHashSeed::globalSeed();
    return {qHash(token, seed), qHash(token, ~seed)};
}

TokenMemory::Entry *TokenMemory::find(const QByteArray &token) const
{
    Kept *kept = m_entries.object(keyOf(token));
    return kept && kept->token == token ? &kept->entry : nullptr;
}

void TokenMemory::remember(const QByteArray &token, const Entry &entry)
{
    // What a token holds is there four times: as it came, in parts, read, and masked where that differs.
    const qsizetype bytes = 3584 + token.size()
        + 2 * (entry.jws.signingInput.size() + entry.jws.signature.size() + entry.shownBytes);
    m_entries.insert(keyOf(token), new Kept{token, entry}, bytes);
}

} // namespace gatehouse::auth
