// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/connection.h"

#include "http/eventstream.h"
#include "http/responsewriter.h"
#include "http/tcpgate.h"

#include <QPointer>
#include <QScopeGuard>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::http {

namespace {

constexpr qsizetype pieceBytes = 64 * 1024; ///< Read at once, and held of what comes too early.
constexpr qsizetype socketBytes = 256 * 1024; ///< Handed to the socket before it has sent them.
constexpr std::chrono::milliseconds drainTime{500};

/// The request for QHttpServer, whose own reader finds nothing that it could take for something else. The
/// fields and the body stay here: whether it is taken in is decided by whom QHttpServer hands this to.
QByteArray forwarded(const RequestHead &head)
{
    return head.method + ' ' + head.target + " HTTP/1.1\r\n\r\n";
}

} // namespace

Connection::Connection(TcpGate *gate, qintptr descriptor, quint64 number)
    : QObject(gate)
    , m_gate(gate)
    , m_reader(gate->limits())
    , m_number(number)
{
    m_socket.setParent(this);
    if (!m_socket.setSocketDescriptor(descriptor))
        return;
    m_socket.setReadBufferSize(pieceBytes);
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_peer = m_socket.peerAddress();
    m_peerPort = m_socket.peerPort();
    become(State::Fresh);
    connect(&m_socket, &QTcpSocket::readyRead, this, [this] { read(); });
    connect(&m_socket, &QTcpSocket::bytesWritten, this, [this] {
        m_progressAt = m_gate->now();
        pump();
    });
    // In a turn of its own: whoever writes must not hear from within that the peer is gone.
    connect(
        &m_socket, &QTcpSocket::disconnected, this, [this] { onSocketDisconnected(); }, Qt::QueuedConnection);
}

Connection::~Connection()
{
    hold(0);
    m_out.clear();
    m_outBytes = 0;
    countUnread();
    if (m_inner)
        m_inner->leave();
}

InnerSocket *Connection::makeInner(QTcpServer *listener)
{
    return m_inner = new InnerSocket(m_socket, listener);
}

void Connection::hold(qsizetype bytes)
{
    if (bytes != m_held)
        m_gate->holds(bytes - std::exchange(m_held, bytes));
}

Request Connection::requestSoFar() const
{
    const RequestHead &head = m_reader.head();
    const qsizetype query = head.target.indexOf('?');
    Request out;
    out.method = head.method;
    out.path = query < 0 ? head.target : head.target.first(query);
    out.query = query < 0 ? QByteArray() : head.target.sliced(query + 1);
    out.headers = head.headers;
    out.peer = m_peer;
    out.peerPort = m_peerPort;
    out.begunAt = m_begunAt;
    return out;
}

void Connection::become(State state)
{
    const EdgeLimits &limits = m_gate->limits();
    const auto longest = [&]() -> std::chrono::milliseconds {
        switch (state) {
        case State::Fresh:
            return limits.firstByte;
        case State::Idle:
            return limits.idle;
        case State::Head:
            return limits.head;
        case State::Body:
            return limits.body;
        case State::Judging:
        case State::Answering:
            return limits.answer;
        case State::Sending:
            return limits.reading;
        case State::Draining:
            return drainTime;
        case State::Streaming:
        case State::Gone:
            break;
        }
        return std::chrono::milliseconds::max();
    }();
    m_state = state;
    m_deadline
        = longest == std::chrono::milliseconds::max() ? longest.count() : m_gate->now() + longest.count();
}

void Connection::checkTime(qint64 now)
{
    const EdgeLimits &limits = m_gate->limits();
    const qint64 patience = limits.reading.count() + m_outBytes * 1000 / limits.slowestBytesPerSecond;
    if (m_state == State::Streaming && m_outBytes > 0 && now - m_progressAt > patience)
        return onSocketDisconnected();
    if (now < m_deadline)
        return;
    switch (m_state) {
    case State::Head:
        return refuse(EdgeFault::HeadTooSlow);
    case State::Body:
        return refuse(EdgeFault::BodyTooSlow);
    case State::Judging:
    case State::Answering:
        return refuse(EdgeFault::AnswerTooSlow);
    case State::Fresh:
    case State::Idle:
    case State::Sending:
    case State::Draining:
        return abort();
    case State::Streaming:
    case State::Gone:
        return;
    }
}

void Connection::read()
{
    thread_local std::array<char, pieceBytes> buffer;
    // While an answer is under way reading goes on, because that is how a peer that leaves is noticed; beyond
    // one piece the peer has to wait.
    const qsizetype room = pieceBytes - m_pending.size();
    if (m_state == State::Gone || room <= 0)
        return;
    const qint64 length = m_socket.read(buffer.data(), room);
    if (length < 0)
        return onSocketDisconnected();
    if (length == 0)
        return;
    const QByteArrayView bytes(buffer.data(), length);
    if (m_state == State::Idle && (m_kept || !m_pending.isEmpty())) {
        m_pending += bytes; // Behind what waits for goOn().
        return;
    }
    switch (m_state) {
    case State::Judging:
    case State::Answering:
    case State::Sending:
        m_pending += bytes;
        return;
    case State::Streaming:
        // Nothing may come on this connection any more, but for the line ends that some write behind a
        // request (RFC 9112 §2.2).
        if (std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == '\r' || c == '\n'; }))
            return;
        return onSocketDisconnected();
    case State::Draining:
    case State::Gone:
        return;
    default:
        return feed(bytes);
    }
}

void Connection::feed(QByteArrayView bytes)
{
    if (m_state == State::Fresh || m_state == State::Idle) {
        become(State::Head);
        m_begunAt = std::chrono::steady_clock::now();
    }
    const qsizetype took = m_reader.read(bytes);
    switch (m_reader.stage()) {
    case RequestReader::Stage::Line:
    case RequestReader::Stage::Fields:
        return;
    case RequestReader::Stage::Body:
    case RequestReader::Stage::Complete:
        break;
    case RequestReader::Stage::Refused:
        return refuse(m_reader.fault());
    }
    if (m_state == State::Head) {
        m_pending = bytes.sliced(took).toByteArray();
        return deliver();
    }
    hold(m_reader.body().size()); // It may be the one too many.
    if (m_state != State::Body || m_reader.stage() != RequestReader::Stage::Complete)
        return;
    m_pending = bytes.sliced(took).toByteArray();
    handOver();
}

/// The body is there.
void Connection::handOver()
{
    become(State::Answering);
    hold(0); // It is its reader's from here on.
    if (const auto then = std::exchange(m_body, nullptr))
        then(m_reader.takeBody());
}

void Connection::takeBody(quint64 number, Standing standing, Respond::Body then)
{
    if (number != m_request || m_state != State::Judging)
        return;
    if (standing == Standing::Admitted)
        m_standing = standing;
    m_body = std::move(then);
    if (m_reader.stage() == RequestReader::Stage::Complete)
        return handOver();
    become(State::Body);
    if (m_pending.isEmpty() && m_reader.head().expectsContinue)
        send("HTTP/1.1 100 Continue\r\n\r\n"_ba);
    const QPointer<Connection> alive(this);
    if (!m_pending.isEmpty())
        feed(std::exchange(m_pending, {}));
    if (alive && m_state == State::Body)
        read(); // What was too much to hold waits there without a signal.
}

void Connection::deliver()
{
    become(State::Judging);
    ++m_request;
    m_isTaken = false;
    m_mustClose = m_reader.head().wantsClose;
    {
        const QPointer<Connection> alive(this);
        const auto outer = std::exchange(m_gate->m_current, this);
        if (m_inner)
            m_inner->give(forwarded(m_reader.head()));
        if (!alive)
            return;
        m_gate->m_current = outer;
    }
    if (!m_isTaken && m_state == State::Judging)
        refuse(EdgeFault::BadLine); // QHttpServer could not read it.
}

void Connection::keepResponder(std::shared_ptr<void> kept)
{
    m_isTaken = true;
    m_kept = std::move(kept);
}

void Connection::answer(quint64 number, const Response &response)
{
    if (number != m_request || (m_state != State::Judging && m_state != State::Answering))
        return;
    m_gone = nullptr;
    // Where the next request would begin is known only once the body is read.
    if (m_reader.stage() != RequestReader::Stage::Complete || m_gate->isRetiring())
        m_mustClose = true;
    const RequestHead &request = m_reader.head();
    const Persistence persistence = m_mustClose ? Persistence::Close
        : request.isHttp10                      ? Persistence::KeepAlive
                                                : Persistence::Implied;
    const QByteArray head = headOf(response, Framing::Length, persistence);
    const bool hasBody = request.method != "HEAD";
    become(State::Sending);
    m_deadline += response.body.size() * 1000 / m_gate->limits().slowestBytesPerSecond;
    // One write for what is small; what is large is not copied.
    if (hasBody && response.body.size() > pieceBytes) {
        queue(head);
        queue(response.body);
    } else {
        queue(hasBody ? head + response.body : head);
    }
    pump();
}

std::shared_ptr<EventStream> Connection::stream(quint64 request, const Response &head)
{
    if (request != m_request || (m_state != State::Judging && m_state != State::Answering))
        return nullptr;
    m_standing = Standing::Admitted;
    become(State::Streaming);
    m_mustClose = true;
    m_isChunked = !m_reader.head().isHttp10;
    Response response = head;
    response.headers.prepend({"Content-Type"_ba, "text/event-stream"_ba});
    send(headOf(response, m_isChunked ? Framing::Chunked : Framing::UntilClose, Persistence::Close));
    const QPointer<Connection> self(this);
    return std::make_shared<EventStream>(EventStream::Wire{
        [self](const QByteArray &bytes) {
            if (self)
                self->streamed(bytes);
        },
        [self] {
            if (self)
                self->endStream();
        },
    });
}

void Connection::onDisconnected(quint64 request, Respond::Disconnected then)
{
    if (request == m_request && isWithHandler())
        m_gone = std::move(then);
}

bool Connection::isWithHandler() const
{
    return m_state == State::Judging || m_state == State::Body || m_state == State::Answering
        || m_state == State::Streaming;
}

void Connection::streamed(const QByteArray &bytes)
{
    if (m_state != State::Streaming || bytes.isEmpty())
        return;
    // What was there before counts, and not what comes now: a reader who goes on reading gets it, however
    // large it is.
    const EdgeLimits &limits = m_gate->limits();
    const qsizetype waiting = m_outBytes + m_socket.bytesToWrite();
    if (waiting == 0)
        m_progressAt = m_gate->now();
    const bool isStalled = m_gate->now() - m_progressAt >= limits.stalled.count();
    if (waiting > limits.backlogBytes && isStalled) {
        QMetaObject::invokeMethod(
            this, [this] { onSocketDisconnected(); }, Qt::QueuedConnection);
        return;
    }
    if (m_isChunked)
        queueChunk(bytes);
    else
        queue(bytes);
    pump();
    countUnread();
}

/// Large ones are not copied.
void Connection::queueChunk(const QByteArray &bytes)
{
    if (bytes.size() <= pieceBytes)
        return queue(chunkOf(bytes));
    queue(QByteArray::number(bytes.size(), 16) + "\r\n");
    queue(bytes);
    queue("\r\n"_ba);
}

void Connection::countUnread()
{
    const qsizetype unread = m_state == State::Streaming ? m_outBytes : 0;
    if (unread != m_unread)
        m_gate->leavesUnread(unread - std::exchange(m_unread, unread));
}

void Connection::endStream()
{
    if (m_state != State::Streaming)
        return;
    m_gone = nullptr;
    become(State::Sending);
    countUnread();
    m_deadline += m_outBytes * 1000 / m_gate->limits().slowestBytesPerSecond;
    if (m_isChunked)
        queue(chunkOf({}));
    pump();
}

void Connection::queue(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    m_out.append(bytes);
    m_outBytes += bytes.size();
}

void Connection::send(const QByteArray &bytes)
{
    queue(bytes);
    pump();
}

void Connection::pump()
{
    // Flushing tells of what was written, and so comes back here.
    if (std::exchange(m_isPumping, true))
        return;
    const auto done = qScopeGuard([this] { m_isPumping = false; });
    while (!m_out.isEmpty() && m_socket.bytesToWrite() < socketBytes) {
        const QByteArray &first = m_out.first();
        const qsizetype length = std::min(first.size() - m_outAt, socketBytes);
        const qint64 written = m_socket.write(first.constData() + m_outAt, length);
        if (written <= 0)
            return; // It is gone, and we shall hear of it.
        m_outAt += written;
        m_outBytes -= written;
        if (m_outAt == first.size()) {
            m_out.removeFirst();
            m_outAt = 0;
        }
        // Now and not in the next turn: it is faster, and a peer may have said all it had to say.
        m_socket.flush();
    }
    countUnread();
    if (m_state == State::Sending && m_outBytes == 0 && m_socket.bytesToWrite() == 0)
        sent();
}

/// The answer is out.
void Connection::sent()
{
    hold(0);
    if (m_mustClose || m_gate->isRetiring())
        return close();
    become(State::Idle);
    m_reader.next();
    if (m_kept || !m_pending.isEmpty())
        QMetaObject::invokeMethod(
            this, [this] { goOn(); }, Qt::QueuedConnection);
}

/// The last answer is out.
void Connection::close()
{
    char more;
    if (m_reader.stage() != RequestReader::Stage::Complete || !m_pending.isEmpty()
        || m_socket.read(&more, 1) > 0)
        return drain();
    m_socket.disconnectFromHost();
    onSocketDisconnected();
}

/// In a turn of its own: QHttpServer has to finish with the last request, and other connections get theirs.
void Connection::goOn()
{
    m_kept.reset();
    if (m_state != State::Idle)
        return;
    if (!m_pending.isEmpty())
        feed(std::exchange(m_pending, {}));
    read(); // What was too much to hold waits there without a signal.
}

void Connection::refuse(EdgeFault fault)
{
    if (m_state == State::Draining || m_state == State::Gone)
        return;
    const Response response = jsonResponse(statusOf(fault), R"({"error":")" + describe(fault) + R"("})");
    // Who has it already tells of it; else nobody has heard of this request.
    if (m_gone)
        tellGone({fault, response});
    else if (fault != EdgeFault::AnswerTooSlow && m_gate->m_refused)
        m_gate->m_refused({fault, requestSoFar(), response});
    m_mustClose = true;
    send(headOf(response, Framing::Length, Persistence::Close) + response.body);
    drain();
}

/// Closing at once would have the system reset the connection if anything came that nobody read, and the peer
/// would never see the answer.
void Connection::drain()
{
    hold(0);
    m_body = nullptr;
    m_reader.next(); // Nothing is read any more: what was, is let go.
    m_pending = {};
    become(State::Draining);
    m_socket.skip(m_socket.bytesAvailable()); // A full buffer would tell of nothing more.
}

void Connection::abort()
{
    m_socket.abort();
    onSocketDisconnected();
}

void Connection::onSocketDisconnected()
{
    if (m_state == State::Gone)
        return;
    tellGone({});
    become(State::Gone);
    countUnread();
    m_body = nullptr;
    m_socket.abort();
    hold(0);
    m_gate->remove(this);
}

void Connection::tellGone(const Cut &cut)
{
    if (const auto then = std::exchange(m_gone, nullptr))
        then(cut);
}

} // namespace gatehouse::http
