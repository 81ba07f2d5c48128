// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/registration.h"

#include "base/json.h"
#include "base/mask.h"
#include "oauth/document.h"
#include "oauth/words.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <memory>

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

/// Of any language: RFC 6749 appendix A has ASCII alone, and some servers do not.
bool isIdentifier(const QString &text)
{
    return !text.isEmpty() && text.size() <= maximumIdentifier
        && std::none_of(text.begin(), text.end(),
                        [](QChar c) { return c.category() == QChar::Other_Control; });
}

/// How a client with a secret shows itself: as the server lists it, and by default in the header.
QString secretMethodOf(const AuthorizationServer &server)
{
    const bool isPost = server.tokenAuthMethods.contains("client_secret_post"_L1)
        && !server.tokenAuthMethods.contains("client_secret_basic"_L1);
    return isPost ? u"client_secret_post"_s : u"client_secret_basic"_s;
}

} // namespace

QByteArray registrationBody(const QString &redirectUri, const QString &authMethod,
                            const QStringList &moreGrantTypes)
{
    const QStringList grantTypes = QStringList{u"authorization_code"_s, u"refresh_token"_s} + moreGrantTypes;
    return base::writeJson(QJsonObject{
        {u"client_name"_s, u"Gatehouse"_s},
        {u"redirect_uris"_s, QJsonArray({redirectUri})},
        {u"grant_types"_s, QJsonArray::fromStringList(grantTypes)},
        {u"response_types"_s, QJsonArray({u"code"_s})},
        {u"token_endpoint_auth_method"_s, authMethod},
        {u"application_type"_s, u"native"_s},
    });
}

base::Expected<ClientRegistration, Failure>
readRegistration(const base::FetchReply &reply, const QString &redirectUri, const AuthorizationServer &server)
{
    if (reply.status != 201 && reply.status != 200)
        return base::failure(refusal(reply));
    const auto wrong = [](const QString &text) {
        return base::failure(failureOf(FailureCode::RegistrationUnusable, {text}));
    };
    auto json = readDocument(reply.body);
    if (!json)
        return wrong(json.error().text);
    *json = withoutNulls(*json);
    ClientRegistration client;
    client.id = json->value("client_id"_L1).toString();
    if (!isIdentifier(client.id))
        return wrong(Words::tr("it has no client_id."));
    client.secret = json->value("client_secret"_L1).toString();
    if (!client.secret.isEmpty() && !isIdentifier(client.secret))
        return wrong(Words::tr("its client_secret has characters that none may have."));
    // RFC 7591 §2: a secret without a method goes into the header. Without a secret nothing but none can be
    // meant.
    const QString method = json->value("token_endpoint_auth_method"_L1).toString();
    static const QStringList known
        = {QString(), u"none"_s, u"client_secret_post"_s, u"client_secret_basic"_s};
    if (!known.contains(method))
        return wrong(Words::tr("it wants an authentication that this client cannot give."));
    client.authMethod = client.secret.isEmpty() ? u"none"_s
        : method.isEmpty()                      ? secretMethodOf(server)
                                                : method;
    const QJsonValue addresses = json->value("redirect_uris"_L1);
    if (!addresses.toArray().isEmpty() && !addresses.toArray().contains(redirectUri))
        return wrong(Words::tr("its redirect_uris lack \"%1\", which was asked for.").arg(redirectUri));
    return client;
}

ClientRegistration givenClient(const QString &id, const QString &secret, const AuthorizationServer &server)
{
    if (secret.isEmpty())
        return ClientRegistration{id, {}, u"none"_s};
    return ClientRegistration{id, secret, secretMethodOf(server)};
}

bool readsClientMetadata(const AuthorizationServer &server)
{
    return server.document.value("client_id_metadata_document_supported"_L1).toBool();
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

namespace {

/// Of those with a secret the one that the server lists first, which it likes best; empty where it lists
/// none.
QString listedSecretMethod(const AuthorizationServer &server)
{
    for (const QString &method : server.tokenAuthMethods) {
        if (method == "client_secret_basic"_L1 || method == "client_secret_post"_L1)
            return method;
    }
    return {};
}

/// `none` where nothing speaks against it.
QString firstMethodOf(const AuthorizationServer &server)
{
    const bool isListed = server.document.contains("token_endpoint_auth_methods_supported"_L1);
    const QString secret = listedSecretMethod(server);
    return isListed && !secret.isEmpty() && !server.tokenAuthMethods.contains("none"_L1) ? secret : u"none"_s;
}

struct Registering
{
    base::Fetcher *fetcher;
    AuthorizationServer server;
    QUrl address;
    QString redirectUri;
    std::function<void(base::Expected<ClientRegistration, Failure>)> done;
    QStringList moreGrantTypes;

    static void send(const std::shared_ptr<Registering> &mine, const QString &method)
    {
        base::FetchRequest request;
        request.method = "POST";
        request.url = mine->address;
        request.headers = {{"Content-Type"_ba, "application/json"_ba}, {"Accept"_ba, "application/json"_ba}};
        request.body = registrationBody(mine->redirectUri, method, mine->moreGrantTypes);
        mine->fetcher->fetch(
            request, [mine, method](const base::FetchResult &fetched) { take(mine, method, fetched); });
    }

    static void take(const std::shared_ptr<Registering> &mine, const QString &method,
                     const base::FetchResult &fetched)
    {
        if (!fetched)
            return mine->done(base::failure(failureOf(fetched.error(), FailureCode::RegistrationAway,
                                                      FailureCode::RegistrationUnusable)));
        // A server that wants its clients to have a secret made none of the first wish.
        const auto json = readDocument(fetched->body);
        const bool isUnwanted
            = fetched->status == 400 && json && json->value("error"_L1) == "invalid_client_metadata"_L1;
        const QString secret = listedSecretMethod(mine->server);
        if (isUnwanted && method == "none"_L1 && !secret.isEmpty())
            return send(mine, secret);
        auto made = readRegistration(*fetched, mine->redirectUri, mine->server);
        if (!made && mine->server.registrationEndpoint.isEmpty())
            made.error().text
                += Words::tr(" Its metadata names no place to register; %1 was tried, where AuthKit has it.")
                       .arg(mine->address.toString());
        mine->done(std::move(made));
    }
};

} // namespace

void registerClient(base::Fetcher *fetcher, const AuthorizationServer &server, const QString &redirectUri,
                    std::function<void(base::Expected<ClientRegistration, Failure>)> done,
                    const QStringList &moreGrantTypes)
{
    const QUrl address = registrationAddress(server);
    if (address.isEmpty()) {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [done = std::move(done)] { done(base::failure(failureOf(FailureCode::RegistrationMissing))); },
            Qt::QueuedConnection);
        return;
    }
    const auto registration = std::make_shared<Registering>(
        Registering{fetcher, server, address, redirectUri, std::move(done), moreGrantTypes});
    Registering::send(registration, firstMethodOf(server));
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
