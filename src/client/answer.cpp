// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/answer.h"

#include "base/json.h"
#include "base/jsontext.h"
#include "web/mediatype.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::client {

namespace {

constexpr qsizetype maximumText = 500;

Error protocolError(int status, const QString &text)
{
    return Error{CallFault::ProtocolError, status, {}, 0, text};
}

bool answers(const QJsonObject &message, qint64 id)
{
    const QJsonValue theirs = message.value("id"_L1);
    // An error whose request could not be read has no id (JSON-RPC 2.0 §5), and here there was only one.
    const bool isOfNone = (theirs.isNull() || theirs.isUndefined()) && message.value("error"_L1).isObject();
    const bool isOurs = theirs.isDouble() && theirs.toInteger(-1) == id;
    return isOfNone || (isOurs && (message.contains("result"_L1) || message.contains("error"_L1)));
}

std::optional<Error> rpcErrorOf(const QJsonObject &message, int status)
{
    return message.value("jsonrpc"_L1) == "2.0"_L1 ? rpcErrorIn(message, status) : std::nullopt;
}

/// Each may stand in a field of its own (RFC 9110 §11.6.1).
QByteArray challengesOf(const base::FetchReply &reply)
{
    return base::valuesOf(reply.headers, "www-authenticate").join(", ");
}

const QString noServer = u"most likely there is no MCP server at this address."_s;

bool isWebPage(const base::FetchReply &reply)
{
    return web::isMediaType(reply.header("content-type"), "text/html");
}

/// Followed is what may be (client/sameorigin): a token goes nowhere else.
QString redirectIn(const base::FetchReply &reply)
{
    const QByteArray location = reply.header("location");
    return location.isEmpty()
        ? u" It does not say where to go on."_s
        : u" It sends on to %1, which is not followed: give that address, if it is the right one."_s.arg(
            QString::fromUtf8(location.left(300)));
}

Error unreachable(const base::FetchError &error)
{
    Error out{error.hasAnswered() ? CallFault::ProtocolError : CallFault::Unreachable, 0, {}, 0, error.text};
    out.isUnsent = error.isUnsent || error.fault == base::FetchFault::NotAllowed
        || error.fault == base::FetchFault::Tls;
    out.isOfThisMachine = error.isOfThisMachine;
    return out;
}

Error httpError(const base::FetchReply &reply)
{
    if (reply.status == 401) {
        Error error{CallFault::Unauthorized, 401, challengesOf(reply), 0,
                    u"The server wants a sign-in (HTTP 401)."_s};
        error.date = reply.header("date");
        return error;
    }
    if (reply.status == 403) {
        return Error{CallFault::Forbidden, 403, challengesOf(reply), 0,
                     u"The server refuses this request (HTTP 403)."_s};
    }
    if (const auto message = base::readJsonObject(reply.body)) {
        if (const auto error = rpcErrorOf(*message, reply.status))
            return *error;
    }
    const QString more = reply.status >= 300 && reply.status < 400 ? redirectIn(reply)
        : isWebPage(reply) && reply.status < 500                   ? u" With a web page: "_s + noServer
                                                                   : QString();
    return Error{CallFault::HttpError,
                 reply.status,
                 {},
                 0,
                 u"The server answered HTTP %1."_s.arg(reply.status) + more};
}

} // namespace

QByteArray Result::text() const
{
    return base::memberText(within, "result");
}

std::optional<Error> rpcErrorIn(const QJsonObject &object, int status)
{
    const QJsonObject error = object.value("error"_L1).toObject();
    if (!error.value("code"_L1).isDouble())
        return std::nullopt;
    return Error{CallFault::RpcError,
                 status,
                 {},
                 error.value("code"_L1).toInt(),
                 error.value("message"_L1).toString().left(maximumText),
                 error.value("data"_L1)};
}

bool AnswerReader::feed(const base::FetchReply &head, QByteArrayView piece)
{
    // What is no success is no stream either, whatever it says of itself.
    if (head.status != 200 || !web::isMediaType(head.header("content-type"), "text/event-stream")) {
        m_body += piece;
        return false;
    }
    m_isStream = true;
    for (const QByteArray &data : m_stream.feed(piece)) {
        if (take(data))
            return true;
    }
    return false;
}

/// One message, or a batch of them, as 2025-03-26 has them.
bool AnswerReader::take(const QByteArray &data)
{
    const auto json = base::readJson(data);
    if (json && json->isObject())
        return takeMessage(json->toObject(), data);
    if (json && json->isArray()) {
        bool isThere = false;
        const QJsonArray batch = json->toArray();
        for (const QJsonValue &one : batch)
            isThere = takeMessage(one.toObject(), base::writeJson(one.toObject())) || isThere;
        return isThere;
    }
    // Something that keeps the connection open, it may be: told only where no answer comes.
    if (m_fault.isEmpty())
        m_fault = u"An event of the answer is no JSON object. "_s + (json ? QString() : json.error().text);
    return false;
}

bool AnswerReader::takeMessage(const QJsonObject &message, const QByteArray &text)
{
    if (!answers(message, m_id)) {
        if (m_heard)
            m_heard(message);
        return false;
    }
    m_message = message;
    m_text = text;
    return true;
}

void AnswerReader::begin()
{
    m_stream.begin();
    m_body.clear();
}

base::Expected<Result, Error> AnswerReader::result(const base::FetchResult &fetched) const
{
    if (!fetched)
        return base::failure(unreachable(fetched.error()));
    base::FetchReply reply = *fetched;
    reply.body = m_body;
    if (reply.status != 200)
        return base::failure(httpError(reply));
    QJsonObject message;
    QByteArray text = reply.body;
    if (web::isMediaType(reply.header("content-type"), "text/event-stream")) {
        if (!m_message) {
            return base::failure(protocolError(
                reply.status, m_fault.isEmpty() ? u"The event stream ended without the answer."_s : m_fault));
        }
        message = *m_message;
        text = m_text;
    } else if (const auto read = base::readJson(reply.body); read && read->isArray()) {
        const QJsonArray batch = read->toArray();
        for (const QJsonValue &one : batch) {
            if (answers(one.toObject(), m_id))
                message = one.toObject();
        }
        text = base::writeJson(message);
    } else if (read && read->isObject()) {
        message = read->toObject();
    } else if (isWebPage(reply)) {
        return base::failure(protocolError(reply.status, u"A web page came for an answer: "_s + noServer));
    } else {
        return base::failure(protocolError(
            reply.status, u"The answer is no JSON object. "_s + (read ? QString() : read.error().text)));
    }
    if (message.value("jsonrpc"_L1) != "2.0"_L1)
        return base::failure(protocolError(reply.status, u"The answer is no JSON-RPC 2.0 message."_s));
    if (const auto error = rpcErrorOf(message, reply.status))
        return base::failure(*error);
    if (!answers(message, m_id))
        return base::failure(protocolError(reply.status, u"The answer belongs to another request."_s));
    if (!message.value("result"_L1).isObject())
        return base::failure(protocolError(reply.status, u"The answer's result is no object."_s));
    return Result{message.value("result"_L1).toObject(), text};
}

base::Expected<void, Error> acceptanceOf(const base::FetchResult &fetched)
{
    if (!fetched)
        return base::failure(unreachable(fetched.error()));
    if (fetched->status < 200 || fetched->status > 299)
        return base::failure(httpError(*fetched));
    return {};
}

} // namespace gatehouse::client
