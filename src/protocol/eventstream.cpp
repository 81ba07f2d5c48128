// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/eventstream.h"

#include "base/characters.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::protocol {

namespace {
constexpr qsizetype longestId = 1024;
}

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
        m_lastId = m_id;
        if ((m_hasData || !m_name.isEmpty()) && !std::exchange(m_hasEvent, true))
            m_firstName = m_name;
        if (!m_data.isEmpty() && (m_name.isEmpty() || m_name == "message"))
            events.append(m_data);
        m_data.clear();
        m_name.clear();
        m_hasData = false;
        return;
    }
    const qsizetype colon = line.indexOf(':');
    QByteArrayView value = colon < 0 ? QByteArrayView() : line.sliced(colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);
    takeField(colon < 0 ? line : line.first(colon), value);
}

void EventStreamReader::takeField(QByteArrayView name, QByteArrayView value)
{
    if (name == "data") {
        if (m_hasData)
            m_data += '\n';
        m_data += value;
        m_hasData = true;
    } else if (name == "event") {
        m_name = value.toByteArray();
    } else if (name == "id") {
        // One that no header can carry is none that anybody can come back with.
        if (value.size() <= longestId && base::isFieldValue(value))
            m_id = value.toByteArray();
    } else if (name == "retry") {
        const bool isNumber = !value.isEmpty() && value.size() <= 9
            && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (isNumber)
            m_retryMs = value.toInt();
    } // A comment has an empty name.
}

void EventStreamReader::begin()
{
    const EventStreamReader before = *this;
    *this = EventStreamReader();
    m_id = m_lastId = before.m_lastId;
    m_retryMs = before.m_retryMs;
}

} // namespace gatehouse::protocol
