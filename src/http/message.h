// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/headers.h"

#include <QByteArray>
#include <QHostAddress>

#include <concepts>
#include <functional>
#include <memory>

namespace gatehouse::http {

struct Request
{
    QByteArray method; ///< "GET", as it came.
    QByteArray path; ///< As it came, without the query.
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

class EventStream;

/// The way back of one request: takes the one answer, or makes it an event stream. May be used later, from
/// the server's thread, also when the peer has left.
class Respond
{
public:
    using Answer = std::function<void(Response)>;
    /// `head` is the answer without its body.
    using Stream = std::function<std::shared_ptr<EventStream>(const Response &head)>;
    /// Told with what went out in the answer's place because that was late, or with null: the peer has left.
    using Gone = std::function<void(const Response *instead)>;
    using WhenGone = std::function<void(Gone)>;

    template <typename Callable>
    requires std::convertible_to<Callable, Answer> Respond(Callable answer)
        : m_answer(std::move(answer))
    { }
    Respond(Answer answer, Stream stream, WhenGone whenGone)
        : m_answer(std::move(answer))
        , m_stream(std::move(stream))
        , m_whenGone(std::move(whenGone))
    { }
    Respond() = default;

    explicit operator bool() const { return !!m_answer; }
    void operator()(Response response) const { m_answer(std::move(response)); }
    [[nodiscard]] bool canStream() const { return !!m_stream; }
    /// Instead of an answer; needs canStream(). Null when the peer has left.
    [[nodiscard]] std::shared_ptr<EventStream> stream(const Response &head) const { return m_stream(head); }
    /// Calls `then` when no answer is wanted any more, at most once.
    void whenGone(Gone then) const
    {
        if (m_whenGone)
            m_whenGone(std::move(then));
    }

private:
    Answer m_answer;
    Stream m_stream;
    WhenGone m_whenGone;
};
using Handler = std::function<void(const Request &, Respond)>;

} // namespace gatehouse::http
