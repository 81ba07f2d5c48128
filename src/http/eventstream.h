// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <functional>

namespace gatehouse::http {

/// The body of an answer that goes on: a text/event-stream (WHATWG HTML "Server-sent events"). Keeps the
/// connection alive with comments. Its end closes the connection. Server's thread.
class EventStream : public QObject
{
    Q_OBJECT

public:
    /// How bytes of the body reach the peer; made by its connection, which cuts off a peer that does not
    /// read.
    struct Wire
    {
        std::function<void(const QByteArray &)> write;
        std::function<void()> end;
    };
    explicit EventStream(Wire wire);
    ~EventStream() override;

    /// Whole events, with the empty line behind each. Nobody is told from within that the peer is gone.
    void write(const QByteArray &events);
    /// Ends the body. Nothing may be written afterwards.
    void end();

    static constexpr int keepAliveMs = 15'000;

private:
    Wire m_wire;
    QTimer m_keepAlive;
    bool m_isEnded = false;
};

} // namespace gatehouse::http
