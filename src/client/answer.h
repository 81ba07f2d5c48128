// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "base/fetch.h"
#include "client/mcpclient.h"
#include "protocol/eventstream.h"

#include <QJsonObject>

#include <optional>

namespace gatehouse::client {

/// Reads what comes back for one JSON-RPC request, as JSON or as an event stream, piece by piece: a stream
/// that the server holds open is left as soon as the answer is there.
class AnswerReader
{
public:
    explicit AnswerReader(qint64 id)
        : m_id(id)
    { }

    /// For base::FetchRequest::onBody: true once the answer has come.
    [[nodiscard]] bool feed(const base::FetchReply &head, QByteArrayView piece);
    /// The result, or an error of the transport, of HTTP, of the protocol or of the server.
    [[nodiscard]] base::Expected<Result, Error> result(const base::FetchResult &fetched) const;

private:
    qint64 m_id;
    QByteArray m_body; ///< Of an answer that is no stream.
    protocol::EventStreamReader m_stream;
    std::optional<QJsonObject> m_message; ///< The one of the stream that answers …
    QByteArray m_text; ///< … and as it is written.
    QString m_fault; ///< What is wrong with the stream; empty if nothing is.
};

/// The same for a notification, which wants a status of success and nothing else.
[[nodiscard]] base::Expected<void, Error> acceptanceOf(const base::FetchResult &fetched);

} // namespace gatehouse::client
