// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"

namespace gatehouse::http {

/// What is behind the head of an answer (RFC 9112 §6).
enum class Framing {
    Length, ///< The body, whose length is named.
    Chunked, ///< Chunks.
    UntilClose, ///< Whatever comes until the connection ends; for HTTP/1.0.
};

/// What is said of the connection (RFC 9112 §9.3).
enum class Persistence {
    Implied, ///< It goes on, as HTTP/1.1 has it.
    KeepAlive, ///< It goes on, and HTTP/1.0 must be told.
    Close,
};

/// The status line and the header fields with the empty line behind them. Fields with control characters are
/// left out with a warning: nothing that came from elsewhere may split an answer.
[[nodiscard]] QByteArray headOf(const Response &response, Framing framing, Persistence persistence);

/// One chunk (RFC 9112 §7.1); the last one if the bytes are empty.
[[nodiscard]] QByteArray chunkOf(const QByteArray &bytes);

} // namespace gatehouse::http
