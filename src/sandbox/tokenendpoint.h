// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/realm.h"

namespace gatehouse::sandbox {

/// POST /oauth2/token (RFC 6749 §4.1.3 and §6): a code or a refresh token for tokens, as AuthKit answers.
[[nodiscard]] http::Response token(Realm &realm, const http::Request &request);
/// GET and POST /oauth2/userinfo (OpenID Connect Core §5.3): what the scopes of an access token open.
[[nodiscard]] http::Response userInfo(Realm &realm, const http::Request &request);

} // namespace gatehouse::sandbox
