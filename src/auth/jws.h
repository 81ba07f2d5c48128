// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/verdict.h"
#include "base/expected.h"

#include <QByteArray>
#include <QJsonObject>

namespace gatehouse::auth {

/// A compact JWS taken apart (RFC 7515 §7.1), not yet believed. Its payload may be anything; readClaims()
/// reads a JWT's.
struct Jws
{
    QJsonObject header = {};
    QByteArray payload = {};
    QByteArray signature = {};
    QByteArray signingInput = {}; ///< The first two parts with their dot.
    QString algorithm = {}; ///< header.alg
    QString keyId = {}; ///< header.kid; empty if absent.
};

/// Longest token that is looked at, in bytes.
inline constexpr qsizetype maximumTokenBytes = 16 * 1024;

/// Strict: three parts, exact base64url, a header that is JSON without duplicates and carries nothing that
/// changes how to verify. The error is TooLong, MalformedToken or UnsafeHeader.
[[nodiscard]] base::Expected<Jws, Reason> readJws(QByteArrayView token);

/// The payload as a JWT's claims set (RFC 7519 §7.2): one strict JSON object. The error is MalformedToken.
[[nodiscard]] base::Expected<QJsonObject, Reason> readClaims(const Jws &jws);

} // namespace gatehouse::auth
