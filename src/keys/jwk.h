// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <memory>

struct evp_pkey_st;

namespace gatehouse::keys {

/// A public key of an issuer that has been checked for use (RFC 7517, RFC 7518 §6): RSA of 2048–8192 bits
/// here.
struct Jwk
{
    QString keyId;
    QString keyType; ///< kty
    QString algorithm; ///< alg; empty if the key names none.
    QString use; ///< use; empty if the key names none.
    QJsonObject json; ///< As it came: public members only.
    std::shared_ptr<evp_pkey_st> key;
};

/// Builds the key, or says why it may not be used: private or symmetric members, weak size, odd exponent, …
[[nodiscard]] base::Expected<Jwk, QString> readJwk(const QJsonObject &json);

/// Every usable key of a set; the others are left out and named in `skipped`.
[[nodiscard]] base::Expected<QList<Jwk>, QString> readJwkSet(QByteArrayView body,
                                                             QStringList *skipped = nullptr);

} // namespace gatehouse::keys
