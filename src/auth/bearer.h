// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/gate.h"
#include "base/expected.h"

namespace gatehouse::auth {

/// The one token of a request (RFC 6750 §2.1), or NoToken, WrongScheme, MalformedHeader, TokenInQuery,
/// TooLong.
[[nodiscard]] base::Expected<QByteArray, Reason> readBearer(const Credentials &credentials);

} // namespace gatehouse::auth
