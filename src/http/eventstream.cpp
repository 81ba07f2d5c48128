// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/eventstream.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::http {

EventStream::EventStream(Wire wire)
    : m_wire(std::move(wire))
{
    m_keepAlive.setParent(this);
    connect(&m_keepAlive, &QTimer::timeout, this, [this] { write(":\n\n"_ba); });
    m_keepAlive.start(keepAliveMs);
}

EventStream::~EventStream()
{
    end();
}

void EventStream::write(const QByteArray &events)
{
    if (m_isEnded)
        return;
    m_keepAlive.start();
    m_wire.write(events);
}

void EventStream::end()
{
    if (std::exchange(m_isEnded, true))
        return;
    m_keepAlive.stop();
    m_wire.end();
}

} // namespace gatehouse::http
