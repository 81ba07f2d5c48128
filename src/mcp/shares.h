// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/caller.h"

#include <QHash>
#include <QString>

#include <utility>

namespace gatehouse::mcp {

/// Who takes from what all share: a person, with whatever client and for whatever organization. Empty where
/// nobody signs in.
[[nodiscard]] QString userOf(const Identity &identity);

/// Something that there is only so much of for all, counted by user: nobody gets more than a quarter, so that
/// one cannot take it from all others; where there is little of it, up to eight. Outlives what it gave.
class Shares
{
public:
    /// What somebody has of it, until it goes.
    class Hold
    {
    public:
        Hold() = default;
        Hold(Hold &&other) noexcept
            : m_shares(std::exchange(other.m_shares, nullptr))
            , m_user(std::move(other.m_user))
            , m_amount(other.m_amount)
        { }
        Hold &operator=(Hold &&other) noexcept;
        ~Hold() { release(); }
        Hold(const Hold &) = delete;
        Hold &operator=(const Hold &) = delete;

        void release();
        /// Takes that much more; false, and nothing happens, where there is no room. What holds nothing may
        /// always grow.
        [[nodiscard]] bool grow(qint64 amount);

    private:
        friend class Shares;
        Hold(Shares *shares, QString user, qint64 amount)
            : m_shares(shares)
            , m_user(std::move(user))
            , m_amount(amount)
        { }
        Shares *m_shares = nullptr;
        QString m_user;
        qint64 m_amount = 0;
    };

    explicit Shares(qint64 most)
        : m_most(most)
    { }

    /// What is taken beyond it stays so until it is given back.
    void setMost(qint64 most) { m_most = most; }
    [[nodiscard]] qint64 mostOfOne() const;
    [[nodiscard]] bool hasRoom(const QString &user, qint64 amount = 1) const
    {
        return m_taken + amount <= m_most && isWithinShare(user, amount);
    }
    [[nodiscard]] bool isWithinShare(const QString &user, qint64 amount = 1) const
    {
        return user.isEmpty() || m_users.value(user) + amount <= mostOfOne();
    }
    /// Also where there is no room: who asks has looked.
    [[nodiscard]] Hold acquire(const QString &user, qint64 amount = 1);
    [[nodiscard]] qint64 taken() const { return m_taken; }

private:
    qint64 m_most;
    qint64 m_taken = 0;
    QHash<QString, qint64> m_users;
};

} // namespace gatehouse::mcp
