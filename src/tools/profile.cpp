// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/profile.h"

#include "base/jsonwriter.h"

using namespace Qt::StringLiterals;

namespace gatehouse::tools {

namespace {

/// Written and not built: this is the tool that everybody measures.
QByteArray profileOf(const mcp::Caller &caller)
{
    base::JsonWriter profile;
    profile.beginObject();
    const auto add = [&profile](QLatin1StringView name, const QString &value) {
        if (!value.isEmpty())
            profile.member(name, QStringView(value));
    };
    const auto addAll = [&profile](QLatin1StringView name, const QStringList &values) {
        profile.name(name);
        profile.beginArray();
        for (const QString &value : values)
            profile.value(QStringView(value));
        profile.endArray();
    };
    profile.member("userId"_L1, QStringView(caller.userId));
    profile.member("verified"_L1, caller.verified);
    add("email"_L1, caller.email);
    if (!caller.email.isEmpty())
        profile.member("emailVerified"_L1, caller.emailVerified);
    add("name"_L1, caller.name);
    add("preferredUsername"_L1, caller.preferredUsername);
    add("firstName"_L1, caller.firstName);
    add("lastName"_L1, caller.lastName);
    add("picture"_L1, caller.picture);
    add("organizationId"_L1, caller.organizationId);
    addAll("roles"_L1, caller.roles);
    addAll("permissions"_L1, caller.permissions);
    addAll("scopes"_L1, caller.scopes);
    add("sessionId"_L1, caller.sessionId);
    add("clientId"_L1, caller.clientId);
    if (caller.expiresAt > 0)
        profile.member("expiresAt"_L1, caller.expiresAt);
    profile.endObject();
    return profile.take();
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
            answer(mcp::ToolResult::vouched(profileOf(call.caller)));
    };
    return tool;
}

} // namespace gatehouse::tools
