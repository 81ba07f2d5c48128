// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/headers.h"
#include "http/fault.h"
#include "http/limits.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <utility>

namespace gatehouse::http {

/// The head of a request as it came, checked (RFC 9112 §3 and §5).
struct RequestHead
{
    QByteArray method;
    QByteArray target; ///< Origin form: a path, perhaps with a query.
    bool isHttp10 = false;
    base::Headers headers;
    bool isChunked = false;
    qint64 contentLength = 0; ///< 0 also where none was named.
    bool expectsContinue = false;
    bool wantsClose = false; ///< By `Connection: close`, or by HTTP/1.0 without `keep-alive`.
};

/// Reads one request after another from the bytes of a connection, byte by byte exact and in any pieces: the
/// outcome does not depend on how they were cut. Nothing that was seen is looked at again, and nothing is
/// kept beyond the limits. Knows no sockets.
class RequestReader
{
public:
    enum class Stage {
        Line, ///< Before or within the request line.
        Fields,
        Body,
        Complete, ///< The request is there; next() begins another one.
        Refused, ///< For good: where the next request would begin is not known.
    };

    /// The limits outlive the reader.
    explicit RequestReader(const EdgeLimits &limits);

    /// Reads on. Returns how many bytes were taken: all of them, or fewer where the request is complete or
    /// refused, and at the end of a head that has a body: what becomes of that may depend on the head.
    qsizetype read(QByteArrayView bytes);
    /// Forgets the complete request and begins the next one. What both have in common is the same memory
    /// then.
    void next();

    [[nodiscard]] Stage stage() const { return m_stage; }
    [[nodiscard]] EdgeFault fault() const { return m_fault; } ///< Of stage Refused.
    /// Whether a byte of this request has come.
    [[nodiscard]] bool hasBegun() const { return m_hasBegun; }
    [[nodiscard]] const RequestHead &head() const { return m_head; } ///< Whole from stage Body on.
    [[nodiscard]] const QByteArray &body() const { return m_body; } ///< Whole at stage Complete.
    [[nodiscard]] QByteArray takeBody() { return std::exchange(m_body, {}); }

private:
    enum class Part { Size, Data, End, Trailers }; ///< Of a chunked body.

    /// The next line without its end, or null when it is not whole yet or was refused. Valid until the next
    /// call.
    struct LineRule
    {
        qsizetype most; ///< With its end.
        EdgeFault tooLong;
        EdgeFault malformed;
    };
    [[nodiscard]] std::optional<QByteArrayView> line(QByteArrayView bytes, qsizetype &at,
                                                     const LineRule &rule);

    void readRequestLine(QByteArrayView line);
    void readField(QByteArrayView line);
    void readFraming(QByteArrayView name, QByteArrayView value);
    void endFields();
    void readChunks(QByteArrayView bytes, qsizetype &at);
    void readChunkSize(QByteArrayView line);
    void takeData(QByteArrayView bytes, qsizetype &at);
    void refuse(EdgeFault fault);

    const EdgeLimits &m_limits;
    Stage m_stage = Stage::Line;
    EdgeFault m_fault = EdgeFault::None;
    bool m_hasBegun = false;
    int m_emptyLines = 0;
    bool m_hasHost = false;
    bool m_hasLength = false;
    RequestHead m_head;
    base::Headers m_before; ///< Of the request before: a client sends the same fields again and again.
    QByteArray m_body;
    QByteArray m_line; ///< What there is of a line that came in pieces.
    bool m_isLineUsed = false;
    bool m_hasCoding = false;
    bool m_mustClose = false;
    qsizetype m_fieldBytes = 0;
    qsizetype m_framingBytes = 0; ///< Of chunks: everything that is no data.
    qint64 m_left = 0; ///< Bytes of the body or of the chunk that are still to come.
    Part m_part = Part::Size;
};

} // namespace gatehouse::http
