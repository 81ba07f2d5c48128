// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/shares.h"

#include <algorithm>

namespace gatehouse::mcp {

namespace {

constexpr qint64 parts = 4;
constexpr qint64 least = 8; ///< So much anybody may have, however little there is.

} // namespace

QString userOf(const Identity &identity)
{
    return identity.userId.isEmpty() ? QString() : identity.issuer + u'\n' + identity.userId;
}

Shares::Hold &Shares::Hold::operator=(Hold &&other) noexcept
{
    if (this == &other)
        return *this;
    release();
    m_shares = std::exchange(other.m_shares, nullptr);
    m_user = std::move(other.m_user);
    m_amount = other.m_amount;
    return *this;
}

void Shares::Hold::release()
{
    Shares *shares = std::exchange(m_shares, nullptr);
    if (!shares)
        return;
    shares->m_taken -= m_amount;
    const auto own = shares->m_users.find(m_user);
    if (own != shares->m_users.end() && (*own -= m_amount) <= 0)
        shares->m_users.erase(own);
}

bool Shares::Hold::grow(qint64 amount)
{
    if (!m_shares)
        return true;
    if (!m_shares->hasRoom(m_user, amount))
        return false;
    m_shares->m_taken += amount;
    if (!m_user.isEmpty())
        m_shares->m_users[m_user] += amount;
    m_amount += amount;
    return true;
}

qint64 Shares::mostOfOne() const
{
    return std::max(m_most / parts, std::min(m_most, least));
}

Shares::Hold Shares::acquire(const QString &user, qint64 amount)
{
    m_taken += amount;
    if (!user.isEmpty())
        m_users[user] += amount;
    return {this, user, amount};
}

} // namespace gatehouse::mcp
