// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/eventstream.h"

#include <QTcpSocket>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::http {

EventStream::EventStream(Wire wire)
    : m_wire(std::move(wire))
{
    m_keepAlive.setParent(this);
    connect(&m_keepAlive, &QTimer::timeout, this, [this] { write(":\n\n"_ba); });
    m_keepAlive.start(keepAliveMs);
    if (!m_wire.socket)
        return;
    // Nothing may come on this connection any more. QHttpServer would write the answer to a second request
    // into the stream.
    QObject::disconnect(m_wire.socket, &QTcpSocket::readyRead, nullptr, nullptr);
    connect(m_wire.socket, &QTcpSocket::readyRead, this, [this] { m_wire.socket->abort(); });
}

EventStream::~EventStream()
{
    end();
}

void EventStream::write(const QByteArray &events)
{
    if (m_isEnded)
        return;
    m_keepAlive.start();
    m_wire.write(events);
    if (m_wire.socket && m_wire.socket->bytesToWrite() > maximumBacklog) {
        m_isEnded = true;
        m_keepAlive.stop();
        // In a turn of its own: whoever writes here must not hear from within that the peer is gone.
        QMetaObject::invokeMethod(m_wire.socket, &QTcpSocket::abort, Qt::QueuedConnection);
    }
}

void EventStream::end()
{
    if (std::exchange(m_isEnded, true))
        return;
    m_keepAlive.stop();
    m_wire.end();
}

} // namespace gatehouse::http
