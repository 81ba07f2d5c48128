// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/networkfetcher.h"

#include "fetch/connection.h"
#include "fetch/environmentproxy.h"
#include "fetch/exchange.h"
#include "web/loopback.h"
#include "web/origin.h"

#include <QHostInfo>
#include <QNetworkInterface>
#include <QPointer>

#include <algorithm>
#include <memory>

namespace gatehouse::fetch {

using namespace Qt::StringLiterals;
using base::FetchError;
using base::FetchFault;

namespace {

bool mayFetch(const QUrl &url)
{
    return url.userInfo().isEmpty() && web::isHttpsOrLoopback(url);
}

/// Where somebody else named the host: what a name leads to is not written there.
bool mustBeJudged(const base::FetchRequest &request)
{
    if (request.isForStrangers)
        return true;
    return !request.onBehalfOf.isEmpty() && request.url.host() != request.onBehalfOf
        && !web::leadsToLoopback(request.onBehalfOf);
}

/// Not of a private network, of one link, of a provider's inside, or of none (RFC 6890).
bool isPublic(const QHostAddress &address)
{
    static const QList<QPair<QHostAddress, int>> others = [] {
        QList<QPair<QHostAddress, int>> all;
        for (const auto *net :
             {"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
              "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3", "::/127", "64:ff9b::/96",
              "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"})
            all.append(QHostAddress::parseSubnet(QString::fromLatin1(net)));
        return all;
    }();
    return std::none_of(others.begin(), others.end(),
                        [&address](const auto &net) { return address.isInSubnet(net); });
}

/// Of several addresses of one name, how long one may take to be connected to before the next is tried.
constexpr int connectMilliseconds = 1500;

constexpr qsizetype mostIdle = 32;
constexpr qsizetype mostUnproven = 4; ///< Of one server: the next request with effects takes none of them.
constexpr int sweepMs = 1000;
constexpr int proofMs = 1000;
constexpr int patienceMs = 500;
constexpr int lonerMs = 60'000;
constexpr qsizetype mostKeepers = 1000;

/// An IPv4 address that is written within an IPv6 one is the same address.
QHostAddress plain(const QHostAddress &address)
{
    bool isMapped = false;
    const quint32 inner = address.toIPv4Address(&isMapped);
    return isMapped ? QHostAddress(inner) : address;
}

Resolver systemResolver()
{
    return [](const QString &host, QObject *context, std::function<void(const QList<QHostAddress> &)> done) {
        // An address would be asked for its name.
        if (const QHostAddress address(host); !address.isNull()) {
            QTimer::singleShot(0, context, [address, done = std::move(done)] { done({address}); });
            return;
        }
        QHostInfo::lookupHost(host, context,
                              [done = std::move(done)](const QHostInfo &info) { done(info.addresses()); });
    };
}

Target targetOf(const base::FetchRequest &request, const QHostAddress &address, const QNetworkProxy &proxy)
{
    const QUrl &url = request.url;
    return {url.host(QUrl::FullyEncoded), web::portOf(url), url.scheme() == "https"_L1, address, proxy,
            request.trustsThisMachine};
}

/// Of connections that are as good for the one as for the other.
QByteArray keyOf(const base::FetchRequest &request)
{
    return (request.trustsThisMachine ? "trusted "_ba : QByteArray()) + web::originOf(request.url).toUtf8();
}

bool changesNothing(const base::FetchRequest &request)
{
    return request.method == "GET" || request.method == "HEAD";
}

} // namespace

NetworkFetcher::NetworkFetcher(QObject *parent, Surroundings surroundings)
    : QObject(parent)
    , m_surroundings(std::move(surroundings))
{
    if (!m_surroundings.resolve)
        m_surroundings.resolve = systemResolver();
    if (!m_surroundings.ownAddresses)
        m_surroundings.ownAddresses = &QNetworkInterface::allAddresses;
    if (!m_surroundings.proxyFor)
        m_surroundings.proxyFor = &environmentProxy;
    m_sweep.setInterval(sweepMs);
    connect(&m_sweep, &QTimer::timeout, this, &NetworkFetcher::dropIdle);
}

NetworkFetcher::~NetworkFetcher() = default;

base::CancelFetch NetworkFetcher::fetch(const base::FetchRequest &request, Done done)
{
    if (!mayFetch(request.url))
        return refuse(u"Only https, or http to this machine, may be fetched."_s, std::move(done));
    const auto bytes = bytesOf(request);
    if (!bytes)
        return refuse(bytes.error(), std::move(done));
    const auto proxy = m_surroundings.proxyFor(request.url);
    if (!proxy)
        return refuse(proxy.error(), std::move(done));
    const auto errand = std::make_shared<const Errand>(Errand{
        request, *bytes, mustBeJudged(request), keyOf(request), *proxy, QDeadlineTimer(request.timeoutMs)});
    const auto cancel = std::make_shared<base::CancelFetch>();
    const bool isSafe = changesNothing(request);
    Connection *idle = errand->mustBeJudged ? nullptr : takeIdle(errand->key, !isSafe);
    if (!idle)
        fetchAnew(errand, done, cancel);
    else
        *cancel = send(
            idle, errand, 0,
            [this, isSafe, errand, done, cancel, used = QPointer(idle)](const base::FetchResult &result) {
                const bool isLost = !result && result.error().fault == FetchFault::Unreachable && used
                    && !used->reader().hasBegun();
                if (isLost)
                    m_keepers.remove(errand->key); // It did, and does no more.
                if (isLost && isSafe)
                    fetchAnew(errand, done, cancel);
                else
                    done(result);
            });
    return [cancel] { (*cancel)(); };
}

void NetworkFetcher::fetchAnew(const Sent &errand, const Done &done, const Cancel &cancel)
{
    const QHostAddress written(errand->request.url.host());
    if (errand->mustBeJudged || (written.isNull() && errand->proxy.type() == QNetworkProxy::NoProxy))
        return lookUpAndSend(errand, done, cancel);
    *cancel = send(new Connection(targetOf(errand->request, written, errand->proxy), this), errand, 0, done);
}

bool NetworkFetcher::isHere(const QHostAddress &address) const
{
    const QHostAddress meant = plain(address);
    return meant.isLoopback() || web::leadsToLoopback(meant.toString())
        || m_surroundings.ownAddresses().contains(meant);
}

base::CancelFetch NetworkFetcher::refuse(const QString &why, Done done)
{
    auto *timer = new QTimer(this);
    timer->callOnTimeout(timer, [timer, why, done = std::move(done)] {
        timer->deleteLater();
        done(base::failure(FetchError{FetchFault::NotAllowed, why}));
    });
    timer->setSingleShot(true);
    timer->start(0);
    return [pending = QPointer(timer)] { delete pending; };
}

void NetworkFetcher::lookUpAndSend(const Sent &errand, const Done &done, const Cancel &cancel)
{
    // What waits, until the exchange is on its way: without it no callback of the resolver comes any more.
    auto *waiting = new QTimer(this);
    *cancel = [guard = QPointer(waiting)] { delete guard; };
    const auto end = [guard = QPointer(waiting), done](FetchFault fault, const QString &text) {
        delete guard;
        done(base::failure(FetchError{fault, text}));
    };
    const auto go
        = [this, guard = QPointer(waiting), errand, done, cancel](const QList<QHostAddress> &found) {
              delete guard;
              sendToOneOf(found, errand, done, cancel);
          };
    const auto here = [this](const QHostAddress &address) { return isHere(address); };
    m_surroundings.resolve(
        errand->request.url.host(), waiting,
        [this, waiting, errand, here, go, end](const QList<QHostAddress> &found) {
            const base::FetchRequest &request = errand->request;
            if (found.isEmpty())
                return end(FetchFault::Unreachable,
                           u"The name %1 could not be resolved."_s.arg(request.url.host()));
            if (request.isForStrangers)
                return std::all_of(
                           found.begin(), found.end(),
                           [this](const QHostAddress &one) { return isPublic(plain(one)) && !isHere(one); })
                    ? go(found)
                    : end(FetchFault::NotAllowed, u"It lies in a network that is not public."_s);
            if (!errand->mustBeJudged || std::none_of(found.begin(), found.end(), here))
                return go(found);
            m_surroundings.resolve(
                request.onBehalfOf, waiting, [here, go, end, found](const QList<QHostAddress> &own) {
                    if (!own.isEmpty() && std::all_of(own.begin(), own.end(), here))
                        go(found);
                    else
                        end(FetchFault::NotAllowed,
                            u"This name leads to this machine, and a server elsewhere named it."_s);
                });
        });
    waiting->setSingleShot(true);
    waiting->callOnTimeout(waiting,
                           [end] { end(FetchFault::TimedOut, u"The name was not resolved in time."_s); });
    waiting->start(errand->leftMs());
}

void NetworkFetcher::sendToOneOf(const QList<QHostAddress> &addresses, const Sent &errand, const Done &done,
                                 const Cancel &cancel)
{
    const QList<QHostAddress> others = addresses.sliced(1);
    const auto tryNext = [this, others, errand, done, cancel](const base::FetchResult &result) {
        if (result || !result.error().isUnsent || others.isEmpty() || errand->time.hasExpired())
            return done(result);
        sendToOneOf(others, errand, done, cancel);
    };
    const Target target = targetOf(errand->request, addresses.first(), errand->proxy);
    *cancel = send(new Connection(target, this), errand, others.isEmpty() ? 0 : connectMilliseconds, tryNext);
}

base::CancelFetch NetworkFetcher::send(Connection *connection, const Sent &errand, int connectMs, Done done)
{
    const bool isNew = !connection->hasSent();
    const auto keepIt = [this, errand](Connection *over) { keep(*errand, over); };
    auto *exchange = new Exchange(connection, errand->request, {errand->leftMs(), connectMs}, keepIt,
                                  std::move(done), this);
    connection->send(errand->bytes, errand->request.method);
    if (isNew)
        makeWayFor(exchange, errand->key);
    return [underway = QPointer(exchange)] {
        if (underway)
            underway->cancel();
    };
}

Connection *NetworkFetcher::takeIdle(const QByteArray &key, bool hasEffects)
{
    for (auto one = m_idle.find(key); one != m_idle.end() && one.key() == key;) {
        const Idle idle = *one;
        const bool isFit = !idle.until.hasExpired() && idle.connection->isReusable();
        if (isFit && hasEffects && !idle.connection->isKept() && !m_keepers.contains(key)) {
            ++one;
            continue;
        }
        one = m_idle.erase(one);
        if (isFit)
            return idle.connection;
        delete idle.connection;
    }
    return nullptr;
}

void NetworkFetcher::keep(const Errand &errand, Connection *connection)
{
    // What was judged once is judged anew the next time.
    const QByteArray key = errand.mustBeJudged ? QByteArray() : errand.key;
    const bool isSpare = !changesNothing(errand.request) && !connection->isKept() && !m_keepers.contains(key)
        && m_idle.count(key) >= mostUnproven;
    const bool isLoner = !m_loners.value(key, QDeadlineTimer(0)).hasExpired();
    if (key.isEmpty() || m_idle.size() >= mostIdle || isSpare || isLoner || connection->idleMs() == 0) {
        connection->close();
        return;
    }
    connection->setParent(this);
    m_idle.insert(key, {connection, QDeadlineTimer(connection->idleMs()), QDeadlineTimer(proofMs)});
    if (!m_sweep.isActive())
        m_sweep.start();
}

void NetworkFetcher::makeWayFor(Exchange *exchange, const QByteArray &key)
{
    exchange->whileSilent(patienceMs, [this, key] {
        if (m_idle.count(key) != 1)
            return; // Of such a server there is one connection at a time.
        // It may as well be slow: that is found out anew after a while.
        if (m_loners.size() < mostKeepers || m_loners.contains(key))
            m_loners.insert(key, QDeadlineTimer(lonerMs));
        delete m_idle.take(key).connection;
    });
}

void NetworkFetcher::dropIdle()
{
    m_idle.removeIf([this](QMultiHash<QByteArray, Idle>::iterator one) {
        const bool isReusable = one->connection->isReusable();
        if (isReusable && one->proof.hasExpired() && m_keepers.size() < mostKeepers)
            m_keepers.insert(one.key());
        const bool isOver = one->until.hasExpired() || !isReusable;
        if (isOver)
            delete one->connection;
        return isOver;
    });
    if (m_idle.isEmpty())
        m_sweep.stop();
}

} // namespace gatehouse::fetch
