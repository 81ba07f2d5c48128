// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/workos.h"

#include "base/logging.h"

#include <QJsonArray>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::tools {

namespace {

using Api = std::weak_ptr<const WorkOsApi>;
template <typename T> using Made = base::Expected<T, ApiFault>;

constexpr qsizetype mostMembers = 1000;
constexpr qsizetype mostApplications = 200;
const QString management = u"members:manage"_s;
const QString users = u"user_management"_s;

void refuse(const mcp::ToolAnswer &answer, const QString &sentence)
{
    answer(mcp::ToolResult::error(sentence));
}

/// Why this caller cannot be told anything; empty if he can.
QString strangerFault(const mcp::Caller &caller)
{
    if (!caller.authenticated || caller.userId.isEmpty())
        return u"Nobody is signed in: this server runs without authorization."_s;
    if (!caller.verified)
        return u"Tokens are not verified here (verifyJwt is off), and WorkOS tells only verified callers of "
               "themselves."_s;
    return {};
}

QString memberFault(const mcp::Caller &caller)
{
    if (caller.organizationId.isEmpty())
        return u"Organization context required"_s;
    if (!caller.permissions.contains(management))
        return u"This needs the permission %1 in your organization, and your token does not have it."_s.arg(
            management);
    return {};
}

using Act
    = std::function<base::CancelFetch(const WorkOsApi &, const mcp::ToolCall &, const mcp::ToolAnswer &)>;

/// Judges the caller, and ends the question where nobody waits for its answer any more.
std::function<void(const mcp::ToolCall &, mcp::ToolAnswer)> handler(const Api &api, Act act)
{
    return [api, act = std::move(act)](const mcp::ToolCall &call, const mcp::ToolAnswer &answer) {
        const auto open = api.lock();
        if (!open)
            return refuse(answer, u"The server is being changed: try again in a moment."_s);
        if (const QString fault = strangerFault(call.caller); !fault.isEmpty())
            return refuse(answer, fault);
        if (const base::CancelFetch cancel = act(*open, call, answer))
            call.context.whenCancelled(cancel);
    };
}

WorkOsApi::Answer answering(const mcp::ToolAnswer &answer)
{
    return [answer](const Made<QJsonObject> &made) {
        answer(made ? mcp::ToolResult::structured(*made) : mcp::ToolResult::error(sentenceOf(made.error())));
    };
}

/// The list under that name, and whether it goes on.
WorkOsApi::ListAnswer answering(const mcp::ToolAnswer &answer, const QString &name, qsizetype most,
                                QJsonObject (*shown)(const QJsonObject &))
{
    return [answer, name, most, shown](const Made<QList<QJsonObject>> &made) {
        if (!made)
            return refuse(answer, sentenceOf(made.error()));
        QJsonArray all;
        for (const QJsonObject &one : made->first(std::min(made->size(), most)))
            all.append(shown(one));
        answer(mcp::ToolResult::structured(QJsonObject{{name, all}, {u"hasMore"_s, made->size() > most}}));
    };
}

QJsonObject closed(const QJsonObject &properties)
{
    return {{u"type"_s, u"object"_s}, {u"properties"_s, properties}, {u"additionalProperties"_s, false}};
}

mcp::Tool tool(const QString &name, const QString &title, const QString &description,
               const QJsonObject &input)
{
    mcp::Tool made;
    made.name = name;
    made.title = title;
    made.description = description;
    made.inputSchema = input;
    made.annotations = {{u"readOnlyHint"_s, true}, {u"openWorldHint"_s, true}};
    return made;
}

base::CancelFetch getUser(const WorkOsApi &api, const mcp::ToolCall &call, const mcp::ToolAnswer &answer)
{
    const QString wanted = call.arguments.value("userId"_L1).toString();
    if (wanted.isEmpty() || wanted == call.caller.userId)
        return api.get({users, u"users"_s, call.caller.userId}, answering(answer));
    if (const QString fault = memberFault(call.caller); !fault.isEmpty()) {
        refuse(answer, fault);
        return {};
    }
    // Of one's own organization only: first whether they are in it.
    web::Form query;
    query.add(u"user_id"_s, wanted);
    query.add(u"statuses"_s, u"active"_s);
    query.add(u"organization_id"_s, call.caller.organizationId);
    const auto cancel = std::make_shared<base::CancelFetch>();
    *cancel = api.list({users, u"organization_memberships"_s}, query, 1,
                       [api, wanted, organization = call.caller.organizationId, answer,
                        cancel](const Made<QList<QJsonObject>> &found) {
                           if (!found)
                               return refuse(answer, sentenceOf(found.error()));
                           const bool isMember = !found->isEmpty() && found->first()["user_id"_L1] == wanted
                               && found->first()["organization_id"_L1] == organization
                               && found->first()["status"_L1] == u"active"_s;
                           if (!isMember)
                               return refuse(answer, u"There is no such member of your organization."_s);
                           *cancel = api.get({users, u"users"_s, wanted}, answering(answer));
                       });
    return [cancel] { (*cancel)(); };
}

QJsonObject memberOf(const QJsonObject &membership)
{
    const QJsonObject user = membership.value("user"_L1).toObject();
    QJsonObject out{{u"membershipId"_s, membership.value("id"_L1)},
                    {u"userId"_s, membership.value("user_id"_L1)},
                    {u"status"_s, membership.value("status"_L1)},
                    {u"role"_s, membership["role"_L1]["slug"_L1]}};
    QJsonArray roles;
    const QJsonArray all = membership.value("roles"_L1).toArray();
    for (const QJsonValue &one : all)
        roles.append(one["slug"_L1]);
    out.insert(u"roles"_s, roles);
    for (const auto &[name, from] :
         {std::pair{u"email"_s, "email"_L1}, std::pair{u"firstName"_s, "first_name"_L1},
          std::pair{u"lastName"_s, "last_name"_L1}}) {
        if (user.value(from).isString())
            out.insert(name, user.value(from));
    }
    return out;
}

QJsonObject applicationOf(const QJsonObject &consent)
{
    const QJsonObject application = consent.value("application"_L1).toObject();
    QJsonObject out{{u"id"_s, consent.value("id"_L1)},
                    {u"name"_s, application.value("name"_L1)},
                    {u"clientId"_s, application.value("client_id"_L1)},
                    {u"grantedScopes"_s, consent.value("granted_scopes"_L1).toArray()},
                    {u"authorizedAt"_s, application.value("created_at"_L1)}};
    if (consent.value("oauth_resource"_L1).isString())
        out.insert(u"resource"_s, consent.value("oauth_resource"_L1));
    return out;
}

QList<mcp::Tool> all(const Api &api)
{
    mcp::Tool user
        = tool(u"get-workos-user"_s, u"Get a user of WorkOS"_s,
               u"What WorkOS knows of the signed-in user; with the permission members:manage, also of "
               "another member of the organization."_s,
               closed({{u"userId"_s,
                        QJsonObject{{u"type"_s, u"string"_s},
                                    {u"maxLength"_s, 100},
                                    {u"description"_s, u"user_…; without it, yourself"_s}}}}));
    user.handler = handler(api, getUser);

    mcp::Tool organization
        = tool(u"get-organization"_s, u"Get the organization"_s,
               u"What WorkOS knows of the organization that you signed in for."_s, closed({}));
    organization.handler = handler(api, [](const auto &open, const auto &call, const auto &answer) {
        if (call.caller.organizationId.isEmpty()) {
            refuse(answer, u"Organization context required"_s);
            return base::CancelFetch();
        }
        return open.get({u"organizations"_s, call.caller.organizationId}, answering(answer));
    });

    mcp::Tool members = tool(u"list-organization-members"_s, u"List members"_s,
                             u"The members of your organization and their roles; needs the permission "
                             "members:manage."_s,
                             closed({}));
    members.handler = handler(api, [](const auto &open, const auto &call, const auto &answer) {
        if (const QString fault = memberFault(call.caller); !fault.isEmpty()) {
            refuse(answer, fault);
            return base::CancelFetch();
        }
        web::Form query;
        query.add(u"organization_id"_s, call.caller.organizationId);
        return open.list({users, u"organization_memberships"_s}, query, mostMembers,
                         answering(answer, u"members"_s, mostMembers, memberOf));
    });

    mcp::Tool applications
        = tool(u"list-authorized-applications"_s, u"List authorized applications"_s,
               u"Which programs you have let in, with which scopes and for which resource."_s, closed({}));
    applications.handler = handler(api, [](const auto &open, const auto &call, const auto &answer) {
        return open.list({users, u"users"_s, call.caller.userId, u"authorized_applications"_s}, {},
                         mostApplications,
                         answering(answer, u"applications"_s, mostApplications, applicationOf));
    });
    return {user, organization, members, applications};
}

} // namespace

WorkOs::WorkOs(mcp::Features &features, base::Fetcher *fetcher, const ApiAccess &access)
    : m_features(features)
    , m_api(std::make_shared<const WorkOsApi>(fetcher, access))
{
    for (const mcp::Tool &one : all(m_api)) {
        if (const auto added = m_features.addTool(one); !added)
            qCWarning(base::lcHost).noquote() << added.error();
        m_names.append(one.name);
    }
}

WorkOs::~WorkOs()
{
    for (const QString &name : std::as_const(m_names))
        m_features.removeTool(name);
}

} // namespace gatehouse::tools
