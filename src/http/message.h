// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/headers.h"

#include <QByteArray>
#include <QHostAddress>

#include <functional>

namespace gatehouse::http {

struct Request
{
    QByteArray method; ///< "GET", as it came.
    QByteArray
        path; ///< Percent-encoded, without the query; escapes that stand for plain letters are resolved.
    QByteArray query; ///< Without the question mark.
    base::Headers headers;
    QByteArray body;
    QHostAddress peer;
    quint16 peerPort = 0;
};

struct Response
{
    int status = 200;
    base::Headers headers; ///< Content-Type is application/json unless named here.
    QByteArray body;
};

[[nodiscard]] Response jsonResponse(int status, QByteArray body);

/// Takes the one answer to a request; may be called later, from the server's thread, also when the peer has
/// left.
using Respond = std::function<void(Response)>;
using Handler = std::function<void(const Request &, Respond)>;

} // namespace gatehouse::http
