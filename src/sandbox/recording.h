// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "exchange/sink.h"
#include "http/tcpgate.h"

namespace gatehouse::sandbox {

/// Tells the sink that this request began, and wraps `respond` so that it tells of the end: with the
/// answer, or without one when it is dropped unanswered.
[[nodiscard]] http::Respond recorded(exchange::Sink *sink, quint64 id, const base::Clock &clock,
                                     const http::Request &request, http::Respond respond);

/// Tells the sink of a request that the HTTP server has refused already.
void recordRefused(exchange::Sink *sink, quint64 id, const base::Clock &clock, const http::Refused &refused);

} // namespace gatehouse::sandbox
