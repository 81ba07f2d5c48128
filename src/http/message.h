// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/headers.h"
#include "http/fault.h"

#include <QByteArray>
#include <QHostAddress>

#include <chrono>
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
    QByteArray body; ///< Empty where a handler is given only the head (Respond::takeBody()).
    QHostAddress peer;
    quint16 peerPort = 0;
    std::chrono::steady_clock::time_point begunAt
        = {}; ///< Its first byte came; the epoch where nobody knows.
};

struct Response
{
    int status = 200;
    base::Headers headers; ///< Content-Type is application/json unless named here.
    QByteArray body;
};

[[nodiscard]] Response jsonResponse(int status, QByteArray body);

class EventStream;

/// Why no answer is wanted any more.
struct Cut
{
    EdgeFault fault = EdgeFault::None; ///< None: the peer has left.
    Response instead = {}; ///< What went out, else.
};

/// Who sends a request, as far as is known.
enum class Standing {
    Stranger, ///< Makes room for others where that is scarce.
    Admitted, ///< Was let in.
};

/// How a body comes that is not read yet; see Respond.
struct BodyIntake
{
    using Body = std::function<void(QByteArray)>;
    std::function<void(Standing, Body)> take = {};
    qint64 bytes = 0; ///< As the head says; negative where it does not.
};

/// The way back of one request: takes the one answer, or makes it an event stream. May be used later, from
/// the server's thread, also when the peer has left.
class Respond
{
public:
    using Answer = std::function<void(Response)>;
    /// `head` is the answer without its body.
    using Stream = std::function<std::shared_ptr<EventStream>(const Response &head)>;
    using Disconnected = std::function<void(const Cut &cut)>;
    using OnDisconnected = std::function<void(Disconnected)>;
    using Body = BodyIntake::Body;

    template <typename Callable>
    requires std::convertible_to<Callable, Answer> Respond(Callable answer)
        : m_answer(std::move(answer))
    { }
    Respond(Answer answer, Stream stream, OnDisconnected onDisconnected, BodyIntake intake = {})
        : m_answer(std::move(answer))
        , m_stream(std::move(stream))
        , m_onDisconnected(std::move(onDisconnected))
        , m_intake(std::move(intake))
    { }
    Respond() = default;

    explicit operator bool() const { return !!m_answer; }
    void operator()(Response response) const { m_answer(std::move(response)); }
    [[nodiscard]] bool canStream() const { return !!m_stream; }
    /// Instead of an answer; needs canStream(). Null when the peer has left.
    [[nodiscard]] std::shared_ptr<EventStream> stream(const Response &head) const { return m_stream(head); }
    /// Whether the request's body is still to be taken in; else it is in the request.
    [[nodiscard]] bool hasIntake() const { return !!m_intake.take; }
    /// How long the body is as its head says; negative where it does not say so.
    [[nodiscard]] qint64 bodyBytes() const { return m_intake.bytes; }
    /// Has the body taken in, of which nothing is read before, and calls `then` with it, once, at once or
    /// later. Never where the peer leaves or breaks a limit meanwhile: then onDisconnected() tells.
    void takeBody(Standing standing, Body then) const { m_intake.take(standing, std::move(then)); }
    /// Calls `then` when no answer is wanted any more, at most once.
    void onDisconnected(Disconnected then) const
    {
        if (m_onDisconnected)
            m_onDisconnected(std::move(then));
    }

private:
    Answer m_answer;
    Stream m_stream;
    OnDisconnected m_onDisconnected;
    BodyIntake m_intake;
};
/// Gets each request as soon as its head is there, with an empty body.
using Handler = std::function<void(const Request &, Respond)>;
/// The same for a handler that wants whole requests and lets everybody in.
[[nodiscard]] Handler wholeRequests(Handler handler);

} // namespace gatehouse::http
