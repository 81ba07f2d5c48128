// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "http/message.h"

#include <QObject>

#include <memory>

namespace gatehouse::http {

struct ListenError
{
    quint16 port = 0;
    bool isInUse = false; ///< Somebody else has the port; else the address itself cannot be had.
    quint16 nextFree = 0; ///< With isInUse: the next port above it that is free, or 0.
    QString detail = {}; ///< The system's words.
};

/// The adapter to QHttpServer and the only part that knows it: one door, values in and out. Answers survive a
/// peer that has left. Lives on the thread that calls listen().
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

    /// Body bytes above this are answered with 413.
    void setMaximumBodyBytes(qsizetype bytes);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::http
