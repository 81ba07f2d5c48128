// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/headers.h"

#include <QString>

namespace gatehouse::web {

/// The origin at which a client reached the proxy in front, as that says: by Forwarded (RFC 7239 §5), or by
/// the older X-Forwarded-Proto and -Host, with Host where only the scheme is said and Host names
/// no loopback. Of several proxies the one that stands nearest to the client. Empty where nothing says so, or
/// what does is no origin. Anybody can send it: it is good to tell a person, and no ground for a decision.
[[nodiscard]] QString forwardedOrigin(const base::Headers &headers);

} // namespace gatehouse::web
