// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <memory>

struct evp_pkey_st;

namespace gatehouse::keys {

/// A public key of an issuer that has been checked for use (RFC 7517, RFC 7518 §6, RFC 8037 §2).
struct Jwk
{
    QString keyId;
    QString keyType; ///< kty
    QString curve; ///< crv; empty for RSA.
    QString algorithm; ///< alg; empty if the key names none.
    QString use; ///< use; empty if the key names none.
    QJsonObject json; ///< As it came: public members only.
    std::shared_ptr<evp_pkey_st> key;

    /// Whether the key may verify signatures of that algorithm: by its type and curve and, if it names one,
    /// by its own `alg`.
    [[nodiscard]] bool fits(const QString &algorithmName) const;
};

/// Builds the key, or says why it may not be used: private or symmetric members, weak size, odd exponent, …
[[nodiscard]] base::Expected<Jwk, QString> readJwk(const QJsonObject &json);

/// What an issuer publishes (RFC 7517 §5).
struct JwkSet
{
    struct Skipped
    {
        QString keyId;
        QString why; ///< As readJwk() says it.
    };
    QList<Jwk> keys; ///< The usable ones.
    QList<Skipped> skipped;

    /// The key of that name: among several the one that fits the algorithm. A token without a name (empty) is
    /// only unambiguous where there is one key. Null if there is none.
    [[nodiscard]] const Jwk *find(const QString &keyId, const QString &algorithm) const;
    /// Why the key of that name was skipped; empty if none was.
    [[nodiscard]] QString whySkipped(const QString &keyId) const;
};

/// Reads a set. Keys of no use to us are skipped, also both of two different keys of one type that share
/// their name: which of them is meant would be a guess. The error is a sentence.
[[nodiscard]] base::Expected<JwkSet, QString> readJwkSet(QByteArrayView body);

} // namespace gatehouse::keys
