// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/realm.h"

namespace gatehouse::sandbox {

/// Whether a request may use the control endpoint: a loopback peer, no Origin, and `Gatehouse-Control: 1`,
/// which no page can send without asking first. Host has been judged before. The error is the refusal.
[[nodiscard]] base::Expected<void, http::Response> judgeControl(const http::Request &request);

/// POST /sandbox/token {"user","organization","scope","resource","ttl"} → {"access_token","expires_in"}
[[nodiscard]] http::Response controlToken(Realm &realm, const http::Request &request);
/// POST /sandbox/rotate-keys {"keepOld"} → {"kid","keys"}
void controlRotateKeys(Realm &realm, const http::Request &request, const http::Respond &respond);

} // namespace gatehouse::sandbox
