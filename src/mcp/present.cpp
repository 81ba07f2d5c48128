// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/present.h"

#include "protocol/revision.h"

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
        json.insert("icons"_L1, thing.icons);
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
    json.insert("inputSchema"_L1, tool.inputSchema);
    if (tool.outputSchema && is(revision, "2025-06-18"_L1)) {
        // Before 2026-07-28 the structured value is an object.
        if (is(revision, protocol::modernRevision)
            || tool.outputSchema->value("type"_L1) == QJsonValue(u"object"_s))
            json.insert("outputSchema"_L1, *tool.outputSchema);
    }
    if (!tool.annotations.isEmpty())
        json.insert("annotations"_L1, tool.annotations);
    return json;
}

QJsonObject present(const Resource &resource, const QString &revision)
{
    QJsonObject json = face(resource, revision);
    json.insert("uri"_L1, resource.uri);
    add(json, u"mimeType"_s, resource.mimeType);
    if (resource.size)
        json.insert("size"_L1, *resource.size);
    if (!resource.annotations.isEmpty())
        json.insert("annotations"_L1, resource.annotations);
    return json;
}

QJsonObject present(const ResourceTemplate &resources, const QString &revision)
{
    QJsonObject json = face(resources, revision);
    json.insert("uriTemplate"_L1, resources.uriTemplate);
    add(json, u"mimeType"_s, resources.mimeType);
    if (!resources.annotations.isEmpty())
        json.insert("annotations"_L1, resources.annotations);
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
            one.insert("required"_L1, true);
        arguments.append(one);
    }
    if (!arguments.isEmpty())
        json.insert("arguments"_L1, arguments);
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

void write(base::JsonWriter &out, const ToolResult &result, const QString &revision)
{
    out.name("content"_L1);
    out.beginArray();
    if (!result.structuredText.isEmpty()) {
        out.beginObject();
        out.member("type"_L1, "text"_L1);
        out.member("text"_L1, base::Utf8{result.structuredText});
        out.endObject();
    }
    for (const QJsonValue &block : result.content)
        out.value(present(block.toObject(), revision));
    out.endArray();
    const bool isObject
        = result.isVouched || (result.structuredContent && result.structuredContent->isObject());
    const bool isAny = isObject || result.structuredContent;
    if (is(revision, "2025-06-18"_L1) && (isObject || (isAny && is(revision, protocol::modernRevision)))) {
        out.name("structuredContent"_L1);
        if (result.structuredText.isEmpty())
            out.value(*result.structuredContent);
        else
            out.raw(result.structuredText);
    }
    if (result.isError)
        out.member("isError"_L1, true);
}

} // namespace gatehouse::mcp
