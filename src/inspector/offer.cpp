// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/offer.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

using Kind = OfferItem::Kind;

constexpr qsizetype mostArguments = 200;

QString keyOf(Kind kind)
{
    switch (kind) {
    case Kind::Resource:
        return u"uri"_s;
    case Kind::Template:
        return u"uriTemplate"_s;
    case Kind::Tool:
    case Kind::Prompt:
        break;
    }
    return u"name"_s;
}

/// What prompts/list says of them, as a schema.
QJsonObject schemaOfArguments(const QJsonArray &arguments)
{
    QJsonObject properties;
    QJsonArray required;
    for (const QJsonValue &one : arguments) {
        const QString name = one["name"_L1].toString();
        if (name.isEmpty() || properties.size() >= mostArguments)
            continue;
        QJsonObject property{{u"type"_s, u"string"_s}};
        for (const QString &member : {u"title"_s, u"description"_s}) {
            if (one[member].isString())
                property.insert(member, one[member]);
        }
        properties.insert(name, property);
        if (one["required"_L1].toBool())
            required.append(name);
    }
    return {{u"type"_s, u"object"_s},
            {u"properties"_s, properties},
            {u"required"_s, required},
            {u"additionalProperties"_s, false}};
}

QJsonObject schemaOfUri(const QString &uriTemplate)
{
    const QJsonObject uri{{u"type"_s, u"string"_s}, {u"default"_s, uriTemplate}};
    return {{u"type"_s, u"object"_s},
            {u"properties"_s, QJsonObject{{u"uri"_s, uri}}},
            {u"required"_s, QJsonArray{u"uri"_s}},
            {u"additionalProperties"_s, false}};
}

} // namespace

OfferItem readOfferItem(Kind kind, const QJsonObject &json)
{
    OfferItem item;
    item.kind = kind;
    item.name = json.value(keyOf(kind)).toString();
    item.title = json.value("title"_L1).toString();
    // Of the address of a resource its name says more.
    if (item.title.isEmpty() && (kind == Kind::Resource || kind == Kind::Template))
        item.title = json.value("name"_L1).toString();
    item.about = json.value("description"_L1).toString();
    item.json = json;
    switch (kind) {
    case Kind::Tool:
        item.takes = json.value("inputSchema"_L1).toObject();
        break;
    case Kind::Prompt:
        item.takes = schemaOfArguments(json.value("arguments"_L1).toArray());
        break;
    case Kind::Template:
        item.takes = schemaOfUri(item.name);
        break;
    case Kind::Resource:
        item.takes = schemaOfArguments({});
        break;
    }
    return item;
}

OfferRequest requestFor(const OfferItem &item, const QJsonObject &given)
{
    using protocol::MethodId;
    switch (item.kind) {
    case Kind::Resource:
        return {MethodId::ReadResource, {{u"uri"_s, item.name}}};
    case Kind::Template:
        return {MethodId::ReadResource, {{u"uri"_s, given.value("uri"_L1)}}};
    case Kind::Prompt:
        return {MethodId::GetPrompt, {{u"name"_s, item.name}, {u"arguments"_s, given}}};
    case Kind::Tool:
        break;
    }
    return {MethodId::CallTool, {{u"name"_s, item.name}, {u"arguments"_s, given}}};
}

bool saysThatItOnlyReads(const OfferItem &item)
{
    if (item.kind != Kind::Tool)
        return true;
    return item.json.value("annotations"_L1)["readOnlyHint"_L1].toBool(false);
}

bool mayDestroy(const OfferItem &item)
{
    return !saysThatItOnlyReads(item) && item.json.value("annotations"_L1)["destructiveHint"_L1].toBool(true);
}

} // namespace gatehouse::inspector
