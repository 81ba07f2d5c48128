// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/tokenmemory.h"

namespace gatehouse::auth {

void TokenMemory::remember(const QByteArray &digest, const Entry &entry)
{
    // What a token holds is there three times: as bytes, read, and masked where that differs.
    const qsizetype bytes
        = 3584 + 2 * (entry.jws.signingInput.size() + entry.jws.signature.size() + entry.shownBytes);
    m_entries.insert(digest, new Entry(entry), bytes);
}

} // namespace gatehouse::auth
