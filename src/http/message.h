// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QPair>

#include <functional>
#include <optional>

namespace gatehouse::http {

using Header = QPair<QByteArray, QByteArray>;
using Headers = QList<Header>;

/// All values of a header, in order; names compare without case.
[[nodiscard]] QList<QByteArray> valuesOf(const Headers &headers, QByteArrayView name);
/// The value of a header that may come once: nullopt when it is absent or came twice.
[[nodiscard]] std::optional<QByteArray> onlyValueOf(const Headers &headers, QByteArrayView name);

struct Request
{
    QByteArray method; ///< "GET", as it came.
    QByteArray path; ///< Percent-encoded, as it came, without the query.
    QByteArray query; ///< Without the question mark.
    Headers headers;
    QByteArray body;
    QHostAddress peer;
    quint16 peerPort = 0;
};

struct Response
{
    int status = 200;
    Headers headers; ///< Content-Type is application/json unless named here.
    QByteArray body;
};

[[nodiscard]] Response jsonResponse(int status, QByteArray body);
/// Value for a header may hold no control byte: one that does is dropped and reported, never written.
[[nodiscard]] bool isSafeHeaderValue(QByteArrayView value);

/// Takes the one answer to a request; may be called later, from the server's thread, also when the peer has
/// left.
using Respond = std::function<void(Response)>;
using Handler = std::function<void(const Request &, Respond)>;

} // namespace gatehouse::http
