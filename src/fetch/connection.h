// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/fetch.h"
#include "fetch/responsereader.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QObject>
#include <QSslError>
#include <QString>

class QSslSocket;

namespace gatehouse::fetch {

/// Where a connection leads.
struct Target
{
    QString host = {}; ///< As it is asked for, and as a certificate must name it.
    quint16 port = 0;
    bool isTls = false;
    QHostAddress address = {}; ///< Null: whatever the proxy finds for the name.
    QNetworkProxy proxy = QNetworkProxy(QNetworkProxy::NoProxy);
    bool isTrusted = false; ///< base::FetchRequest::trustsThisMachine
};

/// One connection to a server (HTTP/1.1 over TCP or TLS), which carries one request after the other. It never
/// repeats one, and says of each whether a byte of it has left. One thread.
class Connection : public QObject
{
    Q_OBJECT

public:
    explicit Connection(const Target &target, QObject *parent = nullptr);
    ~Connection() override;

    /// Sends these bytes, a whole request, as soon as it is connected; only while nothing is under way. Tells
    /// of nothing before it has returned.
    void send(const QByteArray &request, QByteArrayView method);
    /// Whether another request can be sent: the last answer was whole, and the server has neither closed the
    /// connection nor said something since. What it does after this question nobody can know.
    [[nodiscard]] bool isReusable() const;
    /// Whether the server has shown that it keeps connections: it said so, or this one has carried two
    /// requests. Others close some of them a moment after an answer, without having said so.
    [[nodiscard]] bool isKept() const;
    /// Whether a byte of the request may have left.
    [[nodiscard]] bool hasSent() const { return m_hasSent; }
    [[nodiscard]] ResponseReader &reader() { return m_reader; }
    /// How long the server keeps it while it is idle, in milliseconds (RFC 2068 §19.7.1.1).
    [[nodiscard]] int idleMs() const;
    /// At once and without a word.
    void close();

Q_SIGNALS:
    void reached(); ///< Somebody is there.
    void sending(); ///< It is connected, and the request leaves.
    void came(); ///< Something of the answer: see reader(). After its last piece the stage is Complete.
    /// Nothing comes any more: the answer cannot be had, or is refused; not after it was complete.
    void failed(const gatehouse::base::FetchError &error);

private:
    struct Inside; ///< While a signal of the socket is on the stack.
    void open();
    void connected();
    void read();
    void ended();
    void fail(base::FetchFault fault, const QString &text);
    void judgeCertificate(const QList<QSslError> &errors);
    [[nodiscard]] QString connectFault() const;
    [[nodiscard]] QString tlsFault() const;

    QSslSocket *m_socket; ///< A child, that goes with this, or a moment later.
    Target m_target;
    QByteArray m_request; ///< Until it is connected.
    ResponseReader m_reader{"GET"};
    QList<QSslError> m_tlsErrors;
    int m_requests = 0;
    int m_inside = 0;
    bool m_isConnected = false;
    bool m_isFlushing = false;
    bool m_isUnderWay = false;
    bool m_hasSent = false;
    bool m_isOfThisMachine = false; ///< Whose certificate only has nobody who vouches for it.
};

} // namespace gatehouse::fetch
