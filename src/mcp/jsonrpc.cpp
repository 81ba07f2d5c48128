// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/jsonrpc.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

namespace {

bool isId(const QJsonValue &id)
{
    if (id.isString())
        return true;
    const double number = id.toDouble(0.5);
    return id.isDouble() && std::floor(number) == number && std::abs(number) <= 9007199254740991.0;
}

auto invalid(const QString &text)
{
    return base::failure(RpcError{code::invalidRequest, text, {}});
}

} // namespace

base::Expected<Message, RpcError> readMessage(const QJsonValue &value)
{
    if (!value.isObject())
        return invalid(u"A JSON-RPC message is an object."_s);
    const QJsonObject object = value.toObject();
    if (object.value("jsonrpc"_L1) != QJsonValue(u"2.0"_s))
        return invalid(u"The member jsonrpc must be \"2.0\"."_s);
    Message message;
    message.id = object.value("id"_L1);
    if (!message.id.isUndefined() && !isId(message.id))
        return invalid(u"The id must be a string or an integer."_s);
    const QJsonValue method = object.value("method"_L1);
    if (method.isUndefined() && object.contains("result"_L1) != object.contains("error"_L1)
        && !message.id.isUndefined()) {
        message.kind = Message::Kind::Response;
        return message;
    }
    if (!method.isString() || method.toString().isEmpty())
        return invalid(u"The method must be a string."_s);
    const QJsonValue params = object.value("params"_L1);
    if (!params.isUndefined() && !params.isObject())
        return invalid(u"The params must be an object."_s);
    message.kind = message.id.isUndefined() ? Message::Kind::Notification : Message::Kind::Request;
    message.method = method.toString();
    message.params = params.toObject();
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

} // namespace gatehouse::mcp
