// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/tcpgate.h"

#include "base/logging.h"
#include "http/connection.h"
#include "http/peer.h"
#include "http/ports.h"

#include <QPointer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::http {

namespace {

constexpr std::chrono::milliseconds longestSweep{100};
constexpr std::chrono::milliseconds acceptPause{100};

constexpr int tooDear = 4; ///< Never makes room.

/// Which connections make room for a new one, before which others: those of strangers, whatever they have
/// sent: a flood that sends a byte each would have the others make room for it.
int costOf(const Connection &connection)
{
    const bool isStranger = connection.standing() == Standing::Stranger;
    switch (connection.state()) {
    case Connection::State::Gone:
    case Connection::State::Draining:
        return 0;
    case Connection::State::Fresh:
    case Connection::State::Idle:
        return isStranger ? 1 : 2;
    case Connection::State::Head:
    case Connection::State::Judging: // Also one that was let in before: nobody knows yet whether it is again.
    case Connection::State::Body:
        return isStranger ? 1 : 3;
    case Connection::State::Answering:
    case Connection::State::Sending:
        return isStranger ? 1 : tooDear;
    case Connection::State::Streaming:
        break;
    }
    return tooDear;
}

} // namespace

class TcpGate::Listener : public QTcpServer
{
public:
    explicit Listener(TcpGate *gate)
        : m_gate(gate)
    {
        setListenBacklogSize(256);
        // Without a free descriptor Qt stops accepting for good.
        connect(this, &QTcpServer::acceptError, gate, [this, gate] { gate->acceptAgain(this); });
    }
    using QTcpServer::addPendingConnection;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        if (m_gate)
            m_gate->admit(this, descriptor);
    }

private:
    QPointer<TcpGate> m_gate;
};

TcpGate::TcpGate(QObject *parent)
    : QObject(parent)
{
    m_clock.start();
    m_sweep.setParent(this);
    connect(&m_sweep, &QTimer::timeout, this, [this] { sweep(); });
}

TcpGate::~TcpGate() = default;

base::Expected<TcpGate::Listeners, ListenError> TcpGate::listenOn(const QList<QHostAddress> &addresses,
                                                                  quint16 port)
{
    Listeners listeners;
    for (const QHostAddress &address : addresses) {
        auto listener = std::make_unique<Listener>(this);
        if (!listener->listen(address, port))
            return base::failure(ListenError{port,
                                             listener->serverError() == QAbstractSocket::AddressInUseError, 0,
                                             listener->errorString()});
        port = listener->serverPort();
        listeners.push_back(std::move(listener));
    }
    return listeners;
}

base::Expected<quint16, ListenError> TcpGate::listen(const QHostAddress &address, quint16 port)
{
    const QList<QHostAddress> addresses = listeningAddresses(address);
    auto listeners = listenOn(addresses, port);
    for (int attempt = 0; !listeners && port == 0 && attempt < 20; ++attempt)
        listeners = listenOn(addresses, 0); // The port of the first address was taken on the second.
    if (!listeners) {
        ListenError error = listeners.error();
        if (error.isInUse)
            error.nextFree = nextFreePort(addresses, port);
        return base::failure(std::move(error));
    }
    m_hasIpv6 = addresses.last().protocol() == QAbstractSocket::IPv6Protocol;
    m_listeners = std::move(*listeners);
    return m_listeners.front()->serverPort();
}

TcpGate::Listeners TcpGate::takeListeners()
{
    return std::exchange(m_listeners, {});
}

void TcpGate::admit(Listener *listener, qintptr descriptor)
{
    // The sweep is as fine as the shortest limit needs; one timer for all is far cheaper than one for each.
    if (!m_sweep.isActive()) {
        const auto shortest = std::min({m_limits.firstByte, m_limits.head, m_limits.body, m_limits.idle,
                                        m_limits.answer, m_limits.reading});
        m_sweep.start(std::clamp(shortest / 4, std::chrono::milliseconds(1), longestSweep));
    }
    auto connection = std::make_unique<Connection>(this, descriptor, ++m_lastNumber);
    if (!connection->isOpen())
        return;
    const QHostAddress peer = connection->peer();
    const bool isCounted = !peer.isLoopback() || m_limits.countsLoopback;
    const bool isCrowded = isCounted && m_perPeer.value(peerOf(peer)) >= m_limits.connectionsPerPeer;
    if (isCrowded || (connections() >= m_limits.connections && !makeRoom())) {
        connection->refuse(EdgeFault::TooManyConnections);
        return; // Without the moment that others get: there is no room to wait in.
    }
    ++m_perPeer[peerOf(peer)];
    listener->addPendingConnection(connection->makeInner(listener));
    m_connections.push_back(std::move(connection));
}

void TcpGate::acceptAgain(QTcpServer *listener)
{
    qCWarning(base::lcHttp) << "Accepting a connection failed; going on:" << listener->errorString();
    (void)makeRoom(); // Its descriptor is the next one's.
    QTimer::singleShot(acceptPause, listener, [listener] { listener->resumeAccepting(); });
}

bool TcpGate::makeRoom()
{
    Connection *chosen = nullptr;
    int cost = tooDear;
    for (const auto &connection : m_connections) {
        const int own = costOf(*connection);
        // Of equals the oldest: whoever comes now has as long as it takes to fill the whole table anew.
        if (own < cost || (chosen && own == cost && connection->number() < chosen->number())) {
            chosen = connection.get();
            cost = own;
        }
    }
    if (!chosen)
        return false;
    using State = Connection::State;
    if (chosen->state() != State::Fresh && chosen->state() != State::Idle
        && chosen->state() != State::Sending)
        chosen->refuse(EdgeFault::TooManyConnections);
    chosen->abort();
    remove(chosen);
    return true;
}

void TcpGate::remove(Connection *connection)
{
    const auto place = std::find_if(m_connections.begin(), m_connections.end(),
                                    [connection](const auto &one) { return one.get() == connection; });
    if (place == m_connections.end())
        return;
    if (const auto count = m_perPeer.find(peerOf(connection->peer()));
        count != m_perPeer.end() && --*count <= 0)
        m_perPeer.erase(count);
    // It may be the one that is speaking.
    place->release()->deleteLater();
    std::swap(*place, m_connections.back());
    m_connections.pop_back();
    if (m_connections.empty())
        m_sweep.stop();
    tellIfRetired();
}

void TcpGate::retire(std::function<void()> then)
{
    m_retired = std::move(then);
    std::vector<QPointer<Connection>> all;
    for (const auto &connection : m_connections)
        all.emplace_back(connection.get());
    using State = Connection::State;
    for (const QPointer<Connection> &connection : all) {
        if (connection && (connection->state() == State::Fresh || connection->state() == State::Idle))
            connection->abort();
    }
    tellIfRetired();
}

void TcpGate::tellIfRetired()
{
    if (!m_retired || !m_connections.empty())
        return;
    if (const auto then = std::exchange(*m_retired, nullptr))
        QMetaObject::invokeMethod(this, then, Qt::QueuedConnection);
}

void TcpGate::holds(qsizetype more)
{
    m_heldBytes += more;
    while (more > 0 && m_heldBytes > m_limits.unfinishedBytes && dropLargestBody()) { }
}

bool TcpGate::dropLargestBody()
{
    // Whoever holds most goes, strangers first; a small request of somebody else never does.
    const auto weightOf = [](const Connection &connection) {
        return std::pair(connection.standing() == Standing::Stranger, connection.heldBytes());
    };
    Connection *largest = nullptr;
    for (const auto &connection : m_connections) {
        if (connection->state() == Connection::State::Body && connection->heldBytes() > 0
            && (!largest || weightOf(*connection) > weightOf(*largest)))
            largest = connection.get();
    }
    if (largest)
        largest->refuse(EdgeFault::TooMuchUnfinished);
    return largest != nullptr;
}

void TcpGate::leavesUnread(qsizetype more)
{
    m_unreadBytes += more;
    if (more <= 0 || m_unreadBytes <= m_limits.unreadBytes)
        return;
    // Whoever has taken nothing for longest goes, of those who leave a good part of it.
    Connection *chosen = nullptr;
    for (const auto &connection : m_connections) {
        if (connection->unreadBytes() > m_limits.backlogBytes
            && (!chosen || connection->progressAt() < chosen->progressAt()))
            chosen = connection.get();
    }
    if (chosen)
        QMetaObject::invokeMethod(
            chosen, [chosen] { chosen->abort(); }, Qt::QueuedConnection);
}

void TcpGate::sweep()
{
    const qint64 time = now();
    std::vector<QPointer<Connection>> all;
    all.reserve(m_connections.size());
    for (const auto &connection : m_connections)
        all.emplace_back(connection.get());
    for (const QPointer<Connection> &connection : all) {
        if (connection)
            connection->checkTime(time);
    }
}

} // namespace gatehouse::http
