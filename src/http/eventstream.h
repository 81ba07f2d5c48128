// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>

QT_BEGIN_NAMESPACE
class QTcpSocket;
QT_END_NAMESPACE

namespace gatehouse::http {

/// The body of an answer that goes on: a text/event-stream (WHATWG HTML "Server-sent events"). Keeps the
/// connection alive with comments, cuts off a peer that does not read, and knows when it leaves. Its end
/// closes the connection. Server's thread.
class EventStream : public QObject
{
    Q_OBJECT

public:
    /// How bytes of the body reach the peer; made by HttpServer.
    struct Wire
    {
        std::function<void(const QByteArray &)> write;
        std::function<void()> end;
        QPointer<QTcpSocket> socket;
    };
    explicit EventStream(Wire wire);
    ~EventStream() override;

    /// Whole events, with the empty line behind each. Nobody is told from within that the peer is gone.
    void write(const QByteArray &events);
    /// Ends the body. Nothing may be written afterwards.
    void end();

    static constexpr qint64 maximumBacklog = 1024 * 1024; ///< Bytes that a peer may leave unread.
    static constexpr int keepAliveMs = 15'000;

private:
    Wire m_wire;
    QTimer m_keepAlive;
    bool m_isEnded = false;
};

} // namespace gatehouse::http
