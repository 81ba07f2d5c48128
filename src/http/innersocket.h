// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpSocket>

namespace gatehouse::http {

/// The socket that QHttpServer sees of a connection: it has no network behind it, gives out only whole
/// requests that were found good, one at a time, and stays silent in between.
class InnerSocket : public QTcpSocket
{
    Q_OBJECT

public:
    /// As if it came from there.
    InnerSocket(const QTcpSocket &outer, QObject *parent);
    ~InnerSocket() override;

    /// Hands over one request. Whoever reads has read it when this returns.
    void give(const QByteArray &request);
    /// The peer is gone.
    void leave();

    [[nodiscard]] qint64 bytesAvailable() const override;
    [[nodiscard]] bool isSequential() const override { return true; }
    void disconnectFromHost() override { } ///< Only the gate ends connections.
    void close() override { }

protected:
    qint64 readData(char *data, qint64 size) override;
    qint64 skipData(qint64 size) override;
    /// Nothing that QHttpServer says by itself reaches the peer.
    qint64 writeData(const char *data, qint64 size) override;

private:
    QByteArray m_in;
    qsizetype m_at = 0;
};

} // namespace gatehouse::http
