// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/dpop.h"

#include "base/base64url.h"
#include "base/json.h"
#include "oauth/document.h"
#include "web/origin.h"

#include <QCryptographicHash>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

constexpr qsizetype maximumRefusal = 64 * 1024;
constexpr qsizetype maximumNonce = 1024;

/// Whether a refusal asks for another proof with its nonce, and for nothing else.
bool asksForNonce(const base::FetchReply &reply, QByteArrayView body)
{
    if (reply.header("dpop-nonce").isEmpty() || (reply.status != 400 && reply.status != 401))
        return false;
    const auto document = readDocument(body);
    return (document && document->value("error"_L1) == "use_dpop_nonce"_L1)
        || base::valuesOf(reply.headers, "www-authenticate").join(", ").contains("use_dpop_nonce");
}

} // namespace

base::Expected<keys::SigningKey, QString> makeDpopKey()
{
    return keys::SigningKey::generate(u"dpop"_s, 0, u"ES256"_s);
}

QByteArray dpopProof(const keys::SigningKey &key, const base::FetchRequest &request, const QByteArray &token,
                     const QByteArray &nonce, qint64 nowMs, const base::Random &random)
{
    const QJsonObject all = key.publicJwk();
    QJsonObject jwk;
    for (const auto member : {"kty"_L1, "crv"_L1, "x"_L1, "y"_L1})
        jwk.insert(member, all.value(member));
    QJsonObject claims{
        {u"jti"_s, QString::fromLatin1(base::toBase64Url(random(16)))},
        {u"htm"_s, QString::fromLatin1(request.method)},
        {u"htu"_s, request.url.toString(QUrl::FullyEncoded | QUrl::RemoveQuery | QUrl::RemoveFragment)},
        {u"iat"_s, nowMs / 1000}};
    if (!token.isEmpty())
        claims.insert(u"ath"_s,
                      QString::fromLatin1(
                          base::toBase64Url(QCryptographicHash::hash(token, QCryptographicHash::Sha256))));
    if (!nonce.isEmpty())
        claims.insert(u"nonce"_s, QString::fromLatin1(nonce));
    return key.sign({{u"typ"_s, u"dpop+jwt"_s}, {u"alg"_s, u"ES256"_s}, {u"jwk"_s, jwk}},
                    base::writeJson(claims));
}

/// One request of the caller's, over one or two of ours.
struct DpopFetcher::Exchange
{
    base::FetchRequest request;
    std::function<void(base::FetchResult)> done;
    base::CancelFetch cancel = {};
    QByteArray refusal
        = {}; ///< The body of an answer that may ask for a nonce: kept back until that is known.
    bool isRepeated = false;
    bool isCancelled = false;
};

DpopFetcher::DpopFetcher(base::Fetcher *inner, keys::SigningKey key, base::Clock clock, base::Random random)
    : m_inner(inner)
    , m_key(std::move(key))
    , m_clock(std::move(clock))
    , m_random(std::move(random))
{ }

bool DpopFetcher::wantsProof(const base::FetchRequest &request) const
{
    const bool isForToken = request.method == "POST" && request.url == m_tokenEndpoint;
    return isForToken
        || (!m_token.isEmpty()
            && std::any_of(request.headers.begin(), request.headers.end(), [this](const auto &header) {
                   return base::isSameName(header.first, "Authorization")
                       && header.second == "Bearer " + m_token;
               }));
}

base::FetchRequest DpopFetcher::withProof(const base::FetchRequest &request) const
{
    base::FetchRequest out = request;
    const bool isForToken = request.url == m_tokenEndpoint;
    for (auto &[name, value] : out.headers) {
        if (!isForToken && base::isSameName(name, "Authorization"))
            value = "DPoP " + m_token;
    }
    const QByteArray nonce = m_nonces.value(web::originOf(request.url));
    out.headers.append(
        {"DPoP"_ba,
         dpopProof(m_key, request, isForToken ? QByteArray() : m_token, nonce, m_clock(), m_random)});
    return out;
}

base::CancelFetch DpopFetcher::fetch(const base::FetchRequest &request,
                                     std::function<void(base::FetchResult)> done)
{
    if (!wantsProof(request))
        return m_inner->fetch(request, std::move(done));
    const auto exchange = std::make_shared<Exchange>(Exchange{request, std::move(done)});
    send(exchange);
    return [exchange] {
        exchange->isCancelled = true;
        if (const auto cancel = std::exchange(exchange->cancel, {}))
            cancel();
    };
}

void DpopFetcher::send(const std::shared_ptr<Exchange> &exchange)
{
    base::FetchRequest request = withProof(exchange->request);
    if (request.onBody) {
        request.onBody = [exchange](const base::FetchReply &head, QByteArrayView piece) {
            const bool mayAsk = !exchange->isRepeated && (head.status == 400 || head.status == 401)
                && exchange->refusal.size() + piece.size() <= maximumRefusal;
            if (mayAsk) {
                exchange->refusal += piece;
                return false;
            }
            exchange->isRepeated = true; // Too long for a question: it is handed on, from its beginning.
            const QByteArray before = std::exchange(exchange->refusal, {});
            return (!before.isEmpty() && exchange->request.onBody(head, before))
                || exchange->request.onBody(head, piece);
        };
    }
    exchange->cancel = m_inner->fetch(
        request, [this, exchange](base::FetchResult result) { take(exchange, std::move(result)); });
}

void DpopFetcher::take(const std::shared_ptr<Exchange> &exchange, base::FetchResult result)
{
    if (exchange->isCancelled)
        return;
    exchange->cancel = {};
    const QByteArray nonce = result ? result->header("dpop-nonce") : QByteArray();
    if (!nonce.isEmpty() && nonce.size() <= maximumNonce)
        m_nonces.insert(web::originOf(exchange->request.url), nonce);
    const QByteArray body = std::exchange(exchange->refusal, {});
    if (result && !exchange->isRepeated
        && asksForNonce(*result, exchange->request.onBody ? body : result->body)) {
        exchange->isRepeated = true;
        if (exchange->request.url == m_tokenEndpoint && m_remake)
            exchange->request = m_remake();
        return send(exchange);
    }
    if (result && !body.isEmpty() && exchange->request.onBody)
        (void)exchange->request.onBody(*result, body);
    exchange->done(std::move(result));
}

} // namespace gatehouse::oauth
