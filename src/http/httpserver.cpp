// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/httpserver.h"

#include "http/connection.h"
#include "http/eventstream.h"

#include <QHttpServer>
#include <QHttpServerResponder>
#include <QPointer>
#include <QTcpServer>

#include <utility>

namespace gatehouse::http {

namespace {

#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
using ResponderArgument = QHttpServerResponder &;
#else
using ResponderArgument = QHttpServerResponder &&;
#endif

} // namespace

struct HttpServer::Private
{
    Handler handler;
    TcpGate gate;
    std::unique_ptr<QHttpServer> server; // Goes before the gate does.
    QList<std::tuple<QTcpServer *, QHostAddress, quint16>> closed; ///< And where each listened.

    /// What the request is, is the gate's word: QHttpServer would resolve escapes, take the authority from
    /// Host and join or drop fields.
    void serve(ResponderArgument responder)
    {
        Connection *connection = gate.current();
        if (!connection)
            return; // Nothing reaches QHttpServer but through the gate.
            // Answers go through the gate as well.
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        // The responder's end says that there was one.
        connection->keepResponder(std::make_shared<QHttpServerResponder>(std::move(responder)));
#else
        Q_UNUSED(responder)
        connection->keepResponder({});
#endif
        const QPointer<Connection> to(connection);
        const quint64 number = connection->request();
        const RequestHead &request = connection->head();
        handler(connection->requestSoFar(),
                {[to, number](const Response &response) {
                     if (to)
                         to->answer(number, response);
                 },
                 [to, number](const Response &head) { return to ? to->stream(number, head) : nullptr; },
                 [to, number](Respond::Disconnected then) {
                     if (to)
                         to->onDisconnected(number, std::move(then));
                 },
                 {[to, number](Standing standing, Respond::Body then) {
                      if (to)
                          to->takeBody(number, standing, std::move(then));
                  },
                  request.isChunked ? -1 : request.contentLength}});
    }
};

HttpServer::HttpServer(Handler handler, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->handler = std::move(handler);
}

HttpServer::~HttpServer()
{
    // Its responders must not outlive QHttpServer; those that wait for their end included.
    for (Connection *connection : d->gate.findChildren<Connection *>(Qt::FindDirectChildrenOnly))
        connection->releaseResponder();
}

base::Expected<quint16, ListenError> HttpServer::listen(const QHostAddress &address, quint16 port)
{
    const auto taken = d->gate.listen(address, port);
    if (!taken)
        return taken;
    d->server = std::make_unique<QHttpServer>();
    auto serve = [this](const QHttpServerRequest &, ResponderArgument responder) {
        d->serve(std::forward<ResponderArgument>(responder));
    };
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    d->server->setMissingHandler(this, serve);
#else
    d->server->setMissingHandler(serve);
#endif
    for (auto &listener : d->gate.takeListeners())
        d->server->bind(listener.release());
    return taken;
}

bool HttpServer::listensOnIpv6() const
{
    return d->gate.listensOnIpv6();
}

void HttpServer::close()
{
    if (!d->server)
        return;
    d->closed.clear();
    for (QTcpServer *listener : d->server->servers()) {
        d->closed.append({listener, listener->serverAddress(), listener->serverPort()});
        listener->close();
    }
}

bool HttpServer::reopen()
{
    return std::all_of(d->closed.begin(), d->closed.end(), [](const auto &one) {
        const auto &[listener, address, port] = one;
        return listener->listen(address, port);
    });
}

void HttpServer::retire(std::function<void()> then)
{
    close();
    d->gate.retire(std::move(then));
}

void HttpServer::setLimits(const EdgeLimits &limits)
{
    d->gate.setLimits(limits);
}

void HttpServer::setRefusedHandler(std::function<void(const Refused &)> handler)
{
    d->gate.setRefusedHandler(std::move(handler));
}

} // namespace gatehouse::http
