// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/networkfetcher.h"

#include "web/loopback.h"
#include "web/origin.h"

#include <QDeadlineTimer>
#include <QHostInfo>
#include <QNetworkAccessManager>
#include <QNetworkInterface>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPointer>
#include <QSslError>
#include <QTimer>

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
bool mustBeLookedUp(const base::FetchRequest &request)
{
    return !request.onBehalfOf.isEmpty() && request.url.host() != request.onBehalfOf
        && !web::leadsToLoopback(request.onBehalfOf);
}

/// Of several addresses of one name, how long one may take to be connected to before the next is tried.
constexpr int connectMilliseconds = 1500;

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

/// The certificate is still that of the name, and so is what the server is asked for.
void pin(QNetworkRequest &request, const QHostAddress &address)
{
    QUrl url = request.url();
    const QString port = url.port() < 0 ? QString() : u":%1"_s.arg(url.port());
    request.setPeerVerifyName(url.host());
    request.setRawHeader("Host", (url.host(QUrl::FullyEncoded) + port).toLatin1());
    url.setHost(address.toString());
    request.setUrl(url);
}

QNetworkRequest requestOf(const base::FetchRequest &request)
{
    QNetworkRequest out(request.url);
    out.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    out.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    out.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    // WorkOS's edge answers 403 to library agents, so the product is named.
    out.setRawHeader("User-Agent", "Gatehouse/" GATEHOUSE_VERSION);
    // No compression: a small answer could unpack to a huge one.
    out.setRawHeader("Accept-Encoding", "identity");
    for (const auto &[name, value] : request.headers)
        out.setRawHeader(name, value);
    return out;
}

/// One exchange: reads with a bound, and ends by itself when the total time is over.
class Exchange : public QObject
{
public:
    /// `connectMs`: how long it may take until the request is on its way; 0: as long as all of it.
    Exchange(QNetworkReply *reply, const base::FetchRequest &request, int connectMs,
             std::function<void(base::FetchResult)> done)
        : QObject(reply)
        , m_reply(reply)
        , m_maximum(request.maximumBytes)
        , m_onBody(request.onBody)
        , m_done(std::move(done))
    {
        // Not the default buffer without a bound: what is not read stays in the kernel, and the peer waits.
        reply->setReadBufferSize(64 * 1024);
        connect(reply, &QNetworkReply::readyRead, this, [this] { read(); });
        connect(reply, &QNetworkReply::finished, this, [this] { finish(); });
        connect(reply, &QNetworkReply::requestSent, this, [this] { m_isSent = true; });
        // Its own, which go with it: those of QTimer::singleShot() stay until their time has come.
        connect(&m_whole, &QTimer::timeout, this, [this] { giveUp(); });
        connect(&m_connecting, &QTimer::timeout, this, [this] {
            if (!m_isSent)
                fail(FetchFault::Unreachable, u"The connection took too long."_s);
        });
        for (QTimer *timer : {&m_whole, &m_connecting})
            timer->setSingleShot(true);
        m_whole.start(request.timeoutMs);
        if (connectMs > 0)
            m_connecting.start(connectMs);
    }

    void cancel()
    {
        m_done = {};
        end({});
    }

private:
    void read()
    {
        const QByteArray piece = m_reply->read(m_maximum - m_size + 1);
        m_size += piece.size();
        if (m_size > m_maximum)
            return fail(FetchFault::TooLarge, u"The answer is larger than %1 bytes."_s.arg(m_maximum));
        takeHead();
        if (!m_onBody)
            m_answer.body += piece;
        else if (!piece.isEmpty() && m_onBody(m_answer, piece))
            end(m_answer);
    }

    void takeHead()
    {
        if (m_answer.status != 0)
            return;
        m_answer.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        for (const auto &[name, value] : m_reply->rawHeaderPairs())
            m_answer.headers.append({name.toLower(), value});
    }

    void finish()
    {
        while (m_reply->bytesAvailable() > 0 && !m_ended)
            read();
        if (m_ended)
            return;
        takeHead();
        const auto error = m_reply->error();
        if (error == QNetworkReply::SslHandshakeFailedError)
            return fail(FetchFault::Tls, u"No trusted TLS connection: %1"_s.arg(m_reply->errorString()));
        // Codes above 200 are HTTP's own refusals, which are answers; those below are connections that
        // failed.
        if (m_answer.status == 0
            || (error != QNetworkReply::NoError && error < QNetworkReply::ContentAccessDenied))
            return fail(FetchFault::Unreachable, m_reply->errorString());
        end(m_answer);
    }

    void giveUp()
    {
        // Qt takes a longer head for one that is still coming.
        const bool hasHead = !m_reply->rawHeaderList().isEmpty();
        fail(
            FetchFault::TimedOut,
            hasHead || !m_isSent
                ? u"The answer took too long."_s
                : u"No answer came in time, or one of more than the 100 header lines that can be read here."_s);
    }

    void fail(FetchFault fault, const QString &text)
    {
        end(base::failure(FetchError{fault, text, !m_isSent && fault == FetchFault::Unreachable}));
    }

    void end(base::FetchResult result)
    {
        if (std::exchange(m_ended, true))
            return;
        m_reply->disconnect(this);
        // The reply's end closes the connection. Not abort(): an error that is on its way from Qt's network
        // thread would be a second one, of which Qt warns.
        m_reply->deleteLater();
        // Moved out first: the callback may destroy the fetcher, and this with it.
        if (const auto done = std::exchange(m_done, {}))
            done(std::move(result));
    }

    QNetworkReply *m_reply;
    qsizetype m_maximum;
    std::function<bool(const base::FetchReply &, QByteArrayView)> m_onBody;
    std::function<void(base::FetchResult)> m_done;
    base::FetchReply m_answer;
    qsizetype m_size = 0;
    QTimer m_whole;
    QTimer m_connecting;
    bool m_isSent = false;
    bool m_ended = false;
};

} // namespace

NetworkFetcher::NetworkFetcher(QObject *parent, Surroundings surroundings)
    : QObject(parent)
    , m_network(new QNetworkAccessManager(this))
    , m_surroundings(std::move(surroundings))
{
    if (!m_surroundings.resolve)
        m_surroundings.resolve = systemResolver();
    if (!m_surroundings.ownAddresses)
        m_surroundings.ownAddresses = &QNetworkInterface::allAddresses;
}

base::CancelFetch NetworkFetcher::fetch(const base::FetchRequest &request,
                                        std::function<void(base::FetchResult)> done)
{
    if (!mayFetch(request.url))
        return refuse(std::move(done));
    return mustBeLookedUp(request) ? lookUpAndSend(request, std::move(done))
                                   : send(request, {}, 0, std::move(done));
}

bool NetworkFetcher::isHere(const QHostAddress &address) const
{
    const QHostAddress meant = plain(address);
    return meant.isLoopback() || web::leadsToLoopback(meant.toString())
        || m_surroundings.ownAddresses().contains(meant);
}

base::CancelFetch NetworkFetcher::refuse(std::function<void(base::FetchResult)> done)
{
    auto *timer = new QTimer(this);
    timer->callOnTimeout(timer, [timer, done = std::move(done)] {
        timer->deleteLater();
        done(base::failure(
            FetchError{FetchFault::NotAllowed, u"Only https, or http to this machine, may be fetched."_s}));
    });
    timer->setSingleShot(true);
    timer->start(0);
    return [pending = QPointer(timer)] { delete pending; };
}

base::CancelFetch NetworkFetcher::lookUpAndSend(const base::FetchRequest &request,
                                                std::function<void(base::FetchResult)> done)
{
    // What waits, until the exchange is on its way: without it no callback of the resolver comes any more.
    auto *waiting = new QTimer(this);
    const auto cancel = std::make_shared<base::CancelFetch>([guard = QPointer(waiting)] { delete guard; });
    const auto end = [guard = QPointer(waiting), done](FetchFault fault, const QString &text) {
        delete guard;
        done(base::failure(FetchError{fault, text}));
    };
    const auto go
        = [this, guard = QPointer(waiting), request, done, cancel](const QList<QHostAddress> &found) {
              delete guard;
              sendToOneOf(found, request, done, cancel);
          };
    const auto here = [this](const QHostAddress &address) { return isHere(address); };
    m_surroundings.resolve(
        request.url.host(), waiting,
        [this, waiting, named = request.onBehalfOf, here, go, end](const QList<QHostAddress> &found) {
            if (found.isEmpty())
                return end(FetchFault::Unreachable, u"The name could not be resolved."_s);
            if (std::none_of(found.begin(), found.end(), here))
                return go(found);
            m_surroundings.resolve(named, waiting, [here, go, end, found](const QList<QHostAddress> &own) {
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
    waiting->start(request.timeoutMs);
    return [cancel] { (*cancel)(); };
}

void NetworkFetcher::sendToOneOf(const QList<QHostAddress> &addresses, const base::FetchRequest &request,
                                 const std::function<void(base::FetchResult)> &done,
                                 const std::shared_ptr<base::CancelFetch> &cancel)
{
    // What is written as an address goes there by itself.
    if (!QHostAddress(request.url.host()).isNull()) {
        *cancel = send(request, {}, 0, done);
        return;
    }
    const QList<QHostAddress> others = addresses.sliced(1);
    const auto tryNext = [this, others, request, done, cancel,
                          begun = QDeadlineTimer(request.timeoutMs)](const base::FetchResult &result) {
        if (result || !result.error().isUnsent || others.isEmpty() || begun.hasExpired())
            return done(result);
        base::FetchRequest again = request;
        again.timeoutMs = int(begun.remainingTime());
        sendToOneOf(others, again, done, cancel);
    };
    *cancel = send(request, addresses.first(), others.isEmpty() ? 0 : connectMilliseconds, tryNext);
}

QNetworkReply *NetworkFetcher::begin(const QNetworkRequest &sent, const base::FetchRequest &request)
{
    // Of a custom request without a body Qt never says that it was sent, and it would be sent again
    // elsewhere.
    if (request.body.isEmpty() && request.method == "GET")
        return m_network->get(sent);
    if (request.body.isEmpty() && request.method == "HEAD")
        return m_network->head(sent);
    if (request.body.isEmpty() && request.method == "DELETE")
        return m_network->deleteResource(sent);
    return m_network->sendCustomRequest(sent, request.method, request.body);
}

base::CancelFetch NetworkFetcher::send(const base::FetchRequest &request, const QHostAddress &address,
                                       int connectMs, std::function<void(base::FetchResult)> done)
{
    QNetworkRequest sent = requestOf(request);
    if (!address.isNull())
        pin(sent, address);
    QNetworkReply *reply = begin(sent, request);
    auto *exchange = new Exchange(reply, request, connectMs, std::move(done));
    return [underway = QPointer(exchange)] {
        if (underway)
            underway->cancel();
    };
}

} // namespace gatehouse::fetch
