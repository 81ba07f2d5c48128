// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/told.h"

#include "base/json.h"
#include "protocol/methodtable.h"

using namespace Qt::StringLiterals;

namespace gatehouse::client {

namespace {

constexpr qsizetype maximumText = 1000;
constexpr qsizetype maximumWord = 40;

QString textOf(const QJsonValue &value)
{
    const QString text = value.isString() || value.isUndefined() ? value.toString()
                                                                 : QString::fromUtf8(base::writeJson(value));
    return text.left(maximumText);
}

} // namespace

std::optional<Told> readTold(const QString &method, const QJsonObject &params)
{
    const QString message = params.value("message"_L1).toString().left(maximumText);
    if (method == protocol::notification::progress) {
        const QJsonValue total = params.value("total"_L1);
        return Told{Told::Kind::Progress,
                    {},
                    message,
                    params.value("progress"_L1).toDouble(),
                    total.isDouble() ? std::optional(total.toDouble()) : std::nullopt};
    }
    if (method == protocol::notification::message) {
        const QString logger = params.value("logger"_L1).toString().left(maximumWord);
        const QString text = textOf(params.value("data"_L1));
        return Told{Told::Kind::Log, params.value("level"_L1).toString(u"info"_s).left(maximumWord),
                    logger.isEmpty() ? text : logger + u": "_s + text};
    }
    if (method == protocol::notification::taskStatus) {
        const QString status = params.value("statusMessage"_L1).toString().left(maximumText);
        return Told{Told::Kind::Task, params.value("status"_L1).toString().left(maximumWord), status};
    }
    return std::nullopt;
}

QJsonObject jsonOf(const Told &told)
{
    QJsonObject json;
    switch (told.kind) {
    case Told::Kind::Progress:
        json = {{u"event"_s, u"progress"_s}, {u"progress"_s, told.progress}};
        if (told.total)
            json.insert(u"total"_s, *told.total);
        break;
    case Told::Kind::Log:
        json = {{u"event"_s, u"log"_s}, {u"level"_s, told.word}};
        break;
    case Told::Kind::Task:
        json = {{u"event"_s, u"task"_s}, {u"status"_s, told.word}};
        break;
    }
    if (!told.text.isEmpty())
        json.insert(u"text"_s, told.text);
    return json;
}

} // namespace gatehouse::client
