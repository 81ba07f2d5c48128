// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/refusedtoken.h"

#include "auth/jws.h"
#include "auth/nearmiss.h"
#include "base/caching.h"
#include "base/mask.h"
#include "oauth/words.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>

#include <cmath>
#include <cstdlib>
#include <optional>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

constexpr qsizetype maximumWord = 300;
constexpr qint64 noticedMs = 60'000;

QString word(const QString &text)
{
    return base::maskText(text.left(maximumWord));
}

QStringList audiencesOf(const QJsonObject &claims)
{
    const QJsonValue aud = claims.value("aud"_L1);
    const QJsonArray list = aud.isArray() ? aud.toArray() : QJsonArray{aud};
    QStringList all;
    for (const QJsonValue &one : list)
        all.append(one.toString());
    return all;
}

QString audienceReason(const QJsonObject &claims, const QString &resource)
{
    const QStringList audiences = audiencesOf(claims);
    if (resource.isEmpty() || !claims.contains("aud"_L1) || audiences.contains(resource))
        return {};
    const QString miss = auth::nearMiss(resource, audiences.value(0));
    return Words::tr("The token in hand is for %1, and not for %2 (aud).")
               .arg(word(audiences.mid(0, 5).join(u", "_s)), word(resource))
        + (miss.isEmpty() ? QString() : u' ' + word(miss));
}

/// A time of the token as seconds since 1970; nullopt where there is none.
std::optional<qint64> timeIn(const QJsonObject &claims, QLatin1StringView name)
{
    const QJsonValue value = claims.value(name);
    constexpr double farthest = 1e12;
    return value.isDouble() && std::abs(value.toDouble()) < farthest ? std::optional(qint64(value.toDouble()))
                                                                     : std::nullopt;
}

QString timeReason(const QJsonObject &claims, qint64 nowMs)
{
    const auto until = timeIn(claims, "exp"_L1);
    if (until && *until * 1000 <= nowMs)
        return Words::tr("The token in hand expired %1 s ago (exp).").arg(nowMs / 1000 - *until);
    const auto from = timeIn(claims, "nbf"_L1);
    if (from && *from * 1000 > nowMs)
        return Words::tr("The token in hand is good in %1 s only (nbf).").arg(*from - nowMs / 1000);
    return {};
}

/// A token of five minutes is none for a server whose clock is ten minutes ahead.
QString clockReason(const QByteArray &date, qint64 nowMs)
{
    const QDateTime theirs = base::httpDate(date);
    const qint64 ahead = theirs.isValid() ? theirs.toMSecsSinceEpoch() - nowMs : 0;
    if (std::abs(ahead) < noticedMs)
        return {};
    return (ahead > 0 ? Words::tr("The server's clock is %1 s ahead of this machine's.")
                      : Words::tr("The server's clock is %1 s behind this machine's."))
        .arg(std::abs(ahead) / 1000);
}

} // namespace

QStringList reasonsIn(const RefusedToken &refused)
{
    const auto jws = auth::readJws(refused.token);
    const auto read = jws ? auth::readClaims(*jws) : base::failure(jws.error());
    const QJsonObject claims = read.value_or(QJsonObject());
    QStringList reasons{audienceReason(claims, refused.resource)};
    const QString issuer = claims.value("iss"_L1).toString();
    if (!issuer.isEmpty() && !refused.issuer.isEmpty() && issuer != refused.issuer)
        reasons.append(Words::tr("The token in hand is of %1, and %2 gave it (iss).")
                           .arg(word(issuer), word(refused.issuer)));
    reasons.append(timeReason(claims, refused.nowMs));
    reasons.append(clockReason(refused.date, refused.nowMs));
    reasons.removeAll(QString());
    return reasons;
}

} // namespace gatehouse::oauth
