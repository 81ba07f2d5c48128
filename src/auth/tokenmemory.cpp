// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/tokenmemory.h"

namespace gatehouse::auth {

void TokenMemory::remember(const QByteArray &digest, const Entry &entry)
{
    // What a token holds is there twice, as bytes and read; the rest is a guess at what Qt adds.
    const qsizetype bytes = 3584 + 4 * (entry.jws.signingInput.size() + entry.jws.signature.size());
    m_entries.insert(digest, new Entry(entry), bytes);
}

} // namespace gatehouse::auth
