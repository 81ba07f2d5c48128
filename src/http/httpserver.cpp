// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/httpserver.h"

#include "base/logging.h"
#include "http/eventstream.h"
#include "http/ports.h"

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

/// 6.8's responder does not give its socket away, so the listener remembers the sockets it makes.
class Listener : public QTcpServer
{
public:
    [[nodiscard]] QTcpSocket *socketOf(const QHttpServerRequest &request) const
    {
        for (const QPointer<QTcpSocket> &socket : m_sockets) {
            if (socket && socket->peerPort() == request.remotePort()
                && socket->peerAddress() == request.remoteAddress())
                return socket;
        }
        return nullptr;
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *socket = new QTcpSocket(this);
        if (!socket->setSocketDescriptor(descriptor)) {
            delete socket;
            return;
        }
        m_sockets.removeIf([](const QPointer<QTcpSocket> &one) { return !one; });
        m_sockets.append(socket);
        addPendingConnection(socket);
    }

private:
    QList<QPointer<QTcpSocket>> m_sockets;
};

class Answer
{
public:
    Answer(QHttpServerResponder &&responder, QTcpSocket *socket)
        : m_socket(socket)
        , m_responder(std::move(responder))
    { }

    void operator()(const Response &response)
    {
        if (std::exchange(m_answered, true))
            return;
        m_watch.reset();
        QHttpServerResponse out(contentTypeOf(response), response.body,
                                QHttpServerResponse::StatusCode(response.status));
        QHttpHeaders headers = out.headers();
        for (const auto &[name, value] : writableHeaders(response))
            headers.append(name, value);
        out.setHeaders(std::move(headers));
        m_responder.sendResponse(out);
    }

    /// Begins a body that goes on; false when that is too late.
    bool begin(const Response &head)
    {
        if (std::exchange(m_answered, true) || !m_socket)
            return false;
        QHttpHeaders headers;
        headers.append(QHttpHeaders::WellKnownHeader::ContentType, "text/event-stream");
        headers.append(QHttpHeaders::WellKnownHeader::Connection, "close");
        for (const auto &[name, value] : writableHeaders(head))
            headers.append(name, value);
        m_responder.writeBeginChunked(headers, QHttpServerResponder::StatusCode(head.status));
        return true;
    }
    void write(const QByteArray &piece)
    {
        if (m_socket)
            m_responder.writeChunk(piece);
    }
    void end()
    {
        m_watch.reset();
        if (!m_socket)
            return;
        m_responder.writeEndChunked({});
        m_socket->disconnectFromHost();
    }
    [[nodiscard]] QTcpSocket *socket() const { return m_socket; }
    /// Until the answer is given or the stream has ended.
    void whenGone(const std::function<void()> &then)
    {
        if (!m_watch || !m_socket)
            return;
        QObject::connect(m_socket, &QTcpSocket::disconnected, m_watch.get(), then);
    }

private:
    QPointer<QTcpSocket> m_socket;
    QHttpServerResponder m_responder;
    std::unique_ptr<QObject> m_watch = std::make_unique<QObject>();
    bool m_answered = false;
};

#else

using ResponderArgument = QHttpServerResponder &&;
using Listener = QTcpServer;

base::Headers headersOf(const QHttpServerRequest &request)
{
    base::Headers out;
    for (const auto &[name, value] : request.headers())
        out.append({name, value});
    return out;
}

class Answer
{
public:
    Answer(QHttpServerResponder &&responder, QTcpSocket *socket)
        : m_socket(socket)
        , m_responder(std::move(responder))
    { }

    void operator()(const Response &response)
    {
        m_watch.reset();
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

    /// Begins a body that goes on; false when that is too late.
    bool begin(const Response &head)
    {
        if (std::exchange(m_answered, true) || !m_socket
            || m_socket->state() != QAbstractSocket::ConnectedState)
            return false;
        QByteArray text = "HTTP/1.1 " + QByteArray::number(head.status)
            + " OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n";
        for (const auto &[name, value] : writableHeaders(head))
            text += name + ": " + value + "\r\n";
        m_socket->write(text + "\r\n");
        return true;
    }
    void write(const QByteArray &piece)
    {
        if (m_socket && !piece.isEmpty())
            m_socket->write(QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n");
    }
    void end()
    {
        m_watch.reset();
        if (!m_socket)
            return;
        m_socket->write("0\r\n\r\n");
        m_socket->disconnectFromHost();
    }
    [[nodiscard]] QTcpSocket *socket() const { return m_socket; }
    /// Until the answer is given or the stream has ended.
    void whenGone(const std::function<void()> &then)
    {
        if (!m_watch || !m_socket)
            return;
        QObject::connect(m_socket, &QTcpSocket::disconnected, m_watch.get(), then);
    }

private:
    QPointer<QTcpSocket> m_socket;
    QHttpServerResponder m_responder;
    std::unique_ptr<QObject> m_watch = std::make_unique<QObject>();
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

    using Listeners = std::vector<std::unique_ptr<Listener>>;

    /// One listener per address, all on one port; an error text if one of them cannot be had.
    static base::Expected<Listeners, ListenError> listenOn(const QList<QHostAddress> &addresses, quint16 port)
    {
        Listeners listeners;
        for (const QHostAddress &address : addresses) {
            auto listener = std::make_unique<Listener>();
            if (!listener->listen(address, port))
                return base::failure(
                    ListenError{port, listener->serverError() == QAbstractSocket::AddressInUseError, 0,
                                listener->errorString()});
            port = listener->serverPort();
            listeners.push_back(std::move(listener));
        }
        return listeners;
    }

    [[nodiscard]] QTcpSocket *socketOf([[maybe_unused]] const QHttpServerRequest &in,
                                       [[maybe_unused]] const QHttpServerResponder &responder) const
    {
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        for (const QTcpServer *listener : server->servers()) {
            if (QTcpSocket *socket = static_cast<const Listener *>(listener)->socketOf(in))
                return socket;
        }
        return nullptr;
#else
        return responder.socket();
#endif
    }

    void serve(const QHttpServerRequest &in, ResponderArgument responder)
    {
        QTcpSocket *socket = socketOf(in, responder);
        // 6.4's request does not know the port.
        const Request request = requestOf(in, socket ? socket->peerPort() : quint16(0));
        const auto answer = std::make_shared<Answer>(std::move(responder), socket);
        if (request.body.size() > maximumBodyBytes) {
            (*answer)(jsonResponse(413, R"({"error":"The request body is too large."})"_ba));
            return;
        }
        handler(request,
                {[answer](const Response &response) { (*answer)(response); },
                 [answer](const Response &head) -> std::shared_ptr<EventStream> {
                     if (!answer->begin(head))
                         return nullptr;
                     return std::make_shared<EventStream>(
                         EventStream::Wire{[answer](const QByteArray &piece) { answer->write(piece); },
                                           [answer] { answer->end(); }, answer->socket()});
                 },
                 [answer](const std::function<void()> &then) { answer->whenGone(then); }});
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
