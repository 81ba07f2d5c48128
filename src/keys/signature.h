// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keys/jwk.h"

#include <QByteArrayView>
#include <QString>

namespace gatehouse::keys {

enum class SignatureAnswer {
    Good, ///< By this key, over these bytes.
    Bad,
    KeyMismatch, ///< The key is not meant for this algorithm.
    UnknownAlgorithm, ///< None of those in algorithm.h.
};

/// Verifies a JWS signature. The key decides what it may be used for; the algorithm is only what the sender
/// claims.
[[nodiscard]] SignatureAnswer verifySignature(const QString &algorithm, const Jwk &key, QByteArrayView input,
                                              QByteArrayView signature);

} // namespace gatehouse::keys
