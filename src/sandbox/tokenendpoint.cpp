// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/tokenendpoint.h"

#include "auth/bearer.h"
#include "auth/jws.h"
#include "base/json.h"
#include "keys/signature.h"
#include "sandbox/identifier.h"
#include "web/form.h"
#include "web/mediatype.h"
#include "web/scopes.h"

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

namespace {

using Answer = base::Expected<http::Response, OAuthError>;

OAuthError invalidClient(const QString &description)
{
    return {401, u"invalid_client"_s, description};
}

struct ClientCredentials
{
    QString id;
    QString secret;
};

/// RFC 6749 §2.3.1: both halves are form-encoded before base64.
base::Expected<ClientCredentials, OAuthError> readBasic(const QByteArray &header)
{
    const auto wrong = [] {
        return base::failure(
            invalidClient(u"Send Authorization: Basic with base64 of client_id:client_secret."_s));
    };
    if (header.size() > 4096 || !header.toLower().startsWith("basic "))
        return wrong();
    const auto decoded = QByteArray::fromBase64Encoding(
        header.sliced(6).trimmed(), QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    const qsizetype colon = decoded.decoded.indexOf(':');
    if (!decoded || colon <= 0)
        return wrong();
    const auto both = web::readForm("id=" + decoded.decoded.first(colon)
                                    + "&secret=" + decoded.decoded.sliced(colon + 1));
    if (!both || both->fields().size() != 2)
        return wrong();
    return ClientCredentials{both->value("id"_L1), both->value("secret"_L1)};
}

/// Who calls, by one method only (RFC 6749 §2.3).
base::Expected<ClientCredentials, OAuthError> readCredentials(const base::Headers &headers,
                                                              const web::Form &form)
{
    const QList<QByteArray> authorization = base::valuesOf(headers, "Authorization");
    const ClientCredentials inBody{form.value("client_id"_L1), form.value("client_secret"_L1)};
    if (authorization.isEmpty()) {
        if (inBody.id.isEmpty())
            return base::failure(invalidClient(
                u"Missing authorization header. A client without a secret sends client_id in the body."_s));
        return inBody;
    }
    if (authorization.size() > 1 || !inBody.secret.isEmpty())
        return base::failure(OAuthError{400, u"invalid_request"_s,
                                        u"Send the client's secret once: in the header or in the body."_s});
    auto basic = readBasic(authorization.first());
    if (basic && !inBody.id.isEmpty() && inBody.id != basic->id)
        return base::failure(OAuthError{400, u"invalid_request"_s,
                                        u"Send one client_id: header and body name different ones."_s});
    return basic;
}

base::Expected<RegisteredClient, OAuthError> authenticate(Realm &realm, const http::Request &request,
                                                          const web::Form &form)
{
    const auto credentials = readCredentials(request.headers, form);
    if (!credentials)
        return base::failure(credentials.error());
    const RegisteredClient *client = realm.clients.find(credentials->id);
    if (!client) {
        return base::failure(invalidClient(
            u"Application not found. The sandbox forgets its clients when it ends: register again at /oauth2/register."_s));
    }
    if (client->isPublic() && !credentials->secret.isEmpty())
        return base::failure(
            invalidClient(u"This client is registered without a secret: send only client_id."_s));
    if (!client->isPublic() && credentials->secret.isEmpty()) {
        return base::failure(invalidClient(
            u"This client is registered with a secret: send it, or register with token_endpoint_auth_method none."_s));
    }
    if (digestOf(client->secret) != digestOf(credentials->secret))
        return base::failure(
            invalidClient(u"The client_secret is wrong: send the one that the registration answered."_s));
    return *client;
}

/// Puts the resource of the token request into the grant: the one asked for at first, or one where there was
/// none.
base::Expected<Grant, OAuthError> withResource(Grant grant, const web::Form &form)
{
    const auto resource = readResource(form.value("resource"_L1));
    if (!resource)
        return base::failure(resource.error());
    if (!resource->isEmpty() && !grant.resource.isEmpty() && *resource != grant.resource) {
        return base::failure(
            OAuthError{400, u"invalid_target"_s,
                       u"Send the same resource as to /oauth2/authorize, byte for byte; it was %1."_s.arg(
                           grant.resource)});
    }
    if (!resource->isEmpty())
        grant.resource = *resource;
    return grant;
}

Answer issue(Realm &realm, const Grant &grant, const QString &nonce, const QString &refreshToken)
{
    const User *user = realm.settings.people.userById(grant.userId);
    if (!user)
        return base::failure(
            OAuthError{400, u"invalid_grant"_s, u"The user is gone: sign in again at /oauth2/authorize."_s});
    if (!grant.organizationId.isEmpty() && !user->membershipIn(grant.organizationId))
        return base::failure(OAuthError{400, u"invalid_grant"_s,
                                        u"The user is no longer a member of %1: sign in again at "
                                        "/oauth2/authorize."_s.arg(grant.organizationId)});
    TokenFacts facts = realm.factsOf(grant, *user);
    facts.nonce = nonce;
    TokenFacts access = facts; // Only that one is wrong: the ID token is the client's own affair.
    if (realm.faults.consume(SandboxFault::TokenExpired))
        access.lifetimeSeconds = -60;
    if (realm.faults.consume(SandboxFault::TokenAudience))
        access.audience = u"https://another.example/mcp"_s;
    // Members as AuthKit's answer has them: "bearer" in lower case, no scope.
    QJsonObject json{{u"access_token"_s, QString::fromLatin1(realm.signedToken(accessClaims(access)))},
                     {u"token_type"_s, u"bearer"_s},
                     {u"expires_in"_s, facts.lifetimeSeconds}};
    if (grant.scopes.contains(u"openid"_s))
        json.insert(u"id_token"_s, QString::fromLatin1(realm.signedToken(idClaims(facts))));
    if (!refreshToken.isEmpty())
        json.insert(u"refresh_token"_s, refreshToken);
    http::Response response = http::jsonResponse(200, base::writeJson(json));
    response.headers = {{"Cache-Control"_ba, "no-store"_ba}, {"Pragma"_ba, "no-cache"_ba}}; // RFC 6749 §5.1
    return response;
}

Answer exchangeCode(Realm &realm, const RegisteredClient &client, const web::Form &form)
{
    if (!form.has("code"_L1))
        return base::failure(OAuthError{400, u"invalid_request"_s,
                                        u"Send code, as the redirect from /oauth2/authorize brought it."_s});
    const QString code = form.value("code"_L1);
    const auto found = realm.grants.redeem(
        {code, client.id, form.value("redirect_uri"_L1), form.value("code_verifier"_L1)});
    if (!found)
        return base::failure(found.error());
    const auto grant = withResource(found->grant, form);
    if (!grant)
        return base::failure(grant.error());
    realm.consents.record(*grant, realm.newId(u"authorized_connect_app_"_s), realm.clock());
    const bool isLasting = grant->scopes.contains(u"offline_access"_s) && client.mayRefresh();
    return issue(realm, *grant, found->nonce,
                 isLasting ? realm.grants.issueRefreshToken(*grant, code) : QString());
}

Answer refresh(Realm &realm, const RegisteredClient &client, const web::Form &form)
{
    if (!form.has("refresh_token"_L1))
        return base::failure(
            OAuthError{400, u"invalid_request"_s, u"Send refresh_token, as the last answer brought it."_s});
    const QString spent = form.value("refresh_token"_L1);
    const auto found = realm.grants.use(spent, client.id);
    if (!found)
        return base::failure(found.error());
    const auto lasting = withResource(*found, form);
    if (!lasting)
        return base::failure(lasting.error());
    Grant grant = *lasting;
    if (form.has("scope"_L1)) {
        const auto scopes = readScopes(form.value("scope"_L1), grant.scopes);
        if (!scopes)
            return base::failure(scopes.error());
        grant.scopes = *scopes;
    }
    // The family keeps all its scopes: only this access token has fewer (RFC 6749 §6).
    return issue(realm, grant, {}, realm.grants.rotate(spent, *lasting));
}

Answer grantToken(Realm &realm, const http::Request &request)
{
    if (!web::hasMediaType(request.headers, "application/x-www-form-urlencoded")) {
        return base::failure(
            OAuthError{400, u"invalid_request"_s,
                       u"Send the parameters with Content-Type: application/x-www-form-urlencoded."_s});
    }
    const auto form = web::readForm(request.body);
    if (!form)
        return base::failure(OAuthError{400, u"invalid_request"_s, form.error()});
    const auto client = authenticate(realm, request, *form); // Before the grant type, as AuthKit does.
    if (!client)
        return base::failure(client.error());
    const QString type = form->value("grant_type"_L1);
    if (type == "authorization_code"_L1)
        return exchangeCode(realm, *client, *form);
    if (type == "refresh_token"_L1)
        return refresh(realm, *client, *form);
    if (type.isEmpty())
        return base::failure(OAuthError{
            400, u"invalid_request"_s, u"Send grant_type=authorization_code or grant_type=refresh_token."_s});
    return base::failure(OAuthError{400, u"unsupported_grant_type"_s,
                                    u"Send grant_type=authorization_code or grant_type=refresh_token."_s});
}

http::Response unauthorized(const QString &error, const QString &description)
{
    http::Response response = errorResponse({401, error, description});
    response.headers.append(
        {"WWW-Authenticate"_ba,
         error == "invalid_token"_L1 ? "Bearer error=\"invalid_token\""_ba : "Bearer"_ba}); // RFC 6750 §3.1
    return response;
}

/// The claims of one of our own access tokens that is still good; an empty object else.
QJsonObject ownClaims(const Realm &realm, const QByteArray &text)
{
    const auto jws = auth::readJws(text);
    const auto claims
        = jws ? auth::readClaims(*jws) : base::Expected<QJsonObject, auth::Reason>(QJsonObject());
    if (!jws || !claims)
        return {};
    bool isSigned = false;
    for (const keys::SigningKey &own : realm.keys) {
        const auto key
            = own.keyId() == jws->keyId ? keys::readJwk(own.publicJwk()) : base::failure(QString());
        isSigned = isSigned
            || (key
                && keys::verifySignature(jws->algorithm, *key, jws->signingInput, jws->signature)
                    == keys::SignatureAnswer::Good);
    }
    const bool isAccessToken = claims->value("iss"_L1).toString() == realm.issuer
        && claims->contains("jti"_L1); // An id_token has none.
    return isSigned && isAccessToken && claims->value("exp"_L1).toInteger() > realm.clock() / 1000
        ? *claims
        : QJsonObject();
}

} // namespace

http::Response token(Realm &realm, const http::Request &request)
{
    const Answer answer = grantToken(realm, request);
    return answer ? *answer : errorResponse(answer.error());
}

http::Response userInfo(Realm &realm, const http::Request &request)
{
    const auto text = auth::readBearer({base::valuesOf(request.headers, "Authorization"), request.query});
    if (!text && text.error() == auth::Reason::NoToken)
        return unauthorized(u"unauthorized"_s, u"Send the access token as Authorization: Bearer."_s);
    const QJsonObject claims = text ? ownClaims(realm, *text) : QJsonObject();
    const User *user = realm.settings.people.userById(claims.value("sub"_L1).toString());
    if (!user)
        return unauthorized(
            u"invalid_token"_s,
            u"The token is not a valid access token of this sandbox: sign in again or refresh it."_s);
    const QStringList scopes = web::scopesOf(claims.value("scope"_L1).toString());
    if (!scopes.contains(u"openid"_s)) {
        http::Response response
            = errorResponse({403, u"insufficient_scope"_s, u"Ask for the scope openid when signing in."_s});
        response.headers.append(
            {"WWW-Authenticate"_ba, "Bearer error=\"insufficient_scope\", scope=\"openid\""_ba});
        return response;
    }
    http::Response response = http::jsonResponse(200, base::writeJson(userClaims(*user, scopes)));
    response.headers.append({"Cache-Control"_ba, "no-store"_ba});
    return response;
}

} // namespace gatehouse::sandbox
