// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/tokenrequest.h"

#include "base/base64url.h"
#include "base/json.h"
#include "oauth/document.h"
#include "oauth/tokens.h"
#include "oauth/words.h"

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

constexpr int tokenMs = 15'000;
constexpr qint64 assertionSeconds = 60;
const QString jwtBearer = u"urn:ietf:params:oauth:grant-type:jwt-bearer"_s;
const QString idJag = u"urn:ietf:params:oauth:token-type:id-jag"_s;

base::FetchRequest formPost(const QUrl &url)
{
    base::FetchRequest request;
    request.method = "POST";
    request.url = url;
    request.timeoutMs = tokenMs;
    request.headers
        = {{"Content-Type"_ba, "application/x-www-form-urlencoded"_ba}, {"Accept"_ba, "application/json"_ba}};
    return request;
}

/// RFC 6749 §2.3.1: both halves are form-encoded before they are joined.
QByteArray basic(const ClientRegistration &client)
{
    return "Basic "
        + (QUrl::toPercentEncoding(client.id) + ':' + QUrl::toPercentEncoding(client.secret)).toBase64();
}

/// RFC 7523 §3. For one audience alone: at another server it is worth nothing.
QByteArray clientAssertion(const TokenWish &wish, qint64 nowMs, const base::Random &random)
{
    const qint64 now = nowMs / 1000;
    const QByteArray id = base::toBase64Url(random(16));
    return wish.key->sign({{u"alg"_s, wish.keyAlgorithm}, {u"typ"_s, u"JWT"_s}},
                          base::writeJson(QJsonObject{{u"iss"_s, wish.client.id},
                                                      {u"sub"_s, wish.client.id},
                                                      {u"aud"_s, wish.server.issuer},
                                                      {u"jti"_s, QString::fromLatin1(id)},
                                                      {u"iat"_s, now},
                                                      {u"exp"_s, now + assertionSeconds}}));
}

} // namespace

base::FetchRequest tokenRequest(const TokenWish &wish, web::Form form, qint64 nowMs,
                                const base::Random &random)
{
    base::FetchRequest request = formPost(wish.server.tokenEndpoint);
    const QString &method = wish.client.authMethod;
    if (!wish.resource.isEmpty())
        form.add(u"resource"_s, wish.resource);
    if (method == "client_secret_basic"_L1)
        request.headers.append({"Authorization"_ba, basic(wish.client)});
    else if (!wish.client.id.isEmpty())
        form.add(u"client_id"_s, wish.client.id);
    if (method == "client_secret_post"_L1)
        form.add(u"client_secret"_s, wish.client.secret);
    if (method == "private_key_jwt"_L1 && wish.key) {
        form.add(u"client_assertion_type"_s, u"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"_s);
        form.add(u"client_assertion"_s, QString::fromLatin1(clientAssertion(wish, nowMs, random)));
    }
    request.body = form.text();
    return request;
}

base::FetchRequest clientCredentialsRequest(const TokenWish &wish, qint64 nowMs, const base::Random &random)
{
    web::Form form;
    form.add(u"grant_type"_s, u"client_credentials"_s);
    if (!wish.scopes.isEmpty())
        form.add(u"scope"_s, wish.scopes.join(u' '));
    return tokenRequest(wish, form, nowMs, random);
}

base::FetchRequest jwtBearerRequest(const TokenWish &wish, const QByteArray &assertion, qint64 nowMs,
                                    const base::Random &random)
{
    web::Form form;
    form.add(u"grant_type"_s, jwtBearer);
    form.add(u"assertion"_s, QString::fromLatin1(assertion));
    if (!wish.scopes.isEmpty())
        form.add(u"scope"_s, wish.scopes.join(u' '));
    return tokenRequest(wish, form, nowMs, random);
}

base::FetchRequest idTokenExchange(const QUrl &tokenEndpoint, const QByteArray &idToken,
                                   const TokenWish &wish)
{
    web::Form form;
    form.add(u"grant_type"_s, u"urn:ietf:params:oauth:grant-type:token-exchange"_s);
    form.add(u"requested_token_type"_s, idJag);
    form.add(u"subject_token"_s, QString::fromLatin1(idToken));
    form.add(u"subject_token_type"_s, u"urn:ietf:params:oauth:token-type:id_token"_s);
    form.add(u"audience"_s, wish.server.issuer);
    if (!wish.resource.isEmpty())
        form.add(u"resource"_s, wish.resource);
    if (!wish.scopes.isEmpty())
        form.add(u"scope"_s, wish.scopes.join(u' '));
    base::FetchRequest request = formPost(tokenEndpoint);
    request.body = form.text();
    return request;
}

base::Expected<QByteArray, Failure> readExchanged(const base::FetchReply &reply)
{
    if (const auto refused = refusalIn(reply.status, reply.body))
        return base::failure(*refused);
    const QJsonObject json = withoutNulls(readDocument(reply.body).value_or(QJsonObject()));
    if (json.value("issued_token_type"_L1).toString(idJag) != idJag)
        return base::failure(
            failureOf(FailureCode::TokensUnusable, {Words::tr("its issued_token_type is not id-jag.")}));
    const QByteArray assertion = json.value("access_token"_L1).toString().toUtf8();
    if (!isTokenText(assertion))
        return base::failure(
            failureOf(FailureCode::TokensUnusable,
                      {assertion.isEmpty()
                           ? Words::tr("it has no access_token.")
                           : Words::tr("its access_token has characters that none may have, or too many.")}));
    return assertion;
}

} // namespace gatehouse::oauth
