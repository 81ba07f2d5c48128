// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/discovery.h"

#include "auth/issuer.h"
#include "base/json.h"
#include "web/mediatype.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

namespace {

/// What both documents say. Introspection and device flow, which AuthKit lists, are not had here and so not
/// promised.
QJsonObject sharedMembers(const QString &issuer)
{
    return {{u"issuer"_s, issuer},
            {u"authorization_endpoint"_s, issuer + u"/oauth2/authorize"_s},
            {u"token_endpoint"_s, issuer + u"/oauth2/token"_s},
            {u"jwks_uri"_s, issuer + u"/oauth2/jwks"_s},
            {u"grant_types_supported"_s, QJsonArray({u"authorization_code"_s, u"refresh_token"_s})},
            {u"response_types_supported"_s, QJsonArray({u"code"_s})},
            {u"response_modes_supported"_s, QJsonArray({u"query"_s})},
            {u"scopes_supported"_s, QJsonArray::fromStringList(auth::authKitScopes())}};
}

http::Response document(const QJsonObject &json)
{
    http::Response response = http::jsonResponse(200, base::writeJson(json));
    response.headers.append(
        {"Cache-Control"_ba, "no-cache"_ba}); // Another start on this port has other keys.
    return response;
}

} // namespace

http::Response authorizationServerMetadata(Realm &realm, const http::Request &)
{
    QJsonObject json = sharedMembers(realm.issuer);
    json.insert(u"registration_endpoint"_s, realm.issuer + u"/oauth2/register"_s);
    json.insert(u"code_challenge_methods_supported"_s, QJsonArray({u"S256"_s}));
    json.insert(u"token_endpoint_auth_methods_supported"_s,
                QJsonArray({u"none"_s, u"client_secret_post"_s, u"client_secret_basic"_s}));
    if (realm.readsDocuments())
        json.insert(u"client_id_metadata_document_supported"_s, true);
    return document(json);
}

/// As AuthKit's: nothing about PKCE, registration and clients' documents, which are in the other document
/// only.
http::Response openIdConfiguration(Realm &realm, const http::Request &)
{
    QJsonObject json = sharedMembers(realm.issuer);
    json.insert(u"userinfo_endpoint"_s, realm.issuer + u"/oauth2/userinfo"_s);
    json.insert(u"id_token_signing_alg_values_supported"_s, QJsonArray({u"RS256"_s}));
    json.insert(u"subject_types_supported"_s, QJsonArray({u"public"_s}));
    json.insert(u"token_endpoint_auth_methods_supported"_s,
                QJsonArray({u"none"_s, u"client_secret_basic"_s, u"client_secret_post"_s}));
    return document(json);
}

http::Response keySet(Realm &realm, const http::Request &)
{
    QJsonArray all;
    for (const keys::SigningKey &key : realm.keys)
        all.append(key.publicJwk());
    return document({{u"keys"_s, all}});
}

http::Response registerClient(Realm &realm, const http::Request &request)
{
    if (!web::hasMediaType(request.headers, "application/json"))
        return errorResponse(
            {400, u"invalid_client_metadata"_s, u"Send the metadata with Content-Type: application/json."_s});
    // Another tenant's words; its document goes on to name the address, as some were seen to do.
    if (realm.faults.isOn(SandboxFault::RegistrationOff))
        return errorResponse({400, u"dynamic_client_registration_disabled"_s,
                              u"Dynamic client registration is disabled for this environment."_s});
    const auto metadata = base::readJsonObject(request.body, {16, 64 * 1024});
    if (!metadata)
        return errorResponse({400, u"invalid_client_metadata"_s,
                              u"Send the metadata as one JSON object. "_s + metadata.error().text});
    const auto client = realm.clients.add(*metadata);
    if (!client)
        return errorResponse(client.error());
    http::Response response = http::jsonResponse(201, base::writeJson(registrationAnswer(*client)));
    response.headers.append({"Cache-Control"_ba, "no-store"_ba});
    return response;
}

} // namespace gatehouse::sandbox
