// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/people.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

const Membership *User::membershipIn(const QString &organizationId) const
{
    const auto it = std::find_if(memberships.begin(), memberships.end(),
                                 [&](const Membership &one) { return one.organizationId == organizationId; });
    return it == memberships.end() ? nullptr : &*it;
}

const User *People::userByEmail(const QString &email) const
{
    const auto it = std::find_if(users.begin(), users.end(), [&](const User &user) {
        return user.email.compare(email, Qt::CaseInsensitive) == 0;
    });
    return it == users.end() ? nullptr : &*it;
}

People defaultPeople()
{
    const QString acme = u"org_01J0000000000000000000ACME"_s;
    const QString globex = u"org_01J00000000000000000GX0BEX"_s;
    const QStringList all = {u"documents:read"_s, u"documents:write"_s, u"members:manage"_s};
    const QStringList some = {u"documents:read"_s};
    return {{{acme, u"Acme"_s}, {globex, u"Globex"_s}},
            {{u"user_01J00000000000000000000ADA"_s,
              u"ada@example.com"_s,
              true,
              u"Ada"_s,
              u"Lovelace"_s,
              {},
              {{acme, u"admin"_s, all}, {globex, u"member"_s, some}}},
             {u"user_01J000000000000000000GRACE"_s,
              u"grace@example.com"_s,
              true,
              u"Grace"_s,
              u"Hopper"_s,
              {},
              {{acme, u"member"_s, some}}},
             {u"user_01J0000000000000000000N0RA"_s,
              u"nora@example.com"_s,
              false,
              u"Nora"_s,
              u"Newcomer"_s,
              {},
              {}}}};
}

} // namespace gatehouse::sandbox
