// SPDX-License-Identifier: GPL-3.0-or-later
#include "endtoend/fakeissuer.h"

#include "base/json.h"

#include <QDateTime>
#include <QHostAddress>

using namespace gatehouse;
using namespace Qt::StringLiterals;

FakeIssuer::FakeIssuer()
{
    m_keys.append(keys::SigningKey::generate(u"own"_s, 0).value());
    m_foreign = keys::SigningKey::generate(u"own"_s, 0).value();
    m_server = std::make_unique<http::HttpServer>(
        [this](const http::Request &request, const http::Respond &respond) {
            ++m_requests;
            if (request.path != "/oauth2/jwks")
                return respond(http::jsonResponse(404, "{}"_ba));
            QJsonArray all;
            for (const keys::SigningKey &key : m_keys)
                all.append(key.publicJwk());
            for (const QJsonObject &jwk : m_extra)
                all.append(jwk);
            respond(http::jsonResponse(200, base::writeJson(QJsonObject{{u"keys"_s, all}})));
        });
    m_port = m_server->listen(QHostAddress(QHostAddress::LocalHost), 0).value();
}

QJsonObject FakeIssuer::claims(const QString &resource) const
{
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    return {{u"iss"_s, address()},
            {u"aud"_s, resource},
            {u"sub"_s, u"user_fake"_s},
            {u"exp"_s, now + 300},
            {u"iat"_s, now},
            {u"scope"_s, u"openid email"_s},
            {u"org_id"_s, u"org_fake"_s},
            {u"email"_s, u"fake@example.com"_s}};
}

QByteArray FakeIssuer::sign(const QJsonObject &claims) const
{
    return sign(claims, {{u"alg"_s, u"RS256"_s}, {u"kid"_s, key().keyId()}});
}

QByteArray FakeIssuer::sign(const QJsonObject &claims, const QJsonObject &header) const
{
    return key().sign(header, base::writeJson(claims));
}
