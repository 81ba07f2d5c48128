// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/profile.h"

using namespace Qt::StringLiterals;

namespace gatehouse::tools {

namespace {

QJsonObject profileOf(const mcp::Caller &caller)
{
    QJsonObject profile{{u"userId"_s, caller.userId},
                        {u"verified"_s, caller.verified},
                        {u"roles"_s, QJsonArray::fromStringList(caller.roles)},
                        {u"permissions"_s, QJsonArray::fromStringList(caller.permissions)},
                        {u"scopes"_s, QJsonArray::fromStringList(caller.scopes)}};
    const auto add = [&profile](const QString &name, const QString &value) {
        if (!value.isEmpty())
            profile.insert(name, value);
    };
    add(u"email"_s, caller.email);
    add(u"name"_s, caller.name);
    add(u"preferredUsername"_s, caller.preferredUsername);
    add(u"firstName"_s, caller.firstName);
    add(u"lastName"_s, caller.lastName);
    add(u"picture"_s, caller.picture);
    add(u"organizationId"_s, caller.organizationId);
    add(u"sessionId"_s, caller.sessionId);
    add(u"clientId"_s, caller.clientId);
    if (caller.expiresAt > 0)
        profile.insert(u"expiresAt"_s, caller.expiresAt);
    if (!caller.email.isEmpty())
        profile.insert(u"emailVerified"_s, caller.emailVerified);
    return profile;
}

QJsonObject outputSchema()
{
    const QJsonObject text{{u"type"_s, u"string"_s}};
    const QJsonObject flag{{u"type"_s, u"boolean"_s}};
    const QJsonObject texts{{u"type"_s, u"array"_s}, {u"items"_s, text}};
    return {
        {u"type"_s, u"object"_s},
        {u"properties"_s,
         QJsonObject{{u"userId"_s, text},
                     {u"verified"_s, flag},
                     {u"email"_s, text},
                     {u"emailVerified"_s, flag},
                     {u"name"_s, text},
                     {u"preferredUsername"_s, text},
                     {u"firstName"_s, text},
                     {u"lastName"_s, text},
                     {u"picture"_s, text},
                     {u"organizationId"_s, text},
                     {u"sessionId"_s, text},
                     {u"clientId"_s, text},
                     {u"expiresAt"_s, QJsonObject{{u"type"_s, u"integer"_s}}},
                     {u"roles"_s, texts},
                     {u"permissions"_s, texts},
                     {u"scopes"_s, texts}}},
        {u"required"_s, QJsonArray({u"userId"_s, u"verified"_s, u"roles"_s, u"permissions"_s, u"scopes"_s})}};
}

} // namespace

mcp::Tool profileTool()
{
    mcp::Tool tool;
    tool.name = u"get-profile"_s;
    tool.title = u"Get profile"_s;
    tool.description
        = u"Says who is signed in: user, organization, roles, permissions and scopes of the verified token."_s;
    tool.inputSchema
        = {{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject{}}, {u"additionalProperties"_s, false}};
    tool.outputSchema = outputSchema();
    tool.annotations = {{u"readOnlyHint"_s, true}, {u"openWorldHint"_s, false}};
    tool.handler = [](const mcp::ToolCall &call, const mcp::ToolAnswer &answer) {
        if (!call.caller.authenticated)
            answer(mcp::ToolResult::error(u"Nobody is signed in: this server runs without authorization."_s));
        else
            answer(mcp::ToolResult::structured(profileOf(call.caller)));
    };
    return tool;
}

} // namespace gatehouse::tools
