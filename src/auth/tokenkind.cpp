// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/tokenkind.h"

#include "base/mask.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace gatehouse::auth {

namespace {

/// AuthKit's access tokens have no typ, others say JWT or at+jwt; the media type may have its prefix.
bool isAccessTokenType(const QJsonValue &type)
{
    if (type.isUndefined())
        return true;
    QString name = type.toString().toLower();
    if (name.startsWith("application/"_L1))
        name.remove(0, 12);
    return name == "jwt"_L1 || name == "at+jwt"_L1;
}

bool hasAny(const QJsonObject &claims, std::initializer_list<QLatin1StringView> names)
{
    return std::any_of(names.begin(), names.end(),
                       [&claims](QLatin1StringView name) { return claims.contains(name); });
}

bool isIdToken(const QJsonObject &claims)
{
    if (hasAny(claims, {"at_hash"_L1, "c_hash"_L1, "nonce"_L1}))
        return true;
    // AuthKit's: for the client itself, and without what each of its access tokens has.
    return claims.value("aud"_L1).toString().startsWith("client_"_L1)
        && !hasAny(claims, {"scope"_L1, "client_id"_L1, "sid"_L1, "jti"_L1})
        && hasAny(claims, {"email"_L1, "name"_L1, "given_name"_L1});
}

} // namespace

QString foreignKindOf(const QJsonObject &header, const QJsonObject &claims)
{
    const QJsonValue type = header.value("typ"_L1);
    if (!isAccessTokenType(type))
        return u"typ "_s + (type.isString() ? base::maskText(type.toString()).left(40) : u"?"_s);
    const QString issuer = claims.value("iss"_L1).toString();
    if (issuer == "https://api.workos.com"_L1 || issuer.startsWith("https://api.workos.com/"_L1))
        return QString(
            QLatin1StringView(QT_TRANSLATE_NOOP("gatehouse::auth::Check", "a browser-session token")));
    if (isIdToken(claims))
        return QString(QLatin1StringView(QT_TRANSLATE_NOOP("gatehouse::auth::Check", "an ID token")));
    return {};
}

} // namespace gatehouse::auth
