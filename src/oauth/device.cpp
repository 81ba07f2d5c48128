// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/device.h"

#include "base/mask.h"
#include "oauth/browser.h"
#include "oauth/document.h"
#include "oauth/tokens.h"
#include "oauth/words.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

constexpr int longestMs = 30 * 60 * 1000;
constexpr int shortestMs = 1000;
constexpr int usualMs = 5000;
constexpr int slowerMs = 5000;
constexpr int longestIntervalMs = 60'000;
constexpr qsizetype maximumUserCode = 64;

Failure unusable(const QString &why)
{
    return failureOf(FailureCode::DeviceUnusable, {why});
}

/// Seconds as a number or, as some write them, a text; `usual` where there are none.
int millisecondsOf(const QJsonValue &value, int usual)
{
    const double seconds = value.toVariant().toDouble();
    return seconds > 0 && std::isfinite(seconds) ? int(std::min(seconds, 86'400.0) * 1000) : usual;
}

bool isUserCode(const QString &code)
{
    return !code.isEmpty() && code.size() <= maximumUserCode
        && std::all_of(code.begin(), code.end(),
                       [](QChar c) { return c.unicode() > 0x20 && c.unicode() < 0x7f; });
}

} // namespace

base::FetchRequest deviceRequest(const TokenWish &wish, qint64 nowMs, const base::Random &random)
{
    TokenWish there = wish;
    there.server.tokenEndpoint = wish.server.deviceEndpoint;
    web::Form form;
    if (!wish.scopes.isEmpty())
        form.add(u"scope"_s, wish.scopes.join(u' '));
    return tokenRequest(there, form, nowMs, random);
}

base::Expected<DeviceCode, Failure> readDeviceCode(const base::FetchReply &reply)
{
    if (const auto refused = refusalIn(reply.status, reply.body))
        return base::failure(*refused);
    const QJsonObject json = withoutNulls(readDocument(reply.body).value_or(QJsonObject()));
    DeviceCode code;
    code.device = json.value("device_code"_L1).toString().toUtf8();
    if (!isTokenText(code.device))
        return base::failure(unusable(Words::tr("it has no device_code.")));
    code.user = json.value("user_code"_L1).toString();
    if (!isUserCode(code.user))
        return base::failure(unusable(Words::tr("it has no user_code that could be typed.")));
    // Google calls it so, from before the RFC.
    const QJsonValue address = json.value("verification_uri"_L1);
    code.address = QUrl((address.isUndefined() ? json.value("verification_url"_L1) : address).toString(),
                        QUrl::StrictMode);
    if (!mayOpen(code.address))
        return base::failure(unusable(Words::tr("its verification_uri is none that may be opened.")));
    const QUrl whole(json.value("verification_uri_complete"_L1).toString(), QUrl::StrictMode);
    code.whole = mayOpen(whole) ? whole : QUrl();
    code.lifetimeMs = std::min(millisecondsOf(json.value("expires_in"_L1), longestMs), longestMs);
    code.intervalMs
        = std::clamp(millisecondsOf(json.value("interval"_L1), usualMs), shortestMs, longestIntervalMs);
    return code;
}

base::FetchRequest deviceTokenRequest(const TokenWish &wish, const QByteArray &deviceCode, qint64 nowMs,
                                      const base::Random &random)
{
    web::Form form;
    form.add(u"grant_type"_s, deviceGrantType);
    form.add(u"device_code"_s, QString::fromUtf8(deviceCode));
    return tokenRequest(wish, form, nowMs, random);
}

std::optional<int> nextIntervalMs(const Failure &answer, int intervalMs)
{
    if (answer.error == "authorization_pending")
        return intervalMs;
    if (answer.error == "slow_down")
        return std::min(intervalMs + slowerMs, longestIntervalMs);
    if (answer.kind == Failure::Kind::Unreachable)
        return std::min(intervalMs * 2, longestIntervalMs);
    return std::nullopt;
}

} // namespace gatehouse::oauth
