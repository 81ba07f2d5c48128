// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/httpserver.h"

#include "http/ports.h"

#include "base/logging.h"

#include <QHttpServer>
#include <QHttpServerResponse>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::http {

namespace {

QByteArray contentTypeOf(const Response &response)
{
    // Without a body there is nothing to name a type of; Qt would otherwise guess "application/x-empty".
    return response.body.isEmpty()
        ? QByteArray()
        : base::onlyValueOf(response.headers, "Content-Type").value_or("application/json"_ba);
}

/// The headers that may be written: without Content-Type, which has its own place, and without unsafe values.
base::Headers writableHeaders(const Response &response)
{
    base::Headers out;
    for (const auto &[name, value] : response.headers) {
        if (QByteArrayView(name).compare("Content-Type", Qt::CaseInsensitive) == 0)
            continue;
        if (!base::isSafeHeaderValue(value)) {
            qCWarning(base::lcHttp) << "Left out a header with control characters:" << name;
            continue;
        }
        out.append({name, value});
    }
    return out;
}

#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)

using ResponderArgument = QHttpServerResponder &;

base::Headers headersOf(const QHttpServerRequest &request)
{
    base::Headers out;
    for (const auto &[name, value] : request.headers().toListOfPairs())
        out.append({name, value});
    return out;
}

class Answer
{
public:
    explicit Answer(QHttpServerResponder &&responder)
        : m_responder(std::move(responder))
    { }

    void operator()(const Response &response)
    {
        if (std::exchange(m_answered, true))
            return;
        QHttpServerResponse out(contentTypeOf(response), response.body,
                                QHttpServerResponse::StatusCode(response.status));
        QHttpHeaders headers = out.headers();
        for (const auto &[name, value] : writableHeaders(response))
            headers.append(name, value);
        out.setHeaders(std::move(headers));
        m_responder.sendResponse(out);
    }

private:
    QHttpServerResponder m_responder;
    bool m_answered = false;
};

#else

using ResponderArgument = QHttpServerResponder &&;

base::Headers headersOf(const QHttpServerRequest &request)
{
    base::Headers out;
    for (const auto &[name, value] : request.headers())
        out.append({name, value});
    return out;
}

quint16 peerPortOf(const QHttpServerRequest &, const QHttpServerResponder &responder)
{
    return responder.socket()->peerPort(); // 6.4's request does not know it.
}

class Answer
{
public:
    explicit Answer(QHttpServerResponder &&responder)
        : m_socket(responder.socket())
        , m_responder(std::move(responder))
    { }

    void operator()(const Response &response)
    {
        // 6.4 keeps a raw socket pointer: writing after the peer has left would be a use after free.
        if (std::exchange(m_answered, true) || !m_socket
            || m_socket->state() != QAbstractSocket::ConnectedState)
            return;
        QHttpServerResponse out(contentTypeOf(response), response.body,
                                QHttpServerResponse::StatusCode(response.status));
        for (const auto &[name, value] : writableHeaders(response))
            out.addHeader(name, value);
        out.write(std::move(m_responder));
    }

private:
    QPointer<QTcpSocket> m_socket; // Taken before the responder is moved from: keep this order.
    QHttpServerResponder m_responder;
    bool m_answered = false;
};

#endif

QByteArray methodName(QHttpServerRequest::Method method)
{
    switch (method) {
    case QHttpServerRequest::Method::Get:
        return "GET"_ba;
    case QHttpServerRequest::Method::Put:
        return "PUT"_ba;
    case QHttpServerRequest::Method::Delete:
        return "DELETE"_ba;
    case QHttpServerRequest::Method::Post:
        return "POST"_ba;
    case QHttpServerRequest::Method::Head:
        return "HEAD"_ba;
    case QHttpServerRequest::Method::Options:
        return "OPTIONS"_ba;
    case QHttpServerRequest::Method::Patch:
        return "PATCH"_ba;
    case QHttpServerRequest::Method::Connect:
        return "CONNECT"_ba;
    case QHttpServerRequest::Method::Trace:
        return "TRACE"_ba;
    default:
        return "UNKNOWN"_ba; // A set of flags and not a list: values between are possible.
    }
}

/// The path to match. QHttpServer has no other word on the request's target than this URL, which has resolved
/// escapes of plain letters and taken the authority from Host.
QByteArray pathOf(const QUrl &url)
{
    const QByteArray path = url.path(QUrl::FullyEncoded).toUtf8();
    // RFC 9112 §3.2 knows no fragment: with it, the path is none of ours.
    return url.hasFragment() ? path + '#' + url.fragment(QUrl::FullyEncoded).toUtf8() : path;
}

Request requestOf(const QHttpServerRequest &in, quint16 peerPort)
{
    Request out;
    out.method = methodName(in.method());
    const QUrl url = in.url();
    out.path = pathOf(url);
    out.query = url.query(QUrl::FullyEncoded).toUtf8();
    out.headers = headersOf(in);
    out.body = in.body();
    out.peer = in.remoteAddress();
    out.peerPort = peerPort;
    return out;
}

} // namespace

struct HttpServer::Private
{
    Handler handler;
    std::unique_ptr<QHttpServer> server;
    qsizetype maximumBodyBytes = 16 * 1024 * 1024;
    bool hasIpv6 = false;

    using Listeners = std::vector<std::unique_ptr<QTcpServer>>;

    /// One listener per address, all on one port; an error text if one of them cannot be had.
    static base::Expected<Listeners, ListenError> listenOn(const QList<QHostAddress> &addresses, quint16 port)
    {
        Listeners listeners;
        for (const QHostAddress &address : addresses) {
            auto listener = std::make_unique<QTcpServer>();
            if (!listener->listen(address, port))
                return base::failure(
                    ListenError{port, listener->serverError() == QAbstractSocket::AddressInUseError, 0,
                                listener->errorString()});
            port = listener->serverPort();
            listeners.push_back(std::move(listener));
        }
        return listeners;
    }

    void serve(const QHttpServerRequest &in, ResponderArgument responder)
    {
        const Request request = requestOf(in, peerPortOf(in, responder));
        const auto answer = std::make_shared<Answer>(std::move(responder));
        if (request.body.size() > maximumBodyBytes) {
            (*answer)(jsonResponse(413, R"({"error":"The request body is too large."})"_ba));
            return;
        }
        handler(request, [answer](const Response &response) { (*answer)(response); });
    }
};

HttpServer::HttpServer(Handler handler, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->handler = std::move(handler);
}

HttpServer::~HttpServer() = default;

base::Expected<quint16, ListenError> HttpServer::listen(const QHostAddress &address, quint16 port)
{
    const QList<QHostAddress> addresses = listeningAddresses(address);

    auto listeners = Private::listenOn(addresses, port);
    for (int attempt = 0; !listeners && port == 0 && attempt < 20; ++attempt)
        listeners = Private::listenOn(addresses, 0); // The port of the first address was taken on the second.
    if (!listeners) {
        ListenError error = listeners.error();
        if (error.isInUse)
            error.nextFree = nextFreePort(addresses, port);
        return base::failure(std::move(error));
    }
    d->hasIpv6 = addresses.last().protocol() == QAbstractSocket::IPv6Protocol;

    d->server = std::make_unique<QHttpServer>();
    auto serve = [this](const QHttpServerRequest &in, ResponderArgument responder) {
        d->serve(in, std::forward<ResponderArgument>(responder));
    };
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    d->server->setMissingHandler(this, serve);
#else
    d->server->setMissingHandler(serve);
#endif
    const quint16 taken = listeners->front()->serverPort();
    for (auto &listener : *listeners)
        d->server->bind(listener.release());
    return taken;
}

bool HttpServer::listensOnIpv6() const
{
    return d->hasIpv6;
}

void HttpServer::close()
{
    if (!d->server)
        return;
    for (QTcpServer *listener : d->server->servers())
        listener->close();
}

void HttpServer::setMaximumBodyBytes(qsizetype bytes)
{
    d->maximumBodyBytes = bytes;
}

} // namespace gatehouse::http
