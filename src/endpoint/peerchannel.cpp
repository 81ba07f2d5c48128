// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/peerchannel.h"

#include "http/eventstream.h"
#include "protocol/eventstream.h"
#include "web/mediatype.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::endpoint {

Endpoint::PeerChannel::PeerChannel(Endpoint *endpoint, Shared pending)
    : m_endpoint(endpoint)
    , m_pending(std::move(pending))
    , m_canStream(m_pending->respond.canStream()
                  && web::accepts(m_pending->request.headers, "text/event-stream"))
{ }

void Endpoint::PeerChannel::send(const protocol::Event &event)
{
    if (!m_canStream || m_isOver || !m_endpoint || !begin())
        return;
    const QByteArray text = protocol::textOf(event);
    m_pending->recording.streamed(text);
    m_stream->write(text);
}

void Endpoint::PeerChannel::answer(const mcp::Outgoing &outgoing)
{
    if (std::exchange(m_isOver, true) || !m_endpoint)
        return;
    m_pending->recording.cameTo(outgoing.outcome, outgoing.rpcErrorCode);
    if (m_stream) {
        const QByteArray text = protocol::textOf({outgoing.body, outgoing.eventId});
        m_pending->recording.streamed(text);
        m_stream->write(text);
        return over();
    }
    http::Response response = http::jsonResponse(outgoing.status, outgoing.body);
    if (!outgoing.sessionId.isEmpty())
        response.headers.append({"Mcp-Session-Id"_ba, outgoing.sessionId});
    // Else a load balancer, which reads no bodies, cannot know where it lives.
    if (!outgoing.taskId.isEmpty())
        response.headers.append({"Gatehouse-Task"_ba, outgoing.taskId});
    m_endpoint->answer(m_pending, std::move(response));
}

void Endpoint::PeerChannel::end()
{
    if (std::exchange(m_isOver, true) || !m_endpoint || !begin())
        return;
    over();
}

void Endpoint::PeerChannel::onDisconnected()
{
    if (std::exchange(m_isOver, true))
        return;
    if (const auto then = std::exchange(gone, nullptr))
        then();
}

void Endpoint::PeerChannel::begunByPatience()
{
    if (m_canStream && !m_isOver && m_endpoint)
        begin();
}

bool Endpoint::PeerChannel::begin()
{
    if (m_stream)
        return true;
    if (std::exchange(m_pending->isAnswered, true))
        return false;
    http::Response head;
    head.headers.append({"X-Accel-Buffering"_ba, "no"_ba}); // A proxy that gathers the answer would hold it.
    m_endpoint->addHeaders(*m_pending, head);
    m_pending->recording.began(head);
    m_stream = m_pending->respond.stream(head);
    return !!m_stream;
}

void Endpoint::PeerChannel::over()
{
    m_stream->end();
    m_endpoint->m_open.remove(m_pending->id);
    m_pending->recording.end();
}

} // namespace gatehouse::endpoint
