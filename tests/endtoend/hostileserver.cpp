// SPDX-License-Identifier: GPL-3.0-or-later
#include "endtoend/hostileserver.h"

#include <QTimer>

#include <algorithm>
#include <memory>
#include <utility>

using namespace gatehouse;

namespace {

constexpr qint64 mostBytes = 256LL * 1024 * 1024;
constexpr qint64 mostWaiting = 1024LL * 1024;
constexpr int dripMs = 20;

/// Head and body, as far as Content-Length says; empty until it is there.
QByteArray wholeRequestIn(const QByteArray &bytes)
{
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return {};
    const QByteArray head = bytes.first(end).toLower();
    const qsizetype at = head.indexOf("content-length:");
    const qsizetype length = at < 0 ? 0 : head.sliced(at + 15).split('\r').first().trimmed().toLongLong();
    return bytes.size() >= end + 4 + length ? bytes.first(end + 4 + length) : QByteArray();
}

} // namespace

HostileServer::HostileServer(QByteArray stage, Act act)
    : m_stage(std::move(stage))
    , m_act(std::move(act))
{
    if (!listen(QHostAddress::LocalHost, 0))
        qFatal("No port is free");
    m_honest.publicOrigin = QStringLiteral("http://127.0.0.1:%1").arg(serverPort());
    connect(this, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = nextPendingConnection()) {
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            const auto bytes = std::make_shared<QByteArray>();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket, bytes] {
                *bytes += socket->readAll();
                if (const QByteArray request = wholeRequestIn(*bytes); !request.isEmpty()) {
                    bytes->clear();
                    socket->setProperty("request", request);
                    take(socket);
                }
            });
        }
    });
}

void HostileServer::take(QTcpSocket *socket)
{
    const QByteArray request = socket->property("request").toByteArray();
    const QByteArray path = request.split(' ').value(1).split('?').first();
    const QByteArray head = request.first(request.indexOf("\r\n\r\n"));
    const bool hasToken = head.toLower().contains("\r\nauthorization:");
    const bool isRight = (!m_stage.startsWith('+') || hasToken) && (!m_stage.startsWith('-') || !hasToken);
    const QByteArray stage = m_stage.startsWith('+') || m_stage.startsWith('-') ? m_stage.sliced(1) : m_stage;
    const bool isMeant = stage == path || (path == "/mcp" && request.contains("\"method\":\"" + stage + '"'));
    if (!isMeant || !isRight)
        return forward(socket, request);
    ++m_hostileAnswers;
    m_act(socket);
}

void HostileServer::forward(QTcpSocket *socket, const QByteArray &request)
{
    auto *way = new QTcpSocket(socket);
    way->connectToHost(QHostAddress(QHostAddress::LocalHost), m_honest.port());
    QByteArray closing = request;
    closing.insert(closing.indexOf("\r\n") + 2, "Connection: close\r\n");
    // It answers to its own name only.
    const qsizetype host = closing.indexOf("Host:");
    closing.replace(host, closing.indexOf("\r\n", host) - host,
                    "Host: 127.0.0.1:" + QByteArray::number(m_honest.port()));
    way->write(closing);
    connect(way, &QTcpSocket::readyRead, socket, [socket, way] { socket->write(way->readAll()); });
    connect(way, &QTcpSocket::disconnected, socket, [socket] { socket->disconnectFromHost(); });
}

HostileServer::Act sending(const QByteArray &bytes)
{
    return [bytes](QTcpSocket *socket) { socket->write(bytes); };
}

HostileServer::Act sendingAndClosing(const QByteArray &bytes)
{
    return [bytes](QTcpSocket *socket) {
        socket->write(bytes);
        socket->disconnectFromHost();
    };
}

HostileServer::Act endless(const QByteArray &begin, const QByteArray &piece)
{
    return [begin, piece](QTcpSocket *socket) {
        const auto sent = std::make_shared<qint64>(0);
        const auto more = [socket, piece, sent] {
            while (socket->bytesToWrite() < mostWaiting && *sent < mostBytes)
                *sent += socket->write(piece);
        };
        QObject::connect(socket, &QTcpSocket::bytesWritten, socket, more);
        socket->write(begin);
        more();
    };
}

HostileServer::Act dripping(const QByteArray &bytes)
{
    return [bytes](QTcpSocket *socket) {
        auto *timer = new QTimer(socket);
        timer->callOnTimeout(socket, [socket, bytes, at = qsizetype(0)]() mutable {
            socket->write(bytes.sliced(at++ % bytes.size(), 1));
        });
        timer->start(dripMs);
    };
}

HostileServer::Act closing(bool isAborted)
{
    return [isAborted](QTcpSocket *socket) {
        if (isAborted)
            socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        isAborted ? socket->abort() : socket->disconnectFromHost();
    };
}

QByteArray answerOf(const QByteArray &body, const QByteArray &type, const QByteArray &status,
                    const QByteArray &more)
{
    return "HTTP/1.1 " + status + "\r\nContent-Type: " + type
        + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + more + "\r\n" + body;
}
