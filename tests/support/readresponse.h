// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fetch/responsereader.h"

#include <algorithm>
#include <functional>

namespace gatehouse {

/// What a reader makes of a connection's bytes, cut as `pieceAt` says, and of its end.
struct ReadResponse
{
    fetch::ResponseFault fault = fetch::ResponseFault::None;
    bool isComplete = false;
    int status = 0;
    base::Headers headers = {};
    QByteArray body = {};
    bool keepsOpen = false;
    qsizetype left = 0; ///< Bytes that were not taken.

    bool operator==(const ReadResponse &) const = default;
};

inline ReadResponse readResponse(const QByteArray &bytes, const std::function<qsizetype(qsizetype)> &pieceAt,
                                 QByteArrayView method = "GET", bool ends = true)
{
    using Stage = fetch::ResponseReader::Stage;
    fetch::ResponseReader reader(method);
    ReadResponse out;
    qsizetype at = 0;
    while (at < bytes.size() && reader.stage() != Stage::Complete && reader.stage() != Stage::Refused) {
        const qsizetype piece = std::min(pieceAt(at), bytes.size() - at);
        at += reader.read(QByteArrayView(bytes).sliced(at, piece));
        out.body += reader.takeBody();
    }
    if (ends)
        reader.end();
    out.fault = reader.fault();
    out.isComplete = reader.stage() == Stage::Complete;
    if (reader.hasHead()) {
        out.status = reader.head().status;
        out.headers = reader.head().headers;
    }
    out.keepsOpen = out.isComplete && reader.keepsOpen();
    out.left = out.isComplete ? bytes.size() - at : 0;
    return out;
}

} // namespace gatehouse
