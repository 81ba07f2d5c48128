// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/networkfetcher.h"

#include "base/loopback.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslError>
#include <QTimer>

namespace gatehouse::fetch {

using namespace Qt::StringLiterals;
using base::FetchError;
using base::FetchFault;

namespace {

bool mayFetch(const QUrl &url)
{
    return url.isValid() && url.userInfo().isEmpty()
        && (url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && base::isLoopbackHost(url.host())));
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
    Exchange(QNetworkReply *reply, const base::FetchRequest &request,
             std::function<void(base::FetchResult)> done)
        : QObject(reply)
        , m_reply(reply)
        , m_maximum(request.maximumBytes)
        , m_done(std::move(done))
    {
        // Not the default buffer without a bound: what is not read stays in the kernel, and the peer waits.
        reply->setReadBufferSize(64 * 1024);
        connect(reply, &QNetworkReply::readyRead, this, [this] { read(); });
        connect(reply, &QNetworkReply::finished, this, [this] { finish(); });
        QTimer::singleShot(request.timeoutMs, this,
                           [this] { fail(FetchFault::TimedOut, u"The answer took too long."_s); });
    }

private:
    void read()
    {
        m_body += m_reply->read(m_maximum - m_body.size() + 1);
        if (m_body.size() > m_maximum)
            fail(FetchFault::TooLarge, u"The answer is larger than %1 bytes."_s.arg(m_maximum));
    }

    void finish()
    {
        while (m_reply->bytesAvailable() > 0 && !m_ended)
            read();
        const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const auto error = m_reply->error();
        if (error == QNetworkReply::SslHandshakeFailedError)
            return fail(FetchFault::Tls, u"No trusted TLS connection: %1"_s.arg(m_reply->errorString()));
        // Codes above 200 are HTTP's own refusals, which are answers; those below are connections that
        // failed.
        if (status == 0 || (error != QNetworkReply::NoError && error < QNetworkReply::ContentAccessDenied))
            return fail(FetchFault::Unreachable, m_reply->errorString());
        base::FetchReply reply{status, {}, m_body};
        for (const auto &[name, value] : m_reply->rawHeaderPairs())
            reply.headers.append({name.toLower(), value});
        end(std::move(reply));
    }

    void fail(FetchFault fault, const QString &text) { end(base::failure(FetchError{fault, text})); }

    void end(base::FetchResult result)
    {
        if (std::exchange(m_ended, true))
            return;
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
        // Moved out first: the callback may destroy the fetcher, and this with it.
        const auto done = std::move(m_done);
        done(std::move(result));
    }

    QNetworkReply *m_reply;
    qsizetype m_maximum;
    std::function<void(base::FetchResult)> m_done;
    QByteArray m_body;
    bool m_ended = false;
};

} // namespace

NetworkFetcher::NetworkFetcher(QObject *parent)
    : QObject(parent)
    , m_network(new QNetworkAccessManager(this))
{ }

void NetworkFetcher::fetch(const base::FetchRequest &request, std::function<void(base::FetchResult)> done)
{
    if (!mayFetch(request.url)) {
        QTimer::singleShot(0, this, [done = std::move(done)] {
            done(base::failure(FetchError{FetchFault::NotAllowed,
                                          u"Only https, or http to this machine, may be fetched."_s}));
        });
        return;
    }
    QNetworkReply *reply = m_network->sendCustomRequest(requestOf(request), request.method, request.body);
    new Exchange(reply, request, std::move(done));
}

} // namespace gatehouse::fetch
