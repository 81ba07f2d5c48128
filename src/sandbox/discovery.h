// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/realm.h"

namespace gatehouse::sandbox {

// The documents name only endpoints that work: a client believes them.
void authorizationServerMetadata(Realm &realm, const http::Request &request,
                                 const http::Respond &respond); // RFC 8414
void openIdConfiguration(Realm &realm, const http::Request &request,
                         const http::Respond &respond); // OIDC Discovery 1.0
void keySet(Realm &realm, const http::Request &request, const http::Respond &respond); // RFC 7517 §5

} // namespace gatehouse::sandbox
