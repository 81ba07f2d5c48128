// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"
#include "http/tcpgate.h"

#include <QObject>

#include <functional>
#include <memory>

namespace gatehouse::http {

/// QHttpServer behind its gate, and the only part that knows it: one door, values in and out. Answers survive
/// a peer that has left. Lives on the thread that calls listen().
class HttpServer : public QObject
{
    Q_OBJECT

public:
    explicit HttpServer(Handler handler, QObject *parent = nullptr);
    ~HttpServer() override;

    /// Listens on the address; for loopback on 127.0.0.1 and, where there is IPv6, on [::1] with the same
    /// port. Port 0 takes one that is free on both. The answer is the port.
    [[nodiscard]] base::Expected<quint16, ListenError> listen(const QHostAddress &address, quint16 port);

    /// False after listening on IPv4 loopback where the system has no IPv6 one.
    [[nodiscard]] bool listensOnIpv6() const;

    /// Stops accepting and drops the listeners; answers under way are still written.
    void close();
    /// After close(): listens where it did before; false where that cannot be had any more.
    [[nodiscard]] bool reopen();
    /// The same for good: each connection ends with the answer under way, and once all have ended `then` is
    /// called, in a turn of its own.
    void retire(std::function<void()> then);

    void setLimits(const EdgeLimits &limits);
    /// Who is told of requests that the gate refuses.
    void setRefusedHandler(std::function<void(const Refused &)> handler);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::http
