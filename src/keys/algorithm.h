// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>
#include <QString>
#include <QStringList>

namespace gatehouse::keys {

/// A JWS signature algorithm (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864 §2.2) and the only kind of key that it
/// fits.
struct Algorithm
{
    enum class Scheme {
        Pkcs1, ///< RSASSA-PKCS1-v1_5 (RFC 7518 §3.3)
        Pss, ///< RSASSA-PSS, salt as long as the hash (§3.5)
        Ecdsa, ///< r and s, each as long as the curve's numbers (§3.4)
        EdDsa, ///< Ed25519 (RFC 8032 §5.1)
    };
    QLatin1StringView name;
    Scheme scheme;
    QLatin1StringView hash; ///< OpenSSL's name; empty where the scheme has its own.
    QLatin1StringView keyType; ///< kty
    QLatin1StringView curve; ///< crv; empty for RSA.
};

/// The algorithm of that exact name, or null: for `none`, HMAC and whatever else no public key can verify.
[[nodiscard]] const Algorithm *algorithmNamed(const QString &name);

/// The names of all that are built in, RS256 first.
[[nodiscard]] QStringList algorithmNames();

} // namespace gatehouse::keys
