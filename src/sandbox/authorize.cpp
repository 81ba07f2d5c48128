// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/authorize.h"

#include "auth/issuer.h"
#include "sandbox/page.h"
#include "web/clientidurl.h"
#include "web/form.h"
#include "web/mediatype.h"
#include "web/pkce.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

namespace {

constexpr qsizetype maximumParameter = 2000;

http::Response redirect(int status, const QByteArray &location)
{
    http::Response response;
    response.status = status;
    response.headers = {
        {"Location"_ba, location}, {"Cache-Control"_ba, "no-store"_ba}, {"Content-Type"_ba, "text/plain"_ba}};
    return response;
}

/// Back to the client with an answer (RFC 6749 §4.1.2). AuthKit adds no `iss`, so neither does this.
http::Response backToClient(int status, const AuthorizationRequest &request, web::Form answer)
{
    if (!request.state.isEmpty())
        answer.add(u"state"_s, request.state);
    const QByteArray uri = request.redirectUri.toUtf8();
    return redirect(status, uri + (uri.contains('?') ? '&' : '?') + answer.text());
}

http::Response refuse(int status, const AuthorizationRequest &request, const OAuthError &error)
{
    web::Form answer;
    answer.add(u"error"_s, error.error);
    answer.add(u"error_description"_s, wireText(error.description));
    return backToClient(status, request, answer);
}

/// Where nobody is known to send the browser back to (RFC 6749 §4.1.2.1): AuthKit's own page of errors.
http::Response toErrorPage(const Realm &realm, const QString &error, const QString &description)
{
    web::Form page;
    page.add(u"error"_s, error);
    page.add(u"error_description"_s, wireText(description));
    return redirect(302, realm.issuer.toUtf8() + "/oauth2/error?" + page.text());
}

base::Expected<void, OAuthError> judgeProtocol(const web::Form &form)
{
    const auto invalid = [](const QString &description) {
        return base::failure(OAuthError{400, u"invalid_request"_s, description});
    };
    for (const auto &[name, value] : form.fields()) {
        if (value.size() > maximumParameter)
            return invalid(u"A parameter is longer than 2000 characters."_s);
    }
    if (form.has("request"_L1) || form.has("request_uri"_L1))
        return base::failure(OAuthError{400, u"request_not_supported"_s,
                                        u"Send the parameters one by one, not as a request object."_s});
    if (!form.has("response_type"_L1))
        return invalid(u"Send response_type=code."_s);
    if (form.value("response_type"_L1) != "code"_L1)
        return base::failure(OAuthError{400, u"unsupported_response_type"_s,
                                        u"Send response_type=code, the only one had here."_s});
    if (form.has("response_mode"_L1) && form.value("response_mode"_L1) != "query"_L1)
        return invalid(u"Send response_mode=query or leave it out."_s);
    if (!form.has("code_challenge"_L1))
        return invalid(u"Send code_challenge and code_challenge_method=S256: PKCE is needed here."_s);
    if (form.value("code_challenge_method"_L1) != "S256"_L1)
        return invalid(u"Send code_challenge_method=S256, the only one had here."_s);
    if (!web::isCodeChallenge(form.value("code_challenge"_L1).toUtf8()))
        return invalid(
            u"The code_challenge is no S256 one: send the SHA-256 of the verifier as 43 characters of base64url."_s);
    return {};
}

/// The parameters behind the redirect URI; what is wrong with them goes back to the client.
base::Expected<void, OAuthError> readParameters(const web::Form &form, AuthorizationRequest &request)
{
    if (const auto fit = judgeProtocol(form); !fit)
        return fit;
    // Without a scope AuthKit lets the client in, but gives no refresh token.
    const auto scopes = form.has("scope"_L1) ? readScopes(form.value("scope"_L1), auth::authKitScopes())
                                             : QStringList{u"openid"_s, u"profile"_s, u"email"_s};
    if (!scopes)
        return base::failure(scopes.error());
    const auto resource = readResource(form.value("resource"_L1));
    if (!resource)
        return base::failure(resource.error());
    request.scopes = *scopes;
    request.resource = *resource;
    request.codeChallenge = form.value("code_challenge"_L1);
    request.nonce = form.value("nonce"_L1);
    request.loginHint = form.value("login_hint"_L1);
    return {};
}

http::Response allow(Realm &realm, int status, const AuthorizationRequest &request,
                     const PageIdentity &identity)
{
    const Grant grant{request.clientId, identity.user->id, identity.organizationId,
                      request.scopes,   request.resource,  realm.newId(u"app_consent_"_s)};
    web::Form answer;
    answer.add(u"code"_s,
               realm.grants.issueCode({grant, request.redirectUri, request.codeChallenge, request.nonce}));
    return backToClient(status, request, answer);
}

PageIdentity automaticIdentity(const Realm &realm, const AuthorizationRequest &request)
{
    if (realm.settings.autoSignIn.isEmpty() || !isLoopbackRedirect(request.redirectUri))
        return {};
    const User *user = realm.settings.people.userByEmail(realm.settings.autoSignIn);
    if (!user)
        return {};
    return {user, user->memberships.isEmpty() ? QString() : user->memberships.first().organizationId};
}

http::Response showPage(Realm &realm, const AuthorizationRequest &request, bool wasWrong = false)
{
    const User *hinted = realm.settings.people.userByEmail(request.loginHint);
    return signInPage({realm.forms.open(request), request.clientName, request.redirectUri, request.resource,
                       request.scopes, hinted ? hinted->id : QString(), realm.settings.isPrivate, wasWrong},
                      realm.settings.people);
}

http::Response authorizeClient(Realm &realm, const web::Form &form)
{
    const RegisteredClient *client = realm.clients.find(form.value("client_id"_L1));
    if (!client) {
        return toErrorPage(realm, u"application_not_found"_s,
                           u"No client with this client_id is registered here. The sandbox forgets its "
                           u"clients when it ends: "
                           "register again at /oauth2/register."_s);
    }
    AuthorizationRequest wish;
    wish.clientId = client->id;
    wish.clientName = client->name;
    // Anybody may give his document any name; where it lies he cannot choose (CIMD draft §6.4).
    if (web::looksLikeClientIdUrl(client->id))
        wish.clientName += u" (%1)"_s.arg(QUrl(client->id).authority(QUrl::FullyEncoded));
    wish.redirectUri = form.value("redirect_uri"_L1);
    wish.state = form.value("state"_L1);
    // Before this point a redirect would make an open redirector of the sandbox.
    if (!client->hasRedirect(wish.redirectUri)) {
        return toErrorPage(
            realm, u"invalid_redirect_uri"_s,
            u"Send redirect_uri as it was registered, byte for byte, or register again with this one."_s);
    }
    if (const auto read = readParameters(form, wish); !read)
        return refuse(302, wish, read.error());
    if (const PageIdentity identity = automaticIdentity(realm, wish); identity.user)
        return allow(realm, 302, wish, identity);
    if (form.value("prompt"_L1) == "none"_L1)
        return refuse(
            302, wish,
            {400, u"login_required"_s, u"Leave out prompt=none: somebody has to choose who signs in."_s});
    return showPage(realm, wish);
}

} // namespace

void authorize(Realm &realm, const http::Request &request, const http::Respond &respond)
{
    const auto form = web::readForm(request.query);
    if (!form)
        return respond(toErrorPage(realm, u"invalid_request"_s, form.error()));
    const QString id = form->value("client_id"_L1);
    if (!realm.readsDocuments() || !web::looksLikeClientIdUrl(id))
        return respond(authorizeClient(realm, *form));
    realm.documents.read(
        id, realm.settings.isPrivate,
        [&realm, id, form = *form, respond](const base::Expected<QJsonObject, OAuthError> &document) {
            const auto known = document ? realm.clients.know(id, *document) : base::failure(document.error());
            respond(known ? authorizeClient(realm, form)
                          : toErrorPage(realm, known.error().error, known.error().description));
        });
}

http::Response decide(Realm &realm, const http::Request &request)
{
    if (!web::hasMediaType(request.headers, "application/x-www-form-urlencoded"))
        return errorPage(400, u"invalid_request"_s,
                         u"The decision comes as a form: use the buttons of the sign-in page."_s);
    const auto form = web::readForm(request.body);
    if (!form)
        return errorPage(400, u"invalid_request"_s, form.error());
    const auto wish = realm.forms.close(form->value("form_token"_L1));
    if (!wish) {
        return errorPage(400, u"invalid_request"_s,
                         u"This page was answered before, or is older than 10 minutes: go back to the "
                         u"program that sent you here "
                         "and sign in again."_s);
    }
    const QString decision = form->value("decision"_L1);
    if (decision == "deny"_L1)
        return refuse(303, *wish, {400, u"access_denied"_s, u"The user did not allow it."_s});
    if (decision != "allow"_L1)
        return errorPage(400, u"invalid_request"_s,
                         u"The decision is allow or deny: use the buttons of the sign-in page."_s);
    if (!realm.isOpenTo(form->value("sandbox_token"_L1).trimmed().toUtf8()))
        return showPage(realm, *wish, true);
    const PageIdentity identity = findIdentity(form->value("identity"_L1), realm.settings.people);
    if (!identity.user)
        return errorPage(400, u"invalid_request"_s, u"Choose one of the people on the sign-in page."_s);
    return allow(realm, 303, *wish, identity);
}

http::Response showError(Realm &, const http::Request &request)
{
    const auto form = web::readForm(request.query);
    const QString error = form ? form->value("error"_L1).left(100) : QString();
    const QString description = form ? form->value("error_description"_L1).left(500) : QString();
    return errorPage(200, error.isEmpty() ? u"unknown_error"_s : error,
                     description.isEmpty() ? u"Go back to the program that sent you here and sign in again."_s
                                           : description);
}

} // namespace gatehouse::sandbox
