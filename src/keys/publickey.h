// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QJsonObject>
#include <QString>

#include <memory>

struct evp_pkey_st;

namespace gatehouse::keys {

/// OpenSSL's key from a JWK's members, or a sentence that says why it may not be used: RSA (RFC 7518 §6.3) of
/// 2048–8192 bits with an odd exponent and without the ROCA flaw, EC (§6.2) on P-256, P-384 or P-521 with the
/// point on the curve, OKP (RFC 8037 §2) with Ed25519.
[[nodiscard]] base::Expected<std::shared_ptr<evp_pkey_st>, QString> publicKeyOf(const QJsonObject &jwk);

} // namespace gatehouse::keys
