// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/content.h"

#include <QJsonArray>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace gatehouse::client {

namespace {

constexpr qsizetype maximumWord = 80;
constexpr qsizetype maximumUri = 2000;

QString bracketed(const QStringList &words)
{
    QStringList there;
    for (const QString &word : words) {
        if (!word.isEmpty())
            there.append(word);
    }
    return u'[' + there.join(u' ') + u']';
}

QString wordsOf(const Blob &blob, const BlobWords &blobWords)
{
    return blobWords ? blobWords(blob) : u"%1 bytes"_s.arg(blob.bytes.size());
}

QString wordOf(const QJsonValue &value)
{
    return value.toString().left(maximumWord);
}

/// Of an embedded resource or of a read one: text as it is.
QString resourceText(const QString &kind, const QJsonObject &resource, const BlobWords &blobWords)
{
    const QString uri = resource.value("uri"_L1).toString().left(maximumUri);
    const QJsonValue text = resource.value("text"_L1);
    if (text.isString())
        return text.toString();
    const QString type = wordOf(resource.value("mimeType"_L1));
    const QJsonValue blob = resource.value("blob"_L1);
    if (!blob.isString())
        return bracketed({kind, uri, type});
    const Blob bytes{QByteArray::fromBase64(blob.toString().toLatin1()), type, uri.section(u'/', -1)};
    return bracketed({kind, uri, type, wordsOf(bytes, blobWords)});
}

} // namespace

QString blockText(const QJsonObject &block, const BlobWords &blobWords)
{
    const QString type = block.value("type"_L1).toString().left(40);
    if (type == "text"_L1)
        return block.value("text"_L1).toString();
    if (type == "resource"_L1)
        return resourceText(type, block.value("resource"_L1).toObject(), blobWords);
    const QString mimeType = wordOf(block.value("mimeType"_L1));
    if (type == "resource_link"_L1)
        return bracketed({type, block.value("uri"_L1).toString().left(maximumUri),
                          wordOf(block.value("name"_L1)), mimeType});
    const QJsonValue data = block.value("data"_L1);
    if (!data.isString())
        return bracketed({type, mimeType});
    return bracketed(
        {type, mimeType,
         wordsOf({QByteArray::fromBase64(data.toString().toLatin1()), mimeType, {}}, blobWords)});
}

QString resultText(const QJsonObject &result, const BlobWords &blobWords)
{
    QStringList lines;
    const QJsonArray content = result.value("content"_L1).toArray();
    for (const QJsonValue block : content)
        lines.append(blockText(block.toObject(), blobWords));
    return lines.join(u'\n');
}

QString contentsText(const QJsonObject &result, const BlobWords &blobWords)
{
    QStringList lines;
    const QJsonArray contents = result.value("contents"_L1).toArray();
    for (const QJsonValue one : contents)
        lines.append(resourceText(u"resource"_s, one.toObject(), blobWords));
    return lines.join(u'\n');
}

QString messagesText(const QJsonObject &result, const BlobWords &blobWords)
{
    QStringList lines;
    const QJsonArray messages = result.value("messages"_L1).toArray();
    for (const QJsonValue message : messages)
        lines.append(wordOf(message["role"_L1]) + u": "_s
                     + blockText(message["content"_L1].toObject(), blobWords));
    return lines.join(u'\n');
}

} // namespace gatehouse::client
