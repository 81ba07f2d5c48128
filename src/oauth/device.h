// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oauth/tokenrequest.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace gatehouse::oauth {

/// What a person is asked to do in a browser anywhere (RFC 8628 §3.2).
struct DeviceCode
{
    QByteArray device = {}; ///< What tokens are asked for with. A secret.
    QString user = {}; ///< What the person types; at most 64 characters that can be seen.
    QUrl address = {}; ///< Where: https, or http to loopback.
    QUrl whole = {}; ///< The same with the code in it; empty where the server gave none.
    int lifetimeMs = 0; ///< At most half an hour.
    int intervalMs = 0; ///< Between two questions, at least a second.
};

inline constexpr QLatin1StringView deviceGrantType{"urn:ietf:params:oauth:grant-type:device_code"};

/// RFC 8628 §3.1, with the resource.
[[nodiscard]] base::FetchRequest deviceRequest(const TokenWish &wish, qint64 nowMs,
                                               const base::Random &random);
/// The error explains.
[[nodiscard]] base::Expected<DeviceCode, Failure> readDeviceCode(const base::FetchReply &reply);
/// Whether the person has done it (RFC 8628 §3.4).
[[nodiscard]] base::FetchRequest deviceTokenRequest(const TokenWish &wish, const QByteArray &deviceCode,
                                                    qint64 nowMs, const base::Random &random);
/// How long to wait before it is asked again, after that answer; nullopt where it is the last word. A server
/// that says "slow_down", or that cannot be reached, is given more time (RFC 8628 §3.5).
[[nodiscard]] std::optional<int> nextIntervalMs(const Failure &answer, int intervalMs);

} // namespace gatehouse::oauth
