// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/innersocket.h"
#include "http/message.h"
#include "http/requestreader.h"

#include <QObject>
#include <QPointer>
#include <QTcpSocket>

#include <functional>
#include <memory>

QT_BEGIN_NAMESPACE
class QTcpServer;
QT_END_NAMESPACE

namespace gatehouse::http {

class TcpGate;

/// One connection of a peer: bytes become whole requests for QHttpServer, one at a time, and answers become
/// bytes. What peers may not do is refused here; what takes too long ends here. Gate's thread.
class Connection : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Fresh, ///< Not a byte has come.
        Idle, ///< Between an answer and the next request.
        Head, ///< Within the request line and the fields.
        Judging, ///< The head is with the handler, who has not let the request in yet.
        Body,
        Answering, ///< The request is with the handler.
        Streaming, ///< The answer has begun and goes on.
        Sending, ///< The answer is there and the peer has not taken all of it.
        Draining, ///< The last answer is out; what still comes is dropped, for a moment.
        Gone,
    };

    /// Takes the descriptor; to be used only if isOpen() afterwards.
    Connection(TcpGate *gate, qintptr descriptor, quint64 number);
    ~Connection() override;

    [[nodiscard]] bool isOpen() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    /// What QHttpServer is given of it; made once, and QHttpServer's from then on.
    [[nodiscard]] InnerSocket *makeInner(QTcpServer *listener);
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] quint64 number() const { return m_number; } ///< In the order in which they were accepted.
    [[nodiscard]] const QHostAddress &peer() const { return m_peer; }
    [[nodiscard]] quint16 peerPort() const { return m_peerPort; }
    /// Bytes of a request's body that are held here.
    [[nodiscard]] qsizetype heldBytes() const { return m_held; }
    /// Bytes of an event stream that its reader has not taken yet.
    [[nodiscard]] qsizetype unreadBytes() const { return m_unread; }
    /// When its reader took something last, in ms.
    [[nodiscard]] qint64 progressAt() const { return m_progressAt; }
    /// Admitted once a request of it was let in.
    [[nodiscard]] Standing standing() const { return m_standing; }

    /// The request as far as it was read.
    [[nodiscard]] Request requestSoFar() const;
    /// The request that QHttpServer is given at this moment. Its number is what an answer must name: a late
    /// one for another request is dropped.
    [[nodiscard]] const RequestHead &head() const { return m_reader.head(); }
    [[nodiscard]] quint64 request() const { return m_request; }
    /// Somebody answers it. `kept`, which may be null, lives until that is done and QHttpServer was told.
    void keepResponder(std::shared_ptr<void> kept);
    /// Ends `kept` at once, for QHttpServer's own end.
    void releaseResponder() { m_kept.reset(); }

    void answer(quint64 request, const Response &response);
    /// Null when that is too late.
    [[nodiscard]] std::shared_ptr<EventStream> stream(quint64 request, const Response &head);
    void onDisconnected(quint64 request, Respond::Disconnected then);
    void takeBody(quint64 request, Standing standing, Respond::Body then);

    /// Answers with the fault and ends. Whoever watches the gate hears of it.
    void refuse(EdgeFault fault);
    /// Ends without a word.
    void abort();
    /// Ends what has taken too long at this time.
    void checkTime(qint64 now);

private:
    void become(State state);
    void read();
    void feed(QByteArrayView bytes);
    void goOn();
    void deliver();
    void handOver();
    void queue(const QByteArray &bytes);
    void queueChunk(const QByteArray &bytes);
    void countUnread();
    void send(const QByteArray &bytes);
    void pump();
    void hold(qsizetype bytes);
    void sent();
    void close();
    void drain();
    void onSocketDisconnected();
    void tellGone(const Cut &cut);
    [[nodiscard]] bool isWithHandler() const;
    void streamed(const QByteArray &bytes);
    void endStream();

    TcpGate *m_gate;
    QTcpSocket m_socket;
    QHostAddress m_peer;
    quint16 m_peerPort = 0;
    std::chrono::steady_clock::time_point m_begunAt; ///< The first byte of the request that is read.
    QPointer<InnerSocket> m_inner;
    RequestReader m_reader;
    quint64 m_number;
    State m_state = State::Fresh;
    qint64 m_deadline = 0;
    qsizetype m_held = 0;
    quint64 m_request = 0;
    bool m_isTaken = false;
    bool m_mustClose = false; ///< After this answer.
    bool m_isPumping = false;
    bool m_isChunked = false; ///< The stream.
    Standing m_standing = Standing::Stranger;
    std::shared_ptr<void> m_kept;
    Respond::Body m_body; ///< Who waits for it.
    Respond::Disconnected m_gone;
    QByteArray m_pending; ///< What came while a request was being answered.
    QList<QByteArray> m_out; ///< What the socket has not taken yet.
    qsizetype m_outAt = 0; ///< Bytes of the first of them that it has.
    qsizetype m_outBytes = 0;
    qsizetype m_unread = 0; ///< As the gate counts it.
    qint64 m_progressAt = 0;
};

} // namespace gatehouse::http
