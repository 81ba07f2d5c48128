// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/responsewriter.h"

#include "base/characters.h"
#include "base/logging.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace gatehouse::http {

namespace {

QByteArrayView reasonOf(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 302:
        return "Found";
    case 303:
        return "See Other";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 406:
        return "Not Acceptable";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return {}; // The reason may be empty (RFC 9112 §4).
    }
}

/// RFC 9110 §5.6.7 and §6.6.1; made once a second.
const QByteArray &dateNow()
{
    thread_local qint64 second = 0;
    thread_local QByteArray text;
    if (const qint64 now = QDateTime::currentSecsSinceEpoch(); now != second) {
        second = now;
        text = QLocale::c()
                   .toString(QDateTime::fromSecsSinceEpoch(now).toUTC(), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'")
                   .toLatin1();
    }
    return text;
}

} // namespace

QByteArray headOf(const Response &response, Framing framing, Persistence persistence)
{
    QByteArray out;
    out.reserve(256 + response.headers.size() * 64);
    const auto add = [&out](const auto &...parts) { ((out += parts), ...); };
    add("HTTP/1.1 ", QByteArray::number(response.status), ' ', reasonOf(response.status));
    add("\r\nDate: ", dateNow(), "\r\n");
    bool hasType = false;
    for (const auto &[name, value] : response.headers) {
        if (!base::isFieldValue(value)) {
            qCWarning(base::lcHttp) << "Left out a header with control characters:" << name;
            continue;
        }
        hasType = hasType || base::isSameName(name, "Content-Type");
        add(name, ": ", value, "\r\n");
    }
    // Without a body there is nothing to name a type of.
    if (!hasType && framing == Framing::Length && !response.body.isEmpty())
        out += "Content-Type: application/json\r\n";
    if (framing == Framing::Chunked)
        out += "Transfer-Encoding: chunked\r\n";
    else if (framing == Framing::Length && response.status != 204) // RFC 9110 §8.6
        add("Content-Length: ", QByteArray::number(response.body.size()), "\r\n");
    if (persistence == Persistence::Close)
        out += "Connection: close\r\n";
    else if (persistence == Persistence::KeepAlive)
        out += "Connection: keep-alive\r\n";
    add("\r\n");
    return out;
}

QByteArray chunkOf(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return "0\r\n\r\n"_ba;
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

} // namespace gatehouse::http
