// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/issuermetadata.h"

#include "base/caching.h"
#include "base/characters.h"
#include "base/fetch.h"
#include "base/json.h"

#include <QPointer>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace gatehouse::auth {

namespace {

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
        QByteArray etag; ///< The issuer's own words, sent back as they came.
        QByteArray lastModified;
        PassedThrough failure;
        QString why; ///< Of the last failure; empty after a success.
        qint64 fetchedAt = 0; ///< Or found unchanged.
        qint64 freshMs = 0;
        qint64 failedAt = 0;
        bool fetching = false;
        std::vector<std::function<void(PassedThrough)>> waiting;
        QTimer patience{nullptr}; ///< Ends the wait of those who can have the old copy.
    };

    QString issuer;
    base::Fetcher *fetcher;
    base::Clock clock;
    MetadataTimes times;
    std::array<Copy, 2> copies = {};

    [[nodiscard]] bool isServable(const Copy &copy) const
    {
        return !copy.body.isEmpty() && clock() - copy.fetchedAt < times.staleMs;
    }
    [[nodiscard]] PassedThrough answerOf(const Copy &copy) const
    {
        if (!isServable(copy))
            return copy.failure;
        return {200, copy.body, copy.fetchedAt,
                copy.fetching ? u"The issuer is slow to answer."_s : copy.why};
    }
    [[nodiscard]] base::FetchRequest requestFor(Document document) const;
    void readReply(Copy &copy, const base::FetchResult &result) const;
    void takeReply(Copy &copy, const base::FetchReply &reply) const;
    void answerWaiting(Copy &copy) const;
};

base::FetchRequest IssuerMetadata::Private::requestFor(Document document) const
{
    const Copy &copy = copies[size_t(document)];
    base::FetchRequest request;
    request.url = QUrl(issuer + placeOf(document));
    request.headers = {{"Accept", "application/json"}};
    if (!copy.body.isEmpty() && !copy.etag.isEmpty())
        request.headers.append({"If-None-Match", copy.etag});
    else if (!copy.body.isEmpty() && !copy.lastModified.isEmpty())
        request.headers.append({"If-Modified-Since", copy.lastModified});
    return request;
}

void IssuerMetadata::Private::readReply(Copy &copy, const base::FetchResult &result) const
{
    copy.fetching = false;
    copy.patience.stop();
    copy.failedAt = clock();
    if (!result) {
        const bool slow = result.error().fault == base::FetchFault::TimedOut;
        copy.failure = unreachable(
            slow ? 504 : 502, u"The authorization server could not be reached: "_s + result.error().text);
    } else {
        takeReply(copy, *result);
    }
    if (copy.failedAt > 0)
        copy.why = base::readJsonObject(copy.failure.body)
                       .value_or(QJsonObject())
                       .value("error_description"_L1)
                       .toString();
}

void IssuerMetadata::Private::takeReply(Copy &copy, const base::FetchReply &reply) const
{
    const bool isUnchanged = reply.status == 304 && !copy.body.isEmpty();
    if (reply.status != 200 && !isUnchanged) {
        copy.failure = unreachable(502, u"The authorization server answered %1."_s.arg(reply.status));
        return;
    }
    if (!isUnchanged && !base::readJsonObject(reply.body)) {
        copy.failure = unreachable(502, u"The authorization server's document is no JSON object."_s);
        return;
    }
    if (!isUnchanged) {
        copy.body = reply.body;
        // Sent back later: a header that could end early is none.
        const auto safe = [&reply](QByteArrayView name) {
            const QByteArray value = reply.header(name);
            return value.size() <= 1024 && base::isFieldValue(value) ? value : QByteArray();
        };
        copy.etag = safe("etag");
        copy.lastModified = safe("last-modified");
    }
    const auto seconds = base::maxAgeOf(reply.header("cache-control"));
    copy.freshMs
        = seconds ? std::clamp(*seconds * 1000, times.leastFreshMs, times.mostFreshMs) : times.freshMs;
    copy.fetchedAt = clock();
    copy.failedAt = 0;
    copy.why.clear();
}

void IssuerMetadata::Private::answerWaiting(Copy &copy) const
{
    const PassedThrough answer = answerOf(copy);
    const auto waiting = std::exchange(copy.waiting, {});
    for (const auto &one : waiting)
        one(answer);
}

IssuerMetadata::IssuerMetadata(QString issuer, base::Fetcher *fetcher, base::Clock clock, MetadataTimes times,
                               QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(issuer), fetcher, std::move(clock), times))
{
    for (Private::Copy &copy : d->copies) {
        copy.patience.setSingleShot(true);
        copy.patience.setInterval(times.patienceMs);
        connect(&copy.patience, &QTimer::timeout, this, [this, &copy] { d->answerWaiting(copy); });
    }
}

IssuerMetadata::~IssuerMetadata()
{
    for (Private::Copy &copy : d->copies) {
        for (const auto &one : std::exchange(copy.waiting, {}))
            one(unreachable(503, u"The server's settings have changed meanwhile: ask again."_s));
    }
}

void IssuerMetadata::distrust()
{
    for (Private::Copy &copy : d->copies)
        copy.freshMs = copy.failedAt = 0;
}

void IssuerMetadata::get(Document document, std::function<void(PassedThrough)> done)
{
    Private::Copy &copy = d->copies[size_t(document)];
    const qint64 now = d->clock();
    const bool fresh = copy.fetchedAt > 0 && base::isYoungerThan(copy.freshMs, copy.fetchedAt, now);
    const bool pausing = copy.failedAt > 0 && base::isYoungerThan(d->times.pauseMs, copy.failedAt, now);
    if (!copy.fetching && (fresh || pausing))
        return done(d->answerOf(copy));
    if (qsizetype(copy.waiting.size()) >= maximumWaiting)
        return done(unreachable(503, u"Too many requests are waiting for the authorization server."_s));
    copy.waiting.push_back(std::move(done));
    if (d->isServable(copy) && !copy.patience.isActive())
        copy.patience.start();
    if (std::exchange(copy.fetching, true))
        return;
    d->fetcher->fetch(d->requestFor(document),
                      [this, self = QPointer(this), document](const base::FetchResult &result) {
                          if (!self)
                              return;
                          Private::Copy &fetched = d->copies[size_t(document)];
                          d->readReply(fetched, result);
                          d->answerWaiting(fetched);
                      });
}

} // namespace gatehouse::auth
