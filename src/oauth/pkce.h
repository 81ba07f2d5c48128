// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"

#include <QByteArray>

namespace gatehouse::oauth {

/// The secret of one authorization and what may be shown of it (RFC 7636, method S256).
struct Pkce
{
    QByteArray verifier; ///< 43 characters of base64url.
    QByteArray challenge;
};

[[nodiscard]] Pkce makePkce(const base::Random &random);

/// An unguessable `state`: 32 random bytes. QtNetworkAuth's own has eight characters.
[[nodiscard]] QByteArray makeState(const base::Random &random);

} // namespace gatehouse::oauth
