// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/jsonrpc.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace gatehouse::protocol {

namespace {

bool isInteger(const QJsonValue &value)
{
    const double number = value.toDouble(0.5);
    return value.isDouble() && std::floor(number) == number && std::abs(number) <= 9007199254740991.0;
}

constexpr qsizetype maximumIdLength = 1024; ///< It comes back with every answer, and may live for hours.

bool isId(const QJsonValue &id)
{
    return isInteger(id) || (id.isString() && id.toString().size() <= maximumIdLength);
}

auto invalid(const QString &text)
{
    return base::failure(RpcError{code::invalidRequest, text, {}});
}

base::Expected<Message, RpcError> readResponse(Message message, const QJsonObject &object)
{
    message.kind = Message::Kind::Response;
    const QJsonValue result = object.value("result"_L1);
    if (result.isObject()) {
        message.result = result.toObject();
        return message;
    }
    const QJsonObject error = object.value("error"_L1).toObject();
    if (!result.isUndefined() || !isInteger(error.value("code"_L1)) || !error.value("message"_L1).isString())
        return invalid(u"A response has an object as its result, or an error with code and message."_s);
    message.result
        = base::failure(RpcError{error.value("code"_L1).toInt(), error.value("message"_L1).toString(),
                                 error.value("data"_L1).toObject()});
    return message;
}

} // namespace

base::Expected<Message, RpcError> readMessage(const QJsonValue &value)
{
    if (!value.isObject())
        return invalid(u"A JSON-RPC message is an object."_s);
    const QJsonObject object = value.toObject();
    if (object.value("jsonrpc"_L1).toString() != "2.0"_L1)
        return invalid(u"The member jsonrpc must be \"2.0\"."_s);
    Message message;
    message.id = object.value("id"_L1);
    if (!message.id.isUndefined() && !isId(message.id))
        return invalid(u"The id must be an integer or a string of at most 1024 characters."_s);
    const QJsonValue method = object.value("method"_L1);
    if (method.isUndefined() && object.contains("result"_L1) != object.contains("error"_L1)
        && !message.id.isUndefined())
        return readResponse(std::move(message), object);
    message.method = method.toString();
    if (message.method.isEmpty())
        return invalid(u"The method must be a string."_s);
    const QJsonValue params = object.value("params"_L1);
    if (!params.isUndefined() && !params.isObject())
        return invalid(u"The params must be an object."_s);
    message.kind = message.id.isUndefined() ? Message::Kind::Notification : Message::Kind::Request;
    message.params = params.toObject();
    message.meta = readMeta(message.params);
    return message;
}

Body::Body(const QJsonValue &json)
    : m_isBatch(json.isArray())
{
    if (!m_isBatch) {
        m_messages.append(readMessage(json));
        return;
    }
    const QJsonArray all = json.toArray();
    m_isTooLong = all.size() > maximumBatch;
    for (qsizetype i = 0; i < std::min(all.size(), maximumBatch); ++i)
        m_messages.append(readMessage(all[i]));
}

QJsonObject toJson(const Message &message)
{
    switch (message.kind) {
    case Message::Kind::Request:
        return requestMessage(message.id, message.method, message.params);
    case Message::Kind::Notification:
        return notificationMessage(message.method, message.params);
    case Message::Kind::Response:
        return message.result ? resultMessage(message.id, *message.result)
                              : errorMessage(message.id, message.result.error());
    }
    return {};
}

QJsonObject requestMessage(const QJsonValue &id, const QString &method, const QJsonObject &params)
{
    QJsonObject message = notificationMessage(method, params);
    message.insert(u"id"_s, id);
    return message;
}

QJsonObject notificationMessage(const QString &method, const QJsonObject &params)
{
    QJsonObject message{{u"jsonrpc"_s, u"2.0"_s}, {u"method"_s, method}};
    if (!params.isEmpty())
        message.insert(u"params"_s, params);
    return message;
}

QJsonObject resultMessage(const QJsonValue &id, const QJsonObject &result)
{
    return {{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"result"_s, result}};
}

QJsonObject errorMessage(const QJsonValue &id, const RpcError &error)
{
    QJsonObject inner{{u"code"_s, error.code}, {u"message"_s, error.message}};
    if (!error.data.isEmpty())
        inner.insert(u"data"_s, error.data);
    QJsonObject message{{u"jsonrpc"_s, u"2.0"_s}, {u"error"_s, inner}};
    if (!id.isUndefined())
        message.insert(u"id"_s, id);
    return message;
}

} // namespace gatehouse::protocol
