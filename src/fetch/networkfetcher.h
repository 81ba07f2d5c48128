// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/fetch.h"

#include <QHostAddress>
#include <QList>
#include <QObject>

#include <functional>
#include <memory>

class QNetworkAccessManager;
class QNetworkReply;
class QNetworkRequest;

namespace gatehouse::fetch {

/// Looks a host name up. The callback comes once, from the event loop, with no address where there is none;
/// not after `context` is gone.
using Resolver = std::function<void(const QString &host, QObject *context,
                                    std::function<void(const QList<QHostAddress> &)>)>;

/// What is known of names and of this machine: the system's own where a member is empty.
struct Surroundings
{
    Resolver resolve = {};
    std::function<QList<QHostAddress>()> ownAddresses = {};
};

/// base::Fetcher over QNetworkAccessManager with its holes closed: no redirect, a clock for the whole
/// exchange, a bound on the body, no cookies, no cache, no compression, HTTP/1.1, a User-Agent of our own.
/// One per thread.
class NetworkFetcher : public QObject, public base::Fetcher
{
    Q_OBJECT

public:
    explicit NetworkFetcher(QObject *parent = nullptr, Surroundings surroundings = {});
    base::CancelFetch fetch(const base::FetchRequest &request,
                            std::function<void(base::FetchResult)> done) override;

private:
    /// Loopback, or an address that this machine has in its networks.
    [[nodiscard]] bool isHere(const QHostAddress &address) const;
    base::CancelFetch refuse(std::function<void(base::FetchResult)> done);
    base::CancelFetch lookUpAndSend(const base::FetchRequest &request,
                                    std::function<void(base::FetchResult)> done);
    /// To the first of them that can be connected to. What was judged is what is connected to: the name could
    /// lead elsewhere a moment later.
    void sendToOneOf(const QList<QHostAddress> &addresses, const base::FetchRequest &request,
                     const std::function<void(base::FetchResult)> &done,
                     const std::shared_ptr<base::CancelFetch> &cancel);
    [[nodiscard]] QNetworkReply *begin(const QNetworkRequest &sent, const base::FetchRequest &request);
    /// To `address`, where there is one, whatever the name leads to by now.
    base::CancelFetch send(const base::FetchRequest &request, const QHostAddress &address, int connectMs,
                           std::function<void(base::FetchResult)> done);

    QNetworkAccessManager *m_network;
    Surroundings m_surroundings;
};

} // namespace gatehouse::fetch
