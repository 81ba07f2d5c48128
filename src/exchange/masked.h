// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/headers.h"
#include "exchange/exchange.h"

#include <QByteArray>
#include <QString>

namespace gatehouse::exchange {

/// What every server of ours does to a request or an answer before it is recorded.

/// Names and values with all secrets masked.
[[nodiscard]] base::Headers maskedHeaders(const base::Headers &headers);
/// Masked, and cut after the bytes that are ever shown.
[[nodiscard]] Body maskedBody(const QByteArray &body);
inline constexpr qsizetype shownBodyBytes = 256 * 1024;

/// "curl 8.5.0" from "curl/8.5.0 (x86_64) libcurl".
[[nodiscard]] QString productOf(const base::Headers &headers);

} // namespace gatehouse::exchange
