// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/fetch.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QHostAddress>
#include <QList>
#include <QNetworkProxy>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <memory>

namespace gatehouse::fetch {

class Connection;
class Exchange;

/// Looks a host name up. The callback comes once, from the event loop, with no address where there is none;
/// not after `context` is gone.
using Resolver = std::function<void(const QString &host, QObject *context,
                                    std::function<void(const QList<QHostAddress> &)>)>;

/// What is known of names and of this machine: the system's own where a member is empty.
struct Surroundings
{
    Resolver resolve = {};
    std::function<QList<QHostAddress>()> ownAddresses = {};
    /// The way to that address; environmentProxy() where it is empty.
    std::function<base::Expected<QNetworkProxy, QString>(const QUrl &)> proxyFor = {};
};

/// base::Fetcher over connections of its own (HTTP/1.1): no redirect, a clock for the whole exchange, a bound
/// on the body, no cookies, no cache, no compression. Any number of exchanges at one time. Connections are
/// kept for a moment and used again; those of servers that have not shown that they keep them, only for what
/// changes nothing. A request is sent once: only one that changes nothing (GET, HEAD) is sent anew where a
/// connection that was used before ended without a byte of an answer. One per thread.
class NetworkFetcher : public QObject, public base::Fetcher
{
    Q_OBJECT

public:
    explicit NetworkFetcher(QObject *parent = nullptr, Surroundings surroundings = {});
    ~NetworkFetcher() override;
    base::CancelFetch fetch(const base::FetchRequest &request,
                            std::function<void(base::FetchResult)> done) override;

private:
    using Done = std::function<void(base::FetchResult)>;
    using Cancel = std::shared_ptr<base::CancelFetch>;
    /// A request on its way through here.
    struct Errand
    {
        base::FetchRequest request;
        QByteArray bytes; ///< What is sent.
        bool mustBeJudged = false; ///< Where its name leads, each time anew.
        QByteArray key; ///< Of connections that are as good for one as for the other.
        QNetworkProxy proxy;
        QDeadlineTimer time;
        [[nodiscard]] int leftMs() const { return std::max(1, int(time.remainingTime())); }
    };
    using Sent = std::shared_ptr<const Errand>;
    struct Idle
    {
        Connection *connection = nullptr;
        QDeadlineTimer until = {};
        QDeadlineTimer proof = {}; ///< If it is open then, its server keeps connections.
    };

    /// Loopback, or an address that this machine has in its networks.
    [[nodiscard]] bool isHere(const QHostAddress &address) const;
    base::CancelFetch refuse(const QString &why, Done done);
    /// By a connection of its own.
    void fetchAnew(const Sent &errand, const Done &done, const Cancel &cancel);
    void lookUpAndSend(const Sent &errand, const Done &done, const Cancel &cancel);
    /// To the first of them that can be connected to. What was judged is what is connected to: the name could
    /// lead elsewhere a moment later.
    void sendToOneOf(const QList<QHostAddress> &addresses, const Sent &errand, const Done &done,
                     const Cancel &cancel);
    /// `connectMs`: how long it may take until somebody is reached; 0: as long as all of it.
    base::CancelFetch send(Connection *connection, const Sent &errand, int connectMs, Done done);
    /// One that can be used again for a request that has effects, or has none; or null.
    [[nodiscard]] Connection *takeIdle(const QByteArray &key, bool hasEffects);
    void keep(const Errand &errand, Connection *connection);
    void dropIdle();
    /// A server that serves one connection at a time never comes to the next one while an idle one is open.
    void makeWayFor(Exchange *exchange, const QByteArray &key);

    Surroundings m_surroundings;
    QMultiHash<QByteArray, Idle> m_idle; ///< By origin.
    QSet<QByteArray> m_keepers; ///< Origins whose servers keep connections.
    /// Those that may have been kept from answering by an idle one, until they are tried anew.
    QHash<QByteArray, QDeadlineTimer> m_loners;
    QTimer m_sweep;
};

} // namespace gatehouse::fetch
