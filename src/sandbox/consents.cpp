// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/consents.h"

#include <algorithm>

namespace gatehouse::sandbox {

namespace {
constexpr qsizetype most = 1000;
}

void Consents::record(const Grant &grant, const QString &newId, qint64 nowMs)
{
    for (Consent &one : m_all) {
        if (one.grant.userId == grant.userId && one.grant.clientId == grant.clientId) {
            one.grant = grant;
            return;
        }
    }
    if (m_all.size() >= most)
        m_all.removeFirst();
    m_all.append({newId, grant, nowMs});
}

QList<Consents::Consent> Consents::of(const QString &userId) const
{
    QList<Consent> own;
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(own),
                 [&userId](const Consent &one) { return one.grant.userId == userId; });
    return own;
}

std::optional<Consents::Consent> Consents::revoke(const QString &userId, const QString &id)
{
    const auto found = std::find_if(m_all.begin(), m_all.end(), [&](const Consent &one) {
        return one.grant.userId == userId && one.id == id;
    });
    if (found == m_all.end())
        return std::nullopt;
    const Consent gone = *found;
    m_all.erase(found);
    return gone;
}

} // namespace gatehouse::sandbox
