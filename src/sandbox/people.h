// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QByteArray>
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

    [[nodiscard]] const User *userByEmail(const QString &email) const;
    [[nodiscard]] const User *userById(const QString &id) const;
    [[nodiscard]] const Organization *organization(const QString &id) const;
};

/// ada@example.com (Acme, admin; Globex, member), grace@example.com (Acme, member), nora@example.com (none,
/// e-mail unverified).
[[nodiscard]] People defaultPeople();

/// Reads the JSON file of --people: {"organizations":[{"id","name"}],"users":[{"id","email","email_verified",
/// "first_name","last_name","picture","memberships":[{"organization","role","permissions":[…]}]}]}. The error
/// names the place and what was wanted there; a member of another name is one, too.
[[nodiscard]] base::Expected<People, QString> readPeople(const QByteArray &json);

/// The people of a file, or the built-in ones for an empty path. The error names the file.
[[nodiscard]] base::Expected<People, QString> readPeopleFile(const QString &path);

} // namespace gatehouse::sandbox
