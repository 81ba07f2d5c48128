// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sampling.h"

#include <QJsonArray>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace gatehouse::client {

namespace {

constexpr qsizetype maximumText = 10'000;
constexpr qsizetype maximumWord = 40;

QString textOf(const QJsonValue &block)
{
    const QString type = block["type"_L1].toString().left(maximumWord);
    return type == "text"_L1 ? block["text"_L1].toString() : u'[' + type + u']';
}

/// One block, or a list of them.
QString contentText(const QJsonValue &content)
{
    if (!content.isArray())
        return textOf(content);
    QStringList texts;
    const QJsonArray blocks = content.toArray();
    for (const QJsonValue &block : blocks)
        texts.append(textOf(block));
    return texts.join(u'\n');
}

} // namespace

QString samplingText(const QJsonObject &params)
{
    QStringList lines;
    if (const QString system = params.value("systemPrompt"_L1).toString(); !system.isEmpty())
        lines.append(u"system: "_s + system);
    const QJsonArray messages = params.value("messages"_L1).toArray();
    for (const QJsonValue &message : messages)
        lines.append(message["role"_L1].toString().left(maximumWord) + u": "_s
                     + contentText(message["content"_L1]));
    return lines.join(u'\n').left(maximumText);
}

QJsonObject sampled(const QString &text)
{
    return {{u"role"_s, u"assistant"_s},
            {u"content"_s, QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, text}}},
            {u"model"_s, u"gatehouse"_s},
            {u"stopReason"_s, u"endTurn"_s}};
}

} // namespace gatehouse::client
