// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/headers.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <utility>

namespace gatehouse::fetch {

/// Why what a server sent is no answer that can be used.
enum class ResponseFault {
    None,
    NoHttp, ///< It begins with something else than HTTP/1.0 or HTTP/1.1 and a status.
    HeadTooLarge, ///< More than ResponseReader::headBytes or ::fields.
    BadField, ///< A line of the head is no field (RFC 9112 §5), or has control characters.
    BadLength, ///< Content-Length is no number, or several that differ.
    UnknownCoding, ///< A Transfer-Encoding that is not chunked.
    BadChunk, ///< RFC 9112 §7.1
    TooManyInterim, ///< More 1xx answers than ::interims.
    Switched, ///< 101, which nobody asked for.
    EndedEarly, ///< The connection ended before the answer did.
};
/// In one English sentence.
[[nodiscard]] QString sentenceOf(ResponseFault fault);

struct ResponseHead
{
    int status = 0;
    base::Headers headers = {}; ///< In order, as they came; a folded line is one with a space.
};

/// Reads one answer after another from the bytes of a connection, in any pieces: the outcome does not depend
/// on how they were cut (RFC 9112). What a server may get wrong without doubt about what it means is
/// forgiven: lines that end with LF alone, empty ones before the answer, folded fields, equal lengths twice.
/// Keeps nothing of a body but the piece that was not taken yet. Knows no sockets.
class ResponseReader
{
public:
    static constexpr qsizetype headBytes = 256 * 1024; ///< With its line, its 1xx answers and its trailers.
    static constexpr qsizetype fields = 1000;
    static constexpr int interims = 16;

    enum class Stage {
        Line, ///< Before or within the status line, of a 1xx answer as well.
        Fields,
        Body,
        Complete, ///< next() begins another one.
        Refused, ///< For good.
    };

    /// The answer to a request of that method: after HEAD there is no body.
    explicit ResponseReader(QByteArrayView method) { next(method); }
    /// Forgets the complete answer and begins the next one.
    void next(QByteArrayView method);

    /// Reads on. Returns how many bytes were taken: all of them, unless the answer is complete or refused.
    qsizetype read(QByteArrayView bytes);
    /// The connection has ended: so does a body without a length, if it was closed and did not break.
    /// (Whether TLS was ended by its server or by somebody on the way, QSslSocket does not say.)
    void end(bool isClosed = true);

    [[nodiscard]] Stage stage() const { return m_stage; }
    [[nodiscard]] ResponseFault fault() const { return m_fault; } ///< Of stage Refused.
    /// Whether a byte of this answer has come.
    [[nodiscard]] bool hasBegun() const { return m_hasBegun; }
    [[nodiscard]] bool hasHead() const { return m_hasHead; }
    [[nodiscard]] const ResponseHead &head() const { return m_head; } ///< Once it hasHead().
    /// What has come of the body since the last time.
    [[nodiscard]] QByteArray takeBody() { return std::exchange(m_body, {}); }
    /// At stage Complete: whether the connection may carry another request.
    [[nodiscard]] bool keepsOpen() const { return m_keepsOpen; }

private:
    ResponseReader() = default;
    enum class Framing { None, Length, Chunked, UntilEnd };
    enum class Part { Size, Data, End, Trailers }; ///< Of a chunked body.

    /// The next line without its end; false while it is not whole, or where it was refused.
    [[nodiscard]] bool takeLine(QByteArrayView bytes, qsizetype &at, qsizetype most, ResponseFault tooLong);
    void readStatusLine();
    void readField();
    void endFields();
    void readConnection();
    void readFraming();
    void readChunked(QByteArrayView bytes, qsizetype &at);
    void readChunkSize();
    void takeData(QByteArrayView bytes, qsizetype &at);
    void complete();
    void refuse(ResponseFault fault);

    Stage m_stage = Stage::Line;
    ResponseFault m_fault = ResponseFault::None;
    bool m_hasBegun = false;
    bool m_hasHead = false;
    bool m_isHead = false; ///< The request was.
    bool m_isHttp10 = false;
    bool m_keepsOpen = false;
    ResponseHead m_head;
    QByteArray m_line; ///< What there is of one.
    QByteArray m_body;
    qsizetype m_headBytes = 0;
    int m_interims = 0;
    int m_strays = 0; ///< Line ends before the answer.
    Framing m_framing = Framing::None;
    Part m_part = Part::Size;
    quint64 m_left = 0; ///< Bytes of the body or of the chunk that are still to come.
};

} // namespace gatehouse::fetch
