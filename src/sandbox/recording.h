// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "exchange/exchange.h"
#include "http/message.h"

namespace gatehouse::sandbox {

/// Tells the observer that this request began, and wraps `respond` so that it tells of the end: with the
/// answer, or without one when it is dropped unanswered.
[[nodiscard]] http::Respond recorded(exchange::ExchangeObserver *observer, quint64 id,
                                     const base::Clock &clock, const http::Request &request,
                                     http::Respond respond);

} // namespace gatehouse::sandbox
