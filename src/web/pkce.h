// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace gatehouse::web {

/// PKCE with S256 (RFC 7636), for who sends it and for who checks it.

/// 43 to 128 unreserved characters (§4.1).
[[nodiscard]] bool isCodeVerifier(QByteArrayView text);

/// What base64url makes of a SHA-256 (§4.2), and of nothing else.
[[nodiscard]] bool isCodeChallenge(QByteArrayView text);

[[nodiscard]] QByteArray codeChallengeOf(QByteArrayView verifier);

} // namespace gatehouse::web
