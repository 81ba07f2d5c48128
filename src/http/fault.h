// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace gatehouse::http {

/// Why a request never became one: what the edge refuses before anybody looks at its meaning (RFC 9112).
enum class EdgeFault {
    None,
    BadLine, ///< No request line (§3), or one that ends with a bare LF.
    LineTooLong,
    UnknownMethod, ///< Also TRACE and CONNECT, which have no use here.
    BadTarget, ///< Not the origin form (§3.2.1).
    BadVersion, ///< Neither HTTP/1.1 nor HTTP/1.0.
    BadField, ///< No name, no colon, whitespace or control bytes in the wrong place, a folded line (§5).
    FieldsTooLarge,
    TooManyFields,
    NoHost, ///< HTTP/1.1 needs one (§3.2).
    RepeatedHost,
    BadLength, ///< Content-Length that is no number or comes twice (§6.2).
    LengthAndCoding, ///< Content-Length with Transfer-Encoding (§6.1), or the latter in HTTP/1.0.
    UnknownCoding, ///< Transfer-Encoding that is not exactly `chunked`.
    BadChunk, ///< §7.1
    BadExpectation, ///< Expect that is not `100-continue` (RFC 9110 §10.1.1).
    BodyTooLarge,
    HeadTooSlow,
    BodyTooSlow,
    AnswerTooSlow, ///< Ours: the answer did not come in time.
    TooManyConnections,
    TooMuchUnfinished, ///< All unfinished bodies together are too large, and this was the largest.
};

/// The status of the answer; 0 for None.
[[nodiscard]] int statusOf(EdgeFault fault);
/// One safe sentence for the wire; empty for None.
[[nodiscard]] QByteArray describe(EdgeFault fault);
/// The enum's name as machines read it: "bad_line"; empty for None.
[[nodiscard]] QByteArray faultName(EdgeFault fault);

} // namespace gatehouse::http
