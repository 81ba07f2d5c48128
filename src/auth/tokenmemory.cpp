// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/tokenmemory.h"

#include <QHashSeed>

namespace gatehouse::auth {

TokenMemory::Key TokenMemory::keyOf(const QByteArray &header)
{
    const size_t seed = QHashSeed::globalSeed();
    return {qHash(header, seed), qHash(header, ~seed)};
}

TokenMemory::Entry *TokenMemory::find(const QByteArray &header) const
{
    Kept *kept = m_entries.object(keyOf(header));
    return kept && kept->header == header ? &kept->entry : nullptr;
}

void TokenMemory::remember(const QByteArray &header, const Entry &entry)
{
    // What a token holds is there four times: as it came, in parts, read, and masked where that differs.
    const qsizetype bytes = 3584 + header.size()
        + 2 * (entry.jws.signingInput.size() + entry.jws.signature.size() + entry.shownBytes);
    m_entries.insert(keyOf(header), new Kept{header, entry}, bytes);
}

} // namespace gatehouse::auth
