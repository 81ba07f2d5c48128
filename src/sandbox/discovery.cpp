// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/discovery.h"

#include "base/json.h"
#include "sandbox/tokens.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

namespace {

/// What both documents say.
QJsonObject sharedMembers(const QString &issuer)
{
    return {{u"issuer"_s, issuer},
            {u"jwks_uri"_s, issuer + u"/oauth2/jwks"_s},
            {u"grant_types_supported"_s, QJsonArray()},
            {u"response_types_supported"_s, QJsonArray()},
            {u"scopes_supported"_s, QJsonArray::fromStringList(supportedScopes())}};
}

http::Response document(const QJsonObject &json)
{
    http::Response response = http::jsonResponse(200, base::writeJson(json));
    response.headers.append(
        {"Cache-Control"_ba, "no-cache"_ba}); // Another start on this port has other keys.
    return response;
}

} // namespace

void authorizationServerMetadata(Realm &realm, const http::Request &, const http::Respond &respond)
{
    respond(document(sharedMembers(realm.issuer)));
}

void openIdConfiguration(Realm &realm, const http::Request &, const http::Respond &respond)
{
    QJsonObject json = sharedMembers(realm.issuer);
    json.insert(u"id_token_signing_alg_values_supported"_s, QJsonArray({u"RS256"_s}));
    json.insert(u"subject_types_supported"_s, QJsonArray({u"public"_s}));
    respond(document(json));
}

void keySet(Realm &realm, const http::Request &, const http::Respond &respond)
{
    QJsonArray all;
    for (const keys::SigningKey &key : realm.keys)
        all.append(key.publicJwk());
    respond(document({{u"keys"_s, all}}));
}

} // namespace gatehouse::sandbox
