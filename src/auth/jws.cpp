// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/jws.h"

#include "base/base64url.h"
#include "base/json.h"

using namespace Qt::StringLiterals;

namespace gatehouse::auth {

namespace {

/// A header needs no depth and no length; what has them is not a token.
constexpr base::JsonLimits headerLimits{8, 4096};
constexpr base::JsonLimits claimsLimits{32, maximumTokenBytes};

/// crit and b64 change what is signed; jku, jwk, x5u and x5c name a key of the sender's choice (RFC 7515
/// §4.1); zip belongs to encryption (RFC 7516 §4.1.3).
bool isUnsafe(const QJsonObject &header)
{
    for (const auto name : {"crit"_L1, "b64"_L1, "jku"_L1, "jwk"_L1, "x5u"_L1, "x5c"_L1, "zip"_L1}) {
        if (header.contains(name))
            return true;
    }
    return false;
}

} // namespace

base::Expected<Jws, Reason> readJws(QByteArrayView token)
{
    if (token.size() > maximumTokenBytes)
        return base::failure(Reason::TooLong);
    const qsizetype first = token.indexOf('.');
    const qsizetype second = first < 0 ? -1 : token.indexOf('.', first + 1);
    if (second < 0 || token.indexOf('.', second + 1) >= 0)
        return base::failure(Reason::MalformedToken);
    const auto header = base::fromBase64Url(token.first(first));
    const auto payload = base::fromBase64Url(token.sliced(first + 1, second - first - 1));
    const auto signature = base::fromBase64Url(token.sliced(second + 1));
    if (!header || !payload || !signature)
        return base::failure(Reason::MalformedToken);
    const auto json = base::readJsonObject(*header, headerLimits);
    if (!json || !json->value("alg"_L1).isString())
        return base::failure(Reason::MalformedToken);
    if (isUnsafe(*json))
        return base::failure(Reason::UnsafeHeader);
    const QJsonValue keyId = json->value("kid"_L1);
    if (!keyId.isUndefined() && !keyId.isString())
        return base::failure(Reason::MalformedToken);
    return Jws{*json,
               *payload,
               *signature,
               token.first(second).toByteArray(),
               json->value("alg"_L1).toString(),
               keyId.toString()};
}

base::Expected<QJsonObject, Reason> readClaims(const Jws &jws)
{
    const auto claims = base::readJsonObject(jws.payload, claimsLimits);
    if (!claims)
        return base::failure(Reason::MalformedToken);
    return *claims;
}

} // namespace gatehouse::auth
