// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/exchange.h"

#include <QString>

namespace gatehouse::inspector {

/// The request as a command for a shell. The token is `$TOKEN`; other secrets are masked as everywhere, so
/// that it can be passed on. `resource` is the server's address as published.
[[nodiscard]] QString curlOf(const exchange::Exchange &exchange, const QString &resource);

/// The story of one exchange as Markdown for an issue tracker: sentence, request, claims with their checks.
[[nodiscard]] QString reportOf(const exchange::Exchange &exchange);

/// Request line or status, headers and body as they went over the wire, secrets masked.
[[nodiscard]] QString requestText(const exchange::Exchange &exchange);
[[nodiscard]] QString responseText(const exchange::Exchange &exchange);

} // namespace gatehouse::inspector
