// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/requestreader.h"

#include <functional>

namespace gatehouse {

/// What a reader made of the bytes of a connection.
struct ReadRequests
{
    struct One
    {
        QByteArray method;
        QByteArray target;
        base::Headers headers;
        QByteArray body;
        bool wantsClose = false;
        bool operator==(const One &) const = default;
    };
    QList<One> requests;
    http::RequestReader::Stage stage = http::RequestReader::Stage::Line; ///< Where it stands at the end.
    http::EdgeFault fault = http::EdgeFault::None;
    qsizetype taken = 0; ///< Bytes up to there.
    bool operator==(const ReadRequests &) const = default;
};

/// Has the bytes read in pieces: `pieceAt` says how long the one that begins there is. Ends, as a connection
/// does, with a request that wants to be the last.
inline ReadRequests readRequests(const QByteArray &bytes, const http::EdgeLimits &limits,
                                 const std::function<qsizetype(qsizetype at)> &pieceAt)
{
    using Stage = http::RequestReader::Stage;
    http::RequestReader reader(limits);
    ReadRequests out;
    qsizetype at = 0;
    bool isLast = false;
    while (at < bytes.size() && reader.stage() != Stage::Refused && !isLast) {
        QByteArray piece = bytes.mid(at, pieceAt(at)); // A copy, so that reading beyond it is seen.
        piece.squeeze();
        at += piece.size();
        QByteArrayView rest = piece;
        while (!rest.isEmpty() && reader.stage() != Stage::Refused && !isLast) {
            const qsizetype took = reader.read(rest);
            rest = rest.sliced(took);
            out.taken += took;
            if (reader.stage() == Stage::Complete) {
                const http::RequestHead &head = reader.head();
                out.requests.append({head.method, head.target, head.headers, reader.body(), head.wantsClose});
                isLast = head.wantsClose;
                if (!isLast)
                    reader.next();
            }
        }
    }
    out.stage = reader.stage();
    out.fault = reader.fault();
    return out;
}

} // namespace gatehouse
