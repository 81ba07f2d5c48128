// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/trust.h"

#include "base/json.h"
#include "web/origin.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

QStringList originsElsewhere(const AuthorizationServer &server)
{
    const QString own = web::originOf(QUrl(server.issuer));
    QStringList elsewhere;
    for (const QUrl &endpoint : {server.authorizationEndpoint, server.tokenEndpoint,
                                 server.registrationEndpoint, server.deviceEndpoint}) {
        const QString origin = web::originOf(endpoint);
        if (!endpoint.isEmpty() && origin != own && !elsewhere.contains(origin))
            elsewhere.append(origin);
    }
    return elsewhere;
}

std::optional<Failure> doubtOf(const AuthorizationServer &server, const Trust &known, const Stake &stake)
{
    const bool isNamed = known.isSaid && known.issuer == server.issuer;
    if (!stake.clientId.isEmpty() && !known.issuer.isEmpty() && known.issuer != server.issuer)
        return failureOf(FailureCode::ClientElsewhere,
                         {stake.clientId.left(100), known.issuer, server.issuer});
    const QStringList elsewhere = originsElsewhere(server);
    const bool areKnown = isNamed
        && std::all_of(elsewhere.begin(), elsewhere.end(),
                       [&known](const QString &origin) { return known.origins.contains(origin); });
    if (!elsewhere.isEmpty() && !areKnown)
        return failureOf(FailureCode::EndpointsElsewhere, {server.issuer, elsewhere.join(u", "_s)});
    if (stake.hasSecret && !isNamed)
        return failureOf(FailureCode::SecretElsewhere, {server.issuer});
    return std::nullopt;
}

Trust trustIn(const AuthorizationServer &server)
{
    return {server.issuer, originsElsewhere(server), true};
}

QString trustKey(const QString &server, const QString &clientId)
{
    return u"trust "_s
        + QString::fromUtf8(base::writeJson(QJsonArray({clientId.isEmpty() ? server : QString(), clientId})));
}

QByteArray writeTrust(const Trust &trust)
{
    return base::writeJson(QJsonObject{{u"issuer"_s, trust.issuer},
                                       {u"origins"_s, QJsonArray::fromStringList(trust.origins)},
                                       {u"isSaid"_s, trust.isSaid}});
}

Trust readTrust(QByteArrayView bytes)
{
    const auto json = base::readJsonObject(bytes);
    if (!json)
        return {};
    Trust trust{json->value("issuer"_L1).toString(), {}, json->value("isSaid"_L1).toBool()};
    const QJsonArray origins = json->value("origins"_L1).toArray();
    for (const QJsonValue origin : origins)
        trust.origins.append(origin.toString());
    return trust;
}

} // namespace gatehouse::oauth
