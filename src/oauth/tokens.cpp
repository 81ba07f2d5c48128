// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/tokens.h"

#include "auth/jws.h"
#include "base/json.h"
#include "base/mask.h"
#include "oauth/document.h"
#include "oauth/words.h"
#include "web/scopes.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

constexpr qint64 longestLifetime = 10LL * 365 * 24 * 3600;

/// Seconds as a number or as its text; 0 where it says nothing that can be used.
double secondsOf(const QJsonValue &value)
{
    const double seconds = value.isString() ? value.toString().toDouble() : value.toDouble();
    return seconds > 0 ? std::min(seconds, double(longestLifetime)) : 0; // Not so of NaN.
}

/// The server's own words, whatever their shape: RFC 6749 §5.2, an object of its own making, or no JSON at
/// all.
QString wordsOf(const QJsonObject &json, QByteArrayView body)
{
    const QJsonValue error = json.value("error"_L1);
    for (const QJsonValue &words : {json.value("error_description"_L1), error["message"_L1],
                                    json.value("message"_L1), json.value("detail"_L1)}) {
        if (!words.toString().isEmpty())
            return words.toString();
    }
    return json.isEmpty() ? QString::fromUtf8(body.first(std::min<qsizetype>(body.size(), 1000))).simplified()
                          : QString();
}

Failure refusal(int status, const QJsonObject &json, QByteArrayView body, const QString &resource)
{
    const QJsonValue named = json.value("error"_L1);
    const QString error = (named.isObject() ? named["code"_L1] : named).toVariant().toString().left(100);
    const QString why = base::maskText(wordsOf(json, body).left(300), base::Place::OAuthRequest);
    const QStringList words{QString::number(status), base::maskText(error), why};
    // Not a word about the grant: it may be good, and must not be thrown away.
    if (status >= 500 || status == 429)
        return failureOf(FailureCode::TokenEndpointAway, words);
    return failureOf(FailureCode::TokenRefused, words, error.toUtf8(), resource);
}

base::Expected<Tokens, QString> tokensIn(const QJsonObject &json, qint64 nowMs, bool mayBind)
{
    Tokens tokens;
    tokens.access = json.value("access_token"_L1).toString().toUtf8();
    if (tokens.access.isEmpty())
        return base::failure(Words::tr("it has no access_token."));
    if (!isTokenText(tokens.access))
        return base::failure(Words::tr("its access_token has characters that none may have, or too many."));
    // Who says nothing of the type knows no other.
    const QString type = json.value("token_type"_L1).toString(u"Bearer"_s);
    tokens.isBound = mayBind && type.compare("dpop"_L1, Qt::CaseInsensitive) == 0;
    if (!tokens.isBound && type.compare("bearer"_L1, Qt::CaseInsensitive) != 0)
        return base::failure(Words::tr("its token_type is not Bearer."));
    tokens.refresh = json.value("refresh_token"_L1).toString().toUtf8();
    tokens.id = json.value("id_token"_L1).toString().toUtf8();
    if (tokens.refresh.size() > auth::maximumTokenBytes || tokens.id.size() > auth::maximumTokenBytes)
        return base::failure(Words::tr("one of its tokens is too long."));
    tokens.scope = json.value("scope"_L1).toString().left(2000);
    if (const double seconds = secondsOf(json.value("expires_in"_L1)); seconds > 0)
        tokens.expiresAt = nowMs + qint64(seconds * 1000);
    return tokens;
}

} // namespace

/// What an Authorization header can carry after "Bearer ", and no longer than a token may be. RFC 6750 §2.1
/// has fewer characters; Salesforce's have a "!", Laravel's a "|".
bool isTokenText(const QByteArray &token)
{
    return token.size() <= auth::maximumTokenBytes && !token.isEmpty()
        && std::all_of(token.begin(), token.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

std::optional<Failure> refusalIn(int status, QByteArrayView body, const QString &resource)
{
    const QJsonObject json = withoutNulls(readDocument(body).value_or(QJsonObject()));
    // An "error" that is empty beside a token is none.
    const bool hasError = json.contains("error"_L1) && json.value("error"_L1) != ""_L1;
    const bool isSuccess = status == 200 || status == 201;
    return isSuccess && !hasError ? std::nullopt : std::optional(refusal(status, json, body, resource));
}

base::Expected<Tokens, Failure> readTokens(int status, QByteArrayView body, const QString &resource,
                                           qint64 nowMs, bool mayBind)
{
    if (const auto refused = refusalIn(status, body, resource))
        return base::failure(*refused);
    const auto json = readDocument(body);
    const auto tokens
        = json ? tokensIn(withoutNulls(*json), nowMs, mayBind) : base::failure(json.error().text);
    if (!tokens)
        return base::failure(failureOf(FailureCode::TokensUnusable, {tokens.error()}));
    return *tokens;
}

QString tokensKey(const QString &issuer, const QString &resource, const QString &clientId)
{
    return u"tokens "_s + QString::fromUtf8(base::writeJson(QJsonArray({issuer, resource, clientId})));
}

QString clientKey(const QString &issuer, const QString &redirectUri)
{
    return u"client "_s + QString::fromUtf8(base::writeJson(QJsonArray({issuer, redirectUri})));
}

QString grantKey(const QString &server)
{
    return u"grant "_s + QString::fromUtf8(base::writeJson(QJsonArray({server})));
}

QByteArray writeTokens(const Tokens &tokens)
{
    return base::writeJson(QJsonObject{{u"access"_s, QString::fromLatin1(tokens.access)},
                                       {u"refresh"_s, QString::fromUtf8(tokens.refresh)},
                                       {u"id"_s, QString::fromUtf8(tokens.id)},
                                       {u"scope"_s, tokens.scope},
                                       {u"expiresAt"_s, tokens.expiresAt}});
}

std::optional<Tokens> readStoredTokens(QByteArrayView bytes)
{
    const auto json = base::readJsonObject(bytes);
    if (!json)
        return std::nullopt;
    // The access token may have been forgotten alone.
    const QByteArray access = json->value("access"_L1).toString().toUtf8();
    const bool isThere
        = access.isEmpty() ? !json->value("refresh"_L1).toString().isEmpty() : isTokenText(access);
    if (!isThere)
        return std::nullopt;
    return Tokens{access, json->value("refresh"_L1).toString().toUtf8(),
                  json->value("id"_L1).toString().toUtf8(), json->value("scope"_L1).toString(),
                  json->value("expiresAt"_L1).toInteger()};
}

QByteArray writeGrant(const GrantedTokens &grant)
{
    return base::writeJson(QJsonObject{
        {u"issuer"_s, grant.issuer},
        {u"resource"_s, grant.resource},
        {u"tokenEndpoint"_s, QString::fromLatin1(grant.tokenEndpoint.toEncoded())},
        {u"client"_s, QString::fromUtf8(writeClient(grant.client))},
        {u"scopes"_s, grant.scopes.join(u' ')},
    });
}

std::optional<GrantedTokens> readGrant(QByteArrayView bytes, const QString &server)
{
    const auto json = base::readJsonObject(bytes);
    const auto client = json ? readClient(json->value("client"_L1).toString().toUtf8())
                             : std::optional<ClientRegistration>();
    if (!client)
        return std::nullopt;
    GrantedTokens grant{json->value("issuer"_L1).toString(), json->value("resource"_L1).toString(),
                        QUrl(json->value("tokenEndpoint"_L1).toString(), QUrl::StrictMode), *client,
                        web::scopesOf(json->value("scopes"_L1).toString())};
    if (grant.issuer.isEmpty() || !mayAsk(grant.tokenEndpoint, server))
        return std::nullopt;
    return grant;
}

} // namespace gatehouse::oauth
