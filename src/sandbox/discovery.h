// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/realm.h"

namespace gatehouse::sandbox {

// The documents name only endpoints that work: a client believes them.
[[nodiscard]] http::Response authorizationServerMetadata(Realm &realm,
                                                         const http::Request &request); // RFC 8414
[[nodiscard]] http::Response openIdConfiguration(Realm &realm,
                                                 const http::Request &request); // OIDC Discovery 1.0
[[nodiscard]] http::Response keySet(Realm &realm, const http::Request &request); // RFC 7517 §5
/// POST /oauth2/register (RFC 7591 §3)
[[nodiscard]] http::Response registerClient(Realm &realm, const http::Request &request);

} // namespace gatehouse::sandbox
