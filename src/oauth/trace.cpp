// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/trace.h"

#include "base/json.h"
#include "base/jsontext.h"
#include "base/mask.h"
#include "base/ownrequest.h"
#include "web/form.h"
#include "web/mediatype.h"
#include "web/origin.h"

#include <algorithm>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

constexpr qsizetype maximumBody = 16 * 1024;

QString headersText(const base::Headers &headers, const QByteArrayList &secret = {})
{
    QByteArray out;
    for (const auto &[name, value] : headers) {
        const bool isSecret
            = std::any_of(secret.begin(), secret.end(),
                          [&name = name](const QByteArray &one) { return base::isSameName(one, name); });
        out += name + ": " + (isSecret ? "…"_ba : base::maskHeader(name, value)) + '\n';
    }
    return QString::fromUtf8(out);
}

/// Masked; JSON on several lines, with its order and numbers as they are written.
QString bodyText(QByteArrayView body, const base::Headers &headers, base::Place place)
{
    const QByteArray all = body.toByteArray();
    const QByteArray masked = web::mayHaveMediaType(headers, "text/event-stream")
        ? base::maskEventStream(all, place)
        : base::maskBody(all, place);
    const bool isJson = all.size() <= maximumBody && base::readJson(masked);
    // Cut before masking would split a token so that its rest looks like none.
    return isJson
        ? QString::fromUtf8(base::indentedJson(masked) + '\n')
        : QString::fromUtf8(base::beginningOfMasked(masked, maximumBody, all.size() < 2 * maximumBody))
            + (masked.size() > maximumBody ? u"\n…"_s : QString());
}

} // namespace

QString requestLineOf(QByteArrayView method, const QUrl &url)
{
    return QString::fromUtf8(method.toByteArray() + ' '
                             + base::maskText(url.toEncoded(), base::Place::OAuthRequest));
}

QString sentText(QByteArrayView method, const QUrl &url, const base::Headers &headers, QByteArrayView body,
                 base::Place place, const QByteArrayList &secret)
{
    return requestLineOf(method, url) + u'\n' + headersText(headers, secret) + u'\n'
        + bodyText(body, headers, place);
}

QString answeredText(int status, const base::Headers &headers, QByteArrayView body, base::Place place,
                     const QByteArrayList &secret)
{
    return u"HTTP %1\n"_s.arg(status) + headersText(headers, secret) + u'\n' + bodyText(body, headers, place);
}

namespace {

QByteArray shownParameter(const QByteArray &name, const QByteArray &value)
{
    const bool isSecret = !value.isEmpty() && base::isSecretName(name, base::Place::OAuthRequest);
    return isSecret ? "…"_ba : base::maskText(value, base::Place::OAuthRequest);
}

} // namespace

QString parametersText(QByteArrayView query)
{
    QStringList lines;
    const QList<web::FormField> fields = web::formFields(query.first(std::min(query.size(), maximumBody)));
    for (const auto &[name, value] : fields)
        lines.append(QString::fromUtf8(name) + u" = "_s + QString::fromUtf8(shownParameter(name, value)));
    return lines.join(u'\n');
}

namespace {

/// Nothing else takes an event stream: a request of MCP stays one where the server sends it on.
bool isForMcp(const base::FetchRequest &request)
{
    const auto accept = base::onlyValueOf(request.headers, "Accept");
    return accept && accept->contains("text/event-stream");
}

} // namespace

TracingFetcher::TracingFetcher(base::Fetcher *inner, const QString &server, base::Clock clock,
                               base::Random random, std::function<void(const Leg &)> told)
    : m_inner(inner)
    , m_server(server)
    , m_clock(std::move(clock))
    , m_random(std::move(random))
    , m_told(std::move(told))
{ }

TracingFetcher::~TracingFetcher()
{
    cancel();
}

void TracingFetcher::cancel()
{
    for (const base::CancelFetch &end : std::exchange(m_underway, {}))
        end();
}

base::CancelFetch TracingFetcher::fetch(const base::FetchRequest &request,
                                        std::function<void(base::FetchResult)> done)
{
    const qint64 key = ++m_last;
    base::FetchRequest traced = request;
    traced.onBehalfOf = m_server.host();
    traced.trustsThisMachine = m_trustsThisMachine;
    Leg leg;
    const QByteArray host
        = base::onlyValueOf(request.headers, "Host").value_or(web::authorityOf(request.url).toLatin1());
    leg.requestId = base::ownRequestId(m_random, host);
    traced.headers.append({"X-Request-Id"_ba, leg.requestId});
    leg.requestLine = requestLineOf(request.method, request.url);
    // Tools' arguments and results are the user's own words.
    const bool isMcp = request.url == m_server || isForMcp(request);
    leg.sent = sentText(request.method, request.url, traced.headers, request.body,
                        isMcp ? base::Place::Elsewhere : base::Place::OAuthRequest, m_secretHeaders);
    // A body that its reader takes in pieces is shown as well, as far as it was read.
    const auto seen = std::make_shared<QByteArray>();
    if (request.onBody) {
        traced.onBody = [seen, inner = request.onBody](const base::FetchReply &head, QByteArrayView piece) {
            *seen += piece.first(std::min(piece.size(), qMax<qsizetype>(0, 2 * maximumBody - seen->size())));
            return inner(head, piece);
        };
    }
    const base::Place answers = isMcp ? base::Place::Elsewhere : base::Place::OAuthAnswer;
    const auto finish = [this, key, leg, seen, answers, begun = m_clock(),
                         done = std::move(done)](base::FetchResult result) mutable {
        m_underway.remove(key);
        leg.tookMs = m_clock() - begun;
        leg.status = result ? result->status : 0;
        leg.answered = result ? answeredText(result->status, result->headers,
                                             seen->isEmpty() ? result->body : *seen, answers, m_secretHeaders)
                              : result.error().text;
        if (m_told)
            m_told(leg);
        done(std::move(result));
    };
    if (m_told)
        m_told(leg);
    const base::CancelFetch end = m_inner->fetch(traced, finish);
    m_underway.insert(key, end);
    return end;
}

} // namespace gatehouse::oauth
