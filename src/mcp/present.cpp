// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/present.h"

#include "mcp/revision.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

namespace {

/// Revisions are dates: their order is that of their texts.
bool is(const QString &revision, QLatin1StringView orNewer)
{
    return revision >= orNewer;
}

void add(QJsonObject &json, const QString &name, const QString &text)
{
    if (!text.isEmpty())
        json.insert(name, text);
}

/// name, title, description and icons, which tools, resources and prompts share.
template <typename T> QJsonObject face(const T &thing, const QString &revision)
{
    QJsonObject json{{u"name"_s, thing.name}};
    if (is(revision, "2025-06-18"_L1))
        add(json, u"title"_s, thing.title);
    add(json, u"description"_s, thing.description);
    if (!thing.icons.isEmpty() && is(revision, "2025-11-25"_L1))
        json.insert(u"icons"_s, thing.icons);
    return json;
}

/// A client before 2025-06-18 knows no links: it is given the address to read.
QJsonObject present(const QJsonObject &block, const QString &revision)
{
    if (block.value("type"_L1) != QJsonValue(u"resource_link"_s) || is(revision, "2025-06-18"_L1))
        return block;
    return content::text(block.value("uri"_L1).toString());
}

} // namespace

QJsonObject present(const Tool &tool, const QString &revision)
{
    QJsonObject json = face(tool, revision);
    json.insert(u"inputSchema"_s, tool.inputSchema);
    if (tool.outputSchema && is(revision, "2025-06-18"_L1)) {
        // Before 2026-07-28 the structured value is an object.
        if (is(revision, modernRevision) || tool.outputSchema->value("type"_L1) == QJsonValue(u"object"_s))
            json.insert(u"outputSchema"_s, *tool.outputSchema);
    }
    if (!tool.annotations.isEmpty())
        json.insert(u"annotations"_s, tool.annotations);
    return json;
}

QJsonObject present(const Resource &resource, const QString &revision)
{
    QJsonObject json = face(resource, revision);
    json.insert(u"uri"_s, resource.uri);
    add(json, u"mimeType"_s, resource.mimeType);
    if (resource.size)
        json.insert(u"size"_s, *resource.size);
    if (!resource.annotations.isEmpty())
        json.insert(u"annotations"_s, resource.annotations);
    return json;
}

QJsonObject present(const ResourceTemplate &resources, const QString &revision)
{
    QJsonObject json = face(resources, revision);
    json.insert(u"uriTemplate"_s, resources.uriTemplate);
    add(json, u"mimeType"_s, resources.mimeType);
    if (!resources.annotations.isEmpty())
        json.insert(u"annotations"_s, resources.annotations);
    return json;
}

QJsonObject present(const Prompt &prompt, const QString &revision)
{
    QJsonObject json = face(prompt, revision);
    QJsonArray arguments;
    for (const PromptArgument &argument : prompt.arguments) {
        QJsonObject one{{u"name"_s, argument.name}};
        if (is(revision, "2025-06-18"_L1))
            add(one, u"title"_s, argument.title);
        add(one, u"description"_s, argument.description);
        if (argument.required)
            one.insert(u"required"_s, true);
        arguments.append(one);
    }
    if (!arguments.isEmpty())
        json.insert(u"arguments"_s, arguments);
    return json;
}

QJsonObject present(const ToolResult &result, const QString &revision)
{
    QJsonArray blocks;
    for (const QJsonValue &block : result.content)
        blocks.append(present(block.toObject(), revision));
    QJsonObject json{{u"content"_s, blocks}};
    if (result.structuredContent && is(revision, "2025-06-18"_L1)
        && (result.structuredContent->isObject() || is(revision, modernRevision)))
        json.insert(u"structuredContent"_s, *result.structuredContent);
    if (result.isError)
        json.insert(u"isError"_s, true);
    return json;
}

QJsonObject present(const PromptResult &result, const QString &revision)
{
    QJsonArray messages;
    for (const PromptMessage &message : result.messages) {
        messages.append(
            QJsonObject{{u"role"_s, message.role == PromptMessage::Role::User ? u"user"_s : u"assistant"_s},
                        {u"content"_s, present(message.content, revision)}});
    }
    QJsonObject json{{u"messages"_s, messages}};
    add(json, u"description"_s, result.description);
    return json;
}

} // namespace gatehouse::mcp
