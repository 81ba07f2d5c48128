// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "http/fault.h"
#include "http/limits.h"
#include "http/message.h"

#include <QElapsedTimer>
#include <QHash>
#include <QHostAddress>
#include <QObject>
#include <QTcpServer>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace gatehouse::http {

class Connection;

struct ListenError
{
    quint16 port = 0;
    bool isInUse = false; ///< Somebody else has the port; else the address itself cannot be had.
    quint16 nextFree = 0; ///< With isInUse: the next port above it that is free, or 0.
    QString detail = {}; ///< The system's words.
};

/// A request that was refused before it was one.
struct Refused
{
    EdgeFault fault = EdgeFault::None;
    Request request; ///< As far as it was read, without a body.
    Response response; ///< That its sender got.
};

/// Stands in front of QHttpServer: accepts connections, sees every byte first, and keeps each peer within the
/// limits of size, time and number. Its listeners are bound to the QHttpServer, which gets whole requests
/// only. Lives on the thread that calls listen().
class TcpGate : public QObject
{
    Q_OBJECT

public:
    explicit TcpGate(QObject *parent = nullptr);
    ~TcpGate() override;

    /// Listens on the address; for loopback on 127.0.0.1 and, where there is IPv6, on [::1] with the same
    /// port. Port 0 takes one that is free on both. The answer is the port.
    [[nodiscard]] base::Expected<quint16, ListenError> listen(const QHostAddress &address, quint16 port);
    /// The listeners, once; who takes them owns them.
    [[nodiscard]] std::vector<std::unique_ptr<QTcpServer>> takeListeners();
    [[nodiscard]] bool listensOnIpv6() const { return m_hasIpv6; }

    void setLimits(const EdgeLimits &limits) { m_limits = limits; }
    [[nodiscard]] const EdgeLimits &limits() const { return m_limits; }
    /// Who is told of each request that is refused here; called on the gate's thread.
    void setRefusedHandler(std::function<void(const Refused &)> handler) { m_refused = std::move(handler); }

    /// Lets each connection end with the answer under way; `then` is called once all have, in a turn of its
    /// own.
    void retire(std::function<void()> then);
    [[nodiscard]] bool isRetiring() const { return !!m_retired; }

    /// The connection whose request QHttpServer is given at this moment, or null.
    [[nodiscard]] Connection *current() const { return m_current; }
    [[nodiscard]] qsizetype connections() const { return qsizetype(m_connections.size()); }

private:
    friend class Connection;
    class Listener;
    using Listeners = std::vector<std::unique_ptr<QTcpServer>>;

    [[nodiscard]] base::Expected<Listeners, ListenError> listenOn(const QList<QHostAddress> &addresses,
                                                                  quint16 port);
    void admit(Listener *listener, qintptr descriptor);
    void acceptAgain(QTcpServer *listener);
    [[nodiscard]] bool makeRoom();
    void remove(Connection *connection);
    void holds(qsizetype more);
    bool dropLargestBody();
    void leavesUnread(qsizetype more);
    void sweep();
    [[nodiscard]] qint64 now() const { return m_clock.elapsed(); }

    void tellIfRetired();

    EdgeLimits m_limits;
    std::optional<std::function<void()>> m_retired; ///< Whom to tell, once.
    quint64 m_lastNumber = 0; ///< Of connections.
    std::function<void(const Refused &)> m_refused;
    Listeners m_listeners;
    bool m_hasIpv6 = false;
    std::vector<std::unique_ptr<Connection>> m_connections;
    QHash<QHostAddress, int> m_perPeer; ///< An IPv6 peer by its /64.
    Connection *m_current = nullptr;
    QElapsedTimer m_clock;
    QTimer m_sweep;
    qsizetype m_unreadBytes = 0; ///< Of all event streams.
    qsizetype m_heldBytes = 0; ///< Of the bodies of all requests that are on their way.
};

} // namespace gatehouse::http
