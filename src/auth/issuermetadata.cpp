// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/issuermetadata.h"

#include "base/fetch.h"
#include "base/json.h"

#include <QPointer>
#include <QUrl>

#include <array>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace gatehouse::auth {

namespace {

constexpr qint64 freshMs = 5 * 60 * 1000;
constexpr qint64 pauseMs
    = 1000; ///< After a failure, so that clients that ask do not become a flood at the issuer.
constexpr qsizetype maximumWaiting = 1000;

QString placeOf(IssuerMetadata::Document document)
{
    switch (document) {
    case IssuerMetadata::Document::AuthorizationServer:
        return u"/.well-known/oauth-authorization-server"_s;
    case IssuerMetadata::Document::OpenIdConfiguration:
        return u"/.well-known/openid-configuration"_s;
    }
    Q_UNREACHABLE();
}

PassedThrough unreachable(int status, const QString &description)
{
    return {status,
            base::writeJson(
                QJsonObject{{u"error"_s, u"upstream_unavailable"_s}, {u"error_description"_s, description}})};
}

} // namespace

struct IssuerMetadata::Private
{
    struct Copy
    {
        QByteArray body;
        PassedThrough failure;
        qint64 fetchedAt = 0;
        qint64 failedAt = 0;
        bool fetching = false;
        std::vector<std::function<void(PassedThrough)>> waiting;

        [[nodiscard]] PassedThrough answer() const
        {
            return body.isEmpty() ? failure : PassedThrough{200, body};
        }
    };

    QString issuer;
    base::Fetcher *fetcher;
    base::Clock clock;
    std::array<Copy, 2> copies;

    void take(Copy &copy, const base::FetchResult &result) const
    {
        copy.fetching = false;
        copy.failedAt = clock();
        if (!result) {
            const bool slow = result.error().fault == base::FetchFault::TimedOut;
            copy.failure = unreachable(
                slow ? 504 : 502, u"The authorization server could not be reached: "_s + result.error().text);
        } else if (result->status != 200) {
            copy.failure = unreachable(502, u"The authorization server answered %1."_s.arg(result->status));
        } else if (const auto json = base::readJsonObject(result->body); !json) {
            copy.failure = unreachable(502, u"The authorization server's document is no JSON object."_s);
        } else {
            copy.body = result->body;
            copy.fetchedAt = clock();
            copy.failedAt = 0;
        }
    }
};

IssuerMetadata::IssuerMetadata(QString issuer, base::Fetcher *fetcher, base::Clock clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(Private{std::move(issuer), fetcher, std::move(clock), {}}))
{ }

IssuerMetadata::~IssuerMetadata() = default;

void IssuerMetadata::get(Document document, std::function<void(PassedThrough)> done)
{
    Private::Copy &copy = d->copies[size_t(document)];
    const qint64 now = d->clock();
    const bool fresh = copy.fetchedAt > 0 && now - copy.fetchedAt < freshMs;
    const bool pausing = copy.failedAt > 0 && now - copy.failedAt < pauseMs;
    if (!copy.fetching && (fresh || pausing))
        return done(copy.answer());
    if (qsizetype(copy.waiting.size()) >= maximumWaiting)
        return done(unreachable(503, u"Too many requests are waiting for the authorization server."_s));
    copy.waiting.push_back(std::move(done));
    if (std::exchange(copy.fetching, true))
        return;
    base::FetchRequest request;
    request.url = QUrl(d->issuer + placeOf(document));
    request.headers = {{"Accept", "application/json"}};
    d->fetcher->fetch(request, [this, self = QPointer(this), document](const base::FetchResult &result) {
        if (!self)
            return;
        Private::Copy &fetched = d->copies[size_t(document)];
        d->take(fetched, result);
        const PassedThrough answer = fetched.answer();
        const auto waiting = std::exchange(fetched.waiting, {});
        for (const auto &one : waiting)
            one(answer);
    });
}

} // namespace gatehouse::auth
