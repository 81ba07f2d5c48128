// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace gatehouse::protocol {

/// One event of an event stream (WHATWG HTML §9.2).
struct Event
{
    QByteArray data = {}; ///< One line of JSON, or empty.
    QByteArray id = {}; ///< Empty: none.
    int retryMs = -1; ///< Negative: none.
};

/// As it is sent, with the empty line behind it; nothing for an event that says nothing.
[[nodiscard]] QByteArray textOf(const Event &event);

/// Reads a stream in pieces as they come. Comments, events without data, those of another name than "message"
/// and an event that the stream's end cuts off are left out: none of them is MCP's.
class EventStreamReader
{
public:
    /// The data of each event that this piece completes, in order.
    [[nodiscard]] QList<QByteArray> feed(QByteArrayView piece);
    /// The id of the last event that was whole and had one, of any name; empty without one. It can be sent as
    /// Last-Event-ID.
    [[nodiscard]] const QByteArray &lastEventId() const { return m_lastId; }
    /// How long to wait before coming back; negative where the server does not say.
    [[nodiscard]] int retryMs() const { return m_retryMs; }
    /// How the first event that was whole calls itself, whether it is MCP's or not; empty where it has no
    /// name.
    [[nodiscard]] const QByteArray &firstName() const { return m_firstName; }
    /// The stream goes on over another connection: what was cut off is forgotten, the rest counts.
    void begin();

private:
    void takeLine(QByteArrayView line, QList<QByteArray> &events);
    void takeField(QByteArrayView name, QByteArrayView value);

    QByteArray m_line; ///< Not ended yet.
    QByteArray m_data; ///< Of the event not ended yet.
    QByteArray m_name;
    QByteArray m_firstName;
    bool m_hasEvent = false;
    QByteArray m_id;
    QByteArray m_lastId;
    int m_retryMs = -1;
    bool m_hasData = false;
    bool m_endedInCr = false; ///< A line feed that comes next belongs to that line's end.
    bool m_isFirstLine = true;
};

} // namespace gatehouse::protocol
