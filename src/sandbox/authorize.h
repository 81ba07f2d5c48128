// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/realm.h"

namespace gatehouse::sandbox {

/// GET /oauth2/authorize (RFC 6749 §4.1.1, RFC 7636, RFC 8707): the sign-in page, or the way back with an
/// error.
/// Where the client is named by the address of its document, that is read first.
void authorize(Realm &realm, const http::Request &request, const http::Respond &respond);
/// POST /oauth2/authorize: what the person chose on that page.
[[nodiscard]] http::Response decide(Realm &realm, const http::Request &request);
/// GET /oauth2/error: where AuthKit sends a browser that it cannot send back to the client.
[[nodiscard]] http::Response showError(Realm &realm, const http::Request &request);

} // namespace gatehouse::sandbox
