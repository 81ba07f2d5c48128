// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/innersocket.h"

#include <QPointer>

#include <algorithm>
#include <cstring>

namespace gatehouse::http {

InnerSocket::InnerSocket(const QTcpSocket &outer, QObject *parent)
    : QTcpSocket(parent)
{
    setLocalAddress(outer.localAddress());
    setLocalPort(outer.localPort());
    setPeerAddress(outer.peerAddress());
    setPeerPort(outer.peerPort());
    setOpenMode(QIODevice::ReadWrite);
    setSocketState(QAbstractSocket::ConnectedState);
}

InnerSocket::~InnerSocket()
{
    setSocketState(
        QAbstractSocket::UnconnectedState); // There is nothing for the destructor of QTcpSocket to close.
}

void InnerSocket::give(const QByteArray &request)
{
    m_in = request;
    m_at = 0;
    // What is large is not read at once.
    const QPointer<InnerSocket> alive(this);
    for (qint64 before = 0; alive && bytesAvailable() != before && bytesAvailable() > 0;) {
        before = bytesAvailable();
        Q_EMIT readyRead();
    }
}

void InnerSocket::leave()
{
    if (state() == QAbstractSocket::UnconnectedState)
        return;
    setSocketState(QAbstractSocket::UnconnectedState);
    Q_EMIT disconnected();
}

qint64 InnerSocket::bytesAvailable() const
{
    return QIODevice::bytesAvailable() + (m_in.size() - m_at);
}

qint64 InnerSocket::readData(char *data, qint64 size)
{
    const qsizetype length = std::min(qsizetype(size), m_in.size() - m_at);
    std::memcpy(data, m_in.constData() + m_at, size_t(length));
    m_at += length;
    return length;
}

qint64 InnerSocket::skipData(qint64 size)
{
    const qsizetype length = std::min(qsizetype(size), m_in.size() - m_at);
    m_at += length;
    return length;
}

qint64 InnerSocket::writeData(const char *data, qint64 size)
{
    Q_UNUSED(data)
    return size;
}

} // namespace gatehouse::http
