// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace gatehouse::sandbox {

struct Organization
{
    QString id; ///< "org_…"
    QString name;
};

struct Membership
{
    QString organizationId;
    QString role; ///< Slug: "admin", "member"
    QStringList permissions;
};

struct User
{
    QString id; ///< "user_…"
    QString email;
    bool emailVerified = true;
    QString firstName;
    QString lastName;
    QString picture;
    QList<Membership> memberships;

    /// The membership in that organization, or null.
    [[nodiscard]] const Membership *membershipIn(const QString &organizationId) const;
};

/// Everybody who can sign in to the sandbox.
struct People
{
    QList<Organization> organizations;
    QList<User> users;

    [[nodiscard]] const User *
    userByEmail(const QString &email) const; ///< Without regard to case; null if nobody.
};

/// ada@example.com (Acme, admin; Globex, member), grace@example.com (Acme, member), nora@example.com (none,
/// e-mail unverified).
[[nodiscard]] People defaultPeople();

} // namespace gatehouse::sandbox
