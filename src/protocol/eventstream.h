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

/// Reads a stream in pieces as they come. Comments, events without data and an event that the stream's end
/// cuts off are left out.
class EventStreamReader
{
public:
    /// The data of each event that this piece completes, in order.
    [[nodiscard]] QList<QByteArray> feed(QByteArrayView piece);

private:
    void takeLine(QByteArrayView line, QList<QByteArray> &events);

    QByteArray m_line; ///< Not ended yet.
    QByteArray m_data; ///< Of the event not ended yet.
    bool m_hasData = false;
    bool m_endedInCr = false; ///< A line feed that comes next belongs to that line's end.
    bool m_isFirstLine = true;
};

} // namespace gatehouse::protocol
