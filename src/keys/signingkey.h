// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <memory>

struct evp_pkey_st;

namespace gatehouse::keys {

/// A private RSA key that lives no longer than the program: signs the sandbox's tokens. Made on any thread
/// (RSA-2048 takes 70–190 ms), read-only after that.
class SigningKey
{
public:
    /// From OpenSSL's generator, with a self-signed certificate that begins at `nowMs`. The error is
    /// OpenSSL's sentence.
    [[nodiscard]] static base::Expected<SigningKey, QString> generate(const QString &keyId, qint64 nowMs);

    [[nodiscard]] QString keyId() const { return m_keyId; }
    /// The public half as AuthKit publishes it: kty, n, e, kid, use, alg, x5c and x5t#S256 (RFC 7517 §4).
    [[nodiscard]] QJsonObject publicJwk() const { return m_publicJwk; }
    /// A compact JWS of the payload (RFC 7515 §7.1). `header` is taken as given, so that faults can be made
    /// on purpose.
    [[nodiscard]] QByteArray sign(const QJsonObject &header, const QByteArray &payload) const;
    /// RS256 over any bytes.
    [[nodiscard]] QByteArray signature(QByteArrayView input) const;

private:
    QString m_keyId;
    QJsonObject m_publicJwk;
    std::shared_ptr<evp_pkey_st> m_key;
};

} // namespace gatehouse::keys
