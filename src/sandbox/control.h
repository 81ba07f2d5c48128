// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/realm.h"

namespace gatehouse::sandbox {

/// Whether a request may use the control endpoint: a loopback peer, no Origin, and the header
/// `Gatehouse-Control`, which no page can send without asking first; a private sandbox wants the secret of
/// its run there instead. Host has been judged before. The error is the refusal.
[[nodiscard]] base::Expected<void, http::Response> judgeControl(const Realm &realm,
                                                                const http::Request &request);

/// POST /sandbox/token {"user","organization","scope","resource","ttl","flaw"} →
/// {"access_token","expires_in"}. `flaw` makes one that must be refused: "issuer", "algorithm", "signature",
/// "key" or "early".
[[nodiscard]] http::Response controlToken(Realm &realm, const http::Request &request);
/// POST /sandbox/fail {"registration-off": true, …} → all failures and whether they are on. Names as in
/// Faults.
[[nodiscard]] http::Response controlFail(Realm &realm, const http::Request &request);
/// POST /sandbox/rotate-keys {"keepOld"} → {"kid","keys"}
void controlRotateKeys(Realm &realm, const http::Request &request, const http::Respond &respond);

} // namespace gatehouse::sandbox
