// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/people.h"

#include "base/file.h"
#include "base/json.h"

#include <QJsonArray>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

namespace {

constexpr qsizetype maximumEntries = 500;
constexpr qsizetype maximumText = 200;
constexpr qsizetype maximumFileBytes = 1024 * 1024;

using FieldFault = std::optional<QString>; ///< Place and what was wanted; nullopt if all is well.

QString at(const QString &place, const QString &name)
{
    return place.isEmpty() ? name : place + u'.' + name;
}

bool isCleanText(const QString &text)
{
    return !text.isEmpty() && text.size() <= maximumText
        && std::none_of(text.begin(), text.end(),
                        [](QChar c) { return c.category() == QChar::Other_Control; });
}

/// "org_" or "user_", then letters, digits and "_".
bool isId(const QString &text, const QString &prefix)
{
    const auto fits = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_';
    };
    return text.startsWith(prefix) && text.size() > prefix.size() && text.size() <= maximumText
        && std::all_of(text.begin(), text.end(), fits);
}

/// One object of the file while its members are taken out of it; whatever is left at the end is a slip of the
/// pen.
class Members
{
public:
    Members(const QJsonValue &value, QString place)
        : m_place(std::move(place))
        , m_left(value.toObject())
    {
        if (!value.isObject())
            note(m_place.isEmpty() ? u"The file"_s : m_place, u"an object is wanted here"_s);
    }

    QString text(const QString &name, bool isNeeded)
    {
        const QJsonValue value = m_left.take(name);
        if (value.isUndefined() ? isNeeded : !value.isString() || !isCleanText(value.toString()))
            note(at(m_place, name), u"a text of 1 to 200 characters is wanted here"_s);
        return value.toString();
    }

    QString id(const QString &name, const QString &prefix)
    {
        const QString text = m_left.take(name).toString();
        if (!isId(text, prefix))
            note(at(m_place, name),
                 u"an id is wanted here: \"%1\", then letters, digits and \"_\""_s.arg(prefix));
        return text;
    }

    bool truth(const QString &name, bool fallback)
    {
        const QJsonValue value = m_left.take(name);
        if (!value.isUndefined() && !value.isBool())
            note(at(m_place, name), u"true or false is wanted here"_s);
        return value.toBool(fallback);
    }

    QJsonArray list(const QString &name, bool isNeeded)
    {
        const QJsonValue value = m_left.take(name);
        if ((value.isUndefined() && isNeeded) || (!value.isUndefined() && !value.isArray())
            || value.toArray().size() > maximumEntries)
            note(at(m_place, name), u"an array of at most %1 entries is wanted here"_s.arg(maximumEntries));
        return value.toArray();
    }

    void note(const QString &place, const QString &wanted)
    {
        if (!m_fault)
            m_fault = place + u": "_s + wanted + u'.';
    }

    FieldFault finish()
    {
        if (!m_left.isEmpty())
            note(at(m_place, m_left.begin().key()), u"no member of this name is known here"_s);
        return m_fault;
    }

    [[nodiscard]] const QString &place() const { return m_place; }

private:
    QString m_place;
    QJsonObject m_left;
    FieldFault m_fault;
};

FieldFault readOrganization(const QJsonValue &value, const QString &place, People &people)
{
    Members members(value, place);
    const Organization organization{members.id(u"id"_s, u"org_"_s), members.text(u"name"_s, true)};
    if (people.organization(organization.id))
        members.note(at(place, u"id"_s), u"another organization has this id already"_s);
    people.organizations.append(organization);
    return members.finish();
}

FieldFault readMembership(const QJsonValue &value, const QString &place, const People &people, User &user)
{
    Members members(value, place);
    Membership membership{members.id(u"organization"_s, u"org_"_s), members.text(u"role"_s, true), {}};
    if (!people.organization(membership.organizationId))
        members.note(at(place, u"organization"_s),
                     u"the id of one of the organizations above is wanted here"_s);
    for (const Membership &other : std::as_const(user.memberships)) {
        if (other.organizationId == membership.organizationId)
            members.note(at(place, u"organization"_s), u"the user is a member of it already"_s);
    }
    const QJsonArray permissions = members.list(u"permissions"_s, false);
    for (qsizetype i = 0; i < permissions.size(); ++i) {
        if (!isCleanText(permissions.at(i).toString()))
            members.note(at(place, u"permissions[%1]"_s.arg(i)),
                         u"a text of 1 to 200 characters is wanted here"_s);
        membership.permissions.append(permissions.at(i).toString());
    }
    user.memberships.append(membership);
    return members.finish();
}

FieldFault readUser(const QJsonValue &value, const QString &place, People &people)
{
    Members members(value, place);
    User user;
    user.id = members.id(u"id"_s, u"user_"_s);
    user.email = members.text(u"email"_s, true);
    user.emailVerified = members.truth(u"email_verified"_s, true);
    user.firstName = members.text(u"first_name"_s, false);
    user.lastName = members.text(u"last_name"_s, false);
    user.picture = members.text(u"picture"_s, false);
    if (people.userById(user.id))
        members.note(at(place, u"id"_s), u"another user has this id already"_s);
    if (!user.email.contains(u'@') || user.email.contains(u' '))
        members.note(at(place, u"email"_s), u"an e-mail address is wanted here"_s);
    if (people.userByEmail(user.email))
        members.note(at(place, u"email"_s), u"another user has this e-mail already"_s);
    const QJsonArray memberships = members.list(u"memberships"_s, false);
    if (FieldFault fault = members.finish())
        return fault;
    for (qsizetype i = 0; i < memberships.size(); ++i) {
        if (FieldFault fault
            = readMembership(memberships.at(i), at(place, u"memberships[%1]"_s.arg(i)), people, user))
            return fault;
    }
    people.users.append(user);
    return {};
}

} // namespace

const Membership *User::membershipIn(const QString &organizationId) const
{
    const auto it = std::find_if(memberships.begin(), memberships.end(),
                                 [&](const Membership &one) { return one.organizationId == organizationId; });
    return it == memberships.end() ? nullptr : &*it;
}

const User *People::userByEmail(const QString &email) const
{
    for (const User &user : users) {
        if (user.email.compare(email, Qt::CaseInsensitive) == 0)
            return &user;
    }
    return nullptr;
}

const User *People::userById(const QString &id) const
{
    const auto it
        = std::find_if(users.begin(), users.end(), [&id](const User &user) { return user.id == id; });
    return it == users.end() ? nullptr : &*it;
}

const Organization *People::organization(const QString &id) const
{
    const auto it = std::find_if(organizations.begin(), organizations.end(),
                                 [&id](const Organization &one) { return one.id == id; });
    return it == organizations.end() ? nullptr : &*it;
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

base::Expected<People, QString> readPeople(const QByteArray &json)
{
    const auto document = base::readJson(json, {16, maximumFileBytes});
    if (!document)
        return base::failure(u"Byte %1: %2"_s.arg(document.error().offset).arg(document.error().text));
    People people;
    Members members(*document, {});
    const QJsonArray organizations = members.list(u"organizations"_s, false);
    const QJsonArray users = members.list(u"users"_s, true);
    if (users.isEmpty())
        members.note(u"users"_s, u"at least one user is wanted here"_s);
    if (const FieldFault fault = members.finish())
        return base::failure(*fault);
    for (qsizetype i = 0; i < organizations.size(); ++i) {
        if (const FieldFault fault
            = readOrganization(organizations.at(i), u"organizations[%1]"_s.arg(i), people))
            return base::failure(*fault);
    }
    for (qsizetype i = 0; i < users.size(); ++i) {
        if (const FieldFault fault = readUser(users.at(i), u"users[%1]"_s.arg(i), people))
            return base::failure(*fault);
    }
    return people;
}

base::Expected<People, QString> readPeopleFile(const QString &path)
{
    if (path.isEmpty())
        return defaultPeople();
    const auto bytes = base::readFile(path, maximumFileBytes);
    if (!bytes)
        return base::failure(u"The people file %1 cannot be read: %2"_s.arg(path, bytes.error()));
    const auto people = readPeople(*bytes);
    if (!people)
        return base::failure(u"The people file %1 is not understood. %2"_s.arg(path, people.error()));
    return people;
}

} // namespace gatehouse::sandbox
