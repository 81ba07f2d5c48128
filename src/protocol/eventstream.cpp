// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/eventstream.h"

using namespace Qt::StringLiterals;

namespace gatehouse::protocol {

QByteArray textOf(const Event &event)
{
    QByteArray text;
    if (!event.id.isEmpty())
        text += "id: " + event.id + '\n';
    if (event.retryMs >= 0)
        text += "retry: " + QByteArray::number(event.retryMs) + '\n';
    // An event without data has an empty one where it carries an id: else the id would not count.
    if (!event.data.isEmpty() || !text.isEmpty())
        text += event.data.isEmpty() ? "data:\n"_ba : "data: " + event.data + '\n';
    return text.isEmpty() ? text : text + '\n';
}

QList<QByteArray> EventStreamReader::feed(QByteArrayView piece)
{
    QList<QByteArray> events;
    for (const char c : piece) {
        const bool belongsToCr = m_endedInCr && c == '\n';
        m_endedInCr = c == '\r';
        if (belongsToCr)
            continue;
        if (c != '\n' && c != '\r') {
            m_line += c;
            continue;
        }
        takeLine(m_line, events);
        m_line.clear();
        m_isFirstLine = false;
    }
    return events;
}

void EventStreamReader::takeLine(QByteArrayView line, QList<QByteArray> &events)
{
    if (m_isFirstLine && line.startsWith("\xEF\xBB\xBF"))
        line = line.sliced(3);
    if (line.isEmpty()) {
        if (!m_data.isEmpty())
            events.append(m_data);
        m_data.clear();
        m_hasData = false;
        return;
    }
    const qsizetype colon = line.indexOf(':');
    const QByteArrayView field = colon < 0 ? line : line.first(colon);
    if (field != "data")
        return; // A comment has an empty name; event, id and retry do not matter for one answer.
    QByteArrayView value = colon < 0 ? QByteArrayView() : line.sliced(colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);
    if (m_hasData)
        m_data += '\n';
    m_data += value;
    m_hasData = true;
}

} // namespace gatehouse::protocol
