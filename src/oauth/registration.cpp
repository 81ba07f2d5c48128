// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/registration.h"

#include "base/json.h"
#include "base/mask.h"
#include "oauth/words.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

constexpr qsizetype maximumIdentifier = 2048;

Failure refusal(const base::FetchReply &reply)
{
    const auto json = base::readJsonObject(reply.body);
    const QString error = json ? json->value("error"_L1).toString().left(100) : QString();
    const QString why = json
        ? base::maskText(json->value("error_description"_L1).toString().left(300), base::Place::OAuthRequest)
        : QString();
    FailureCode code = FailureCode::RegistrationRefused;
    if (error == "dynamic_client_registration_disabled"_L1)
        code = FailureCode::RegistrationDisabled;
    else if (reply.status == 404 || reply.status == 405)
        code = FailureCode::RegistrationAbsent;
    else if (reply.status == 403 && reply.body.contains("1010"))
        code = FailureCode::RegistrationBlocked;
    return failureOf(code, {QString::number(reply.status), error, why});
}

bool isIdentifier(const QString &text)
{
    return !text.isEmpty() && text.size() <= maximumIdentifier
        && std::all_of(text.begin(), text.end(),
                       [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7f; });
}

} // namespace

QByteArray registrationBody(const QString &redirectUri)
{
    return base::writeJson(QJsonObject{
        {u"client_name"_s, u"Gatehouse"_s},
        {u"redirect_uris"_s, QJsonArray({redirectUri})},
        {u"grant_types"_s, QJsonArray({u"authorization_code"_s, u"refresh_token"_s})},
        {u"response_types"_s, QJsonArray({u"code"_s})},
        {u"token_endpoint_auth_method"_s, u"none"_s},
        {u"application_type"_s, u"native"_s},
    });
}

base::Expected<ClientRegistration, Failure> readRegistration(const base::FetchReply &reply,
                                                             const QString &redirectUri)
{
    if (reply.status != 201 && reply.status != 200)
        return base::failure(refusal(reply));
    const auto wrong = [](const QString &text) {
        return base::failure(failureOf(FailureCode::RegistrationUnusable, {text}));
    };
    const auto json = base::readJsonObject(reply.body);
    if (!json)
        return wrong(json.error().text);
    ClientRegistration client;
    client.id = json->value("client_id"_L1).toString();
    if (!isIdentifier(client.id))
        return wrong(Words::tr("it has no client_id."));
    client.authMethod = json->value("token_endpoint_auth_method"_L1).toString(u"none"_s);
    client.secret = json->value("client_secret"_L1).toString();
    if (!client.secret.isEmpty() && !isIdentifier(client.secret))
        return wrong(Words::tr("its client_secret has characters that none may have."));
    static const QStringList known = {u"none"_s, u"client_secret_post"_s, u"client_secret_basic"_s};
    if (!known.contains(client.authMethod) || (client.authMethod != "none"_L1 && client.secret.isEmpty()))
        return wrong(Words::tr("it wants an authentication that this client cannot give."));
    const QJsonValue addresses = json->value("redirect_uris"_L1);
    if (!addresses.isUndefined() && !addresses.toArray().contains(redirectUri))
        return wrong(Words::tr("its redirect_uris lack \"%1\", which was asked for.").arg(redirectUri));
    return client;
}

ClientRegistration givenClient(const QString &id, const QString &secret, const AuthorizationServer &server)
{
    if (secret.isEmpty())
        return ClientRegistration{id, {}, u"none"_s};
    const bool post = server.tokenAuthMethods.contains("client_secret_post"_L1)
        && !server.tokenAuthMethods.contains("client_secret_basic"_L1);
    return ClientRegistration{id, secret, post ? u"client_secret_post"_s : u"client_secret_basic"_s};
}

QUrl registrationAddress(const AuthorizationServer &server)
{
    if (server.registrationEndpoint.isEmpty() && looksLikeAuthKit(server))
        return QUrl(server.issuer + u"/oauth2/register"_s, QUrl::StrictMode);
    return server.registrationEndpoint;
}

bool looksLikeAuthKit(const AuthorizationServer &server)
{
    return server.tokenEndpoint.toString() == server.issuer + "/oauth2/token"_L1
        && server.keysAddress.toString() == server.issuer + "/oauth2/jwks"_L1;
}

void registerClient(base::Fetcher *fetcher, const AuthorizationServer &server, const QString &redirectUri,
                    std::function<void(base::Expected<ClientRegistration, Failure>)> done)
{
    const QUrl address = registrationAddress(server);
    if (address.isEmpty()) {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [done = std::move(done)] { done(base::failure(failureOf(FailureCode::RegistrationMissing))); },
            Qt::QueuedConnection);
        return;
    }
    base::FetchRequest request;
    request.method = "POST";
    request.url = address;
    request.headers = {{"Content-Type"_ba, "application/json"_ba}, {"Accept"_ba, "application/json"_ba}};
    request.body = registrationBody(redirectUri);
    const bool isGuessed = server.registrationEndpoint.isEmpty();
    fetcher->fetch(
        request, [done = std::move(done), redirectUri, isGuessed, address](const base::FetchResult &fetched) {
            if (!fetched)
                return done(base::failure(failureOf(FailureCode::RegistrationAway, {fetched.error().text})));
            auto made = readRegistration(*fetched, redirectUri);
            if (!made && isGuessed)
                made.error().text
                    += Words::tr(
                           " Its metadata names no place to register; %1 was tried, where AuthKit has it.")
                           .arg(address.toString());
            done(std::move(made));
        });
}

QByteArray writeClient(const ClientRegistration &client)
{
    return base::writeJson(
        QJsonObject{{u"id"_s, client.id}, {u"secret"_s, client.secret}, {u"method"_s, client.authMethod}});
}

std::optional<ClientRegistration> readClient(QByteArrayView bytes)
{
    const auto json = base::readJsonObject(bytes);
    if (!json || json->value("id"_L1).toString().isEmpty())
        return std::nullopt;
    return ClientRegistration{json->value("id"_L1).toString(), json->value("secret"_L1).toString(),
                              json->value("method"_L1).toString(u"none"_s)};
}

} // namespace gatehouse::oauth
