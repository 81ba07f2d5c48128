// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <memory>

struct evp_pkey_st;

namespace gatehouse::keys {

/// A private key in memory: signs the sandbox's tokens, those of the tests, and what our own client says of
/// itself. Made on any thread (RSA-2048 takes 70–190 ms), read-only after that.
class SigningKey
{
public:
    /// From OpenSSL's generator, for that algorithm (algorithm.h). An RSA key comes with a self-signed
    /// certificate that begins at `nowMs`. The error is a sentence.
    [[nodiscard]] static base::Expected<SigningKey, QString>
    generate(const QString &keyId, qint64 nowMs, const QString &algorithm = QStringLiteral("RS256"));

    /// A private key that somebody has in a file (PKCS #8, or the older forms of RSA and EC), for that
    /// algorithm. One with a passphrase cannot be used. It has no id. The error is a sentence that holds
    /// nothing of the key.
    [[nodiscard]] static base::Expected<SigningKey, QString> fromPem(const QByteArray &pem,
                                                                     const QString &algorithm);

    [[nodiscard]] QString keyId() const { return m_keyId; }
    /// The public half: kty, kid, use, alg, the key's numbers and, as AuthKit has it for RSA, x5c and
    /// x5t#S256 (RFC 7517 §4).
    [[nodiscard]] QJsonObject publicJwk() const { return m_publicJwk; }
    /// A compact JWS of the payload (RFC 7515 §7.1). `header` is taken as given, so that faults can be made
    /// on purpose.
    [[nodiscard]] QByteArray sign(const QJsonObject &header, const QByteArray &payload) const;
    /// By the key's own algorithm over any bytes.
    [[nodiscard]] QByteArray signature(QByteArrayView input) const;

private:
    QString m_keyId;
    QString m_algorithm;
    QJsonObject m_publicJwk;
    std::shared_ptr<evp_pkey_st> m_key;
};

} // namespace gatehouse::keys
