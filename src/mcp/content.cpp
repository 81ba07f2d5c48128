// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/content.h"

#include "base/json.h"
#include "base/jsonwriter.h"

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

namespace {

/// From here on a text is written and read back: to put it into a QJsonObject takes four times its memory.
constexpr qsizetype largeText = 256 * 1024;

QJsonObject block(const QString &type, const QJsonObject &annotations)
{
    QJsonObject json;
    json.insert("type"_L1, type);
    if (!annotations.isEmpty())
        json.insert("annotations"_L1, annotations);
    return json;
}

QJsonObject media(const QString &type, const QByteArray &data, const QString &mimeType,
                  const QJsonObject &annotations)
{
    QJsonObject json = block(type, annotations);
    json.insert("data"_L1, QString::fromLatin1(data.toBase64()));
    json.insert("mimeType"_L1, mimeType);
    return json;
}

} // namespace

QJsonObject ResourceContents::toJson() const
{
    QJsonObject json{{u"uri"_s, uri}};
    if (!mimeType.isEmpty())
        json.insert("mimeType"_L1, mimeType);
    if (const auto *text = std::get_if<QString>(&data))
        json.insert("text"_L1, *text);
    else
        json.insert("blob"_L1, QString::fromLatin1(std::get<QByteArray>(data).toBase64()));
    return json;
}

namespace content {

QJsonObject text(const QString &text, const QJsonObject &annotations)
{
    if (text.size() >= largeText) {
        base::JsonWriter json;
        json.beginObject();
        json.member("type"_L1, "text"_L1);
        if (!annotations.isEmpty())
            json.member("annotations"_L1, annotations);
        json.member("text"_L1, QStringView(text));
        json.endObject();
        return base::readOwnJson(json.take()).toObject();
    }
    QJsonObject json = block(u"text"_s, annotations);
    json.insert("text"_L1, text);
    return json;
}

QJsonObject image(const QByteArray &data, const QString &mimeType, const QJsonObject &annotations)
{
    return media(u"image"_s, data, mimeType, annotations);
}

QJsonObject audio(const QByteArray &data, const QString &mimeType, const QJsonObject &annotations)
{
    return media(u"audio"_s, data, mimeType, annotations);
}

QJsonObject embedded(const ResourceContents &resource, const QJsonObject &annotations)
{
    QJsonObject json = block(u"resource"_s, annotations);
    json.insert("resource"_L1, resource.toJson());
    return json;
}

QJsonObject link(const QString &uri, const QString &name, const QString &mimeType,
                 const QJsonObject &annotations)
{
    QJsonObject json = block(u"resource_link"_s, annotations);
    json.insert("uri"_L1, uri);
    json.insert("name"_L1, name);
    if (!mimeType.isEmpty())
        json.insert("mimeType"_L1, mimeType);
    return json;
}

} // namespace content

} // namespace gatehouse::mcp
