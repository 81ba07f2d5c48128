// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "base/fetch.h"
#include "client/mcpclient.h"
#include "protocol/eventstream.h"

#include <QJsonObject>

#include <functional>
#include <optional>

namespace gatehouse::client {

/// Reads what comes back for one JSON-RPC request, as JSON or as an event stream, piece by piece: a stream
/// that the server holds open is left as soon as the answer is there. A stream may go on over another
/// connection.
class AnswerReader
{
public:
    /// Each message that comes beside the answer.
    using Heard = std::function<void(const QJsonObject &)>;
    explicit AnswerReader(qint64 id, Heard heard = {})
        : m_id(id)
        , m_heard(std::move(heard))
    { }

    /// For base::FetchRequest::onBody: true once the answer has come. The head is that of this connection.
    [[nodiscard]] bool feed(const base::FetchReply &head, QByteArrayView piece);
    /// The result, or an error of the transport, of HTTP, of the protocol or of the server.
    [[nodiscard]] base::Expected<Result, Error> result(const base::FetchResult &fetched) const;
    /// A stream ended, or broke, before the answer, and the server has named a place to come back to (MCP
    /// 2025-11-25 "Resumability and Redelivery").
    [[nodiscard]] bool canGoOn() const
    {
        return m_isStream && !m_message && !m_stream.lastEventId().isEmpty();
    }
    /// Whether anything of an answer has come.
    [[nodiscard]] bool hasBegun() const { return m_isStream || !m_body.isEmpty(); }
    [[nodiscard]] const protocol::EventStreamReader &stream() const { return m_stream; }
    /// The stream goes on over another connection.
    void begin();

private:
    bool take(const QByteArray &data);
    bool takeMessage(const QJsonObject &message, const QByteArray &text);

    qint64 m_id;
    Heard m_heard;
    QByteArray m_body; ///< Of an answer that is no stream.
    protocol::EventStreamReader m_stream;
    bool m_isStream = false;
    std::optional<QJsonObject> m_message; ///< The one of the stream that answers …
    QByteArray m_text; ///< … and as it is written.
    QString m_fault; ///< What was wrong with an event first; empty if nothing was.
};

/// The error of a message or a task; nullopt where it has none.
[[nodiscard]] std::optional<Error> rpcErrorIn(const QJsonObject &object, int status);

/// The same for a notification, which wants a status of success and nothing else.
[[nodiscard]] base::Expected<void, Error> acceptanceOf(const base::FetchResult &fetched);

} // namespace gatehouse::client
