// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace gatehouse::client {

/// Reads a text/event-stream (WHATWG HTML §9.2.6) in pieces as they come. Comments, events without data and
/// an event that the stream's end cuts off are left out.
class EventStream
{
public:
    /// The data of each event that this piece completes, in order.
    [[nodiscard]] QList<QByteArray> take(QByteArrayView piece);

private:
    void takeLine(QByteArrayView line, QList<QByteArray> &events);

    QByteArray m_line; ///< Not ended yet.
    QByteArray m_data; ///< Of the event not ended yet.
    bool m_hasData = false;
    bool m_endedInCr = false; ///< A line feed that comes next belongs to that line's end.
    bool m_isFirstLine = true;
};

} // namespace gatehouse::client
