// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoint/endpoint.h"
#include "endpoint/recording.h"
#include "mcp/channel.h"
#include "protocol/eventstream.h"

#include <QDeadlineTimer>
#include <QPointer>

namespace gatehouse::endpoint {

/// One request on its way: shared by the callbacks that carry it from one step to the next.
struct Endpoint::PendingRequest
{
    quint64 id = 0;
    http::Request request;
    http::Respond respond;
    Recording recording;
    Place place = Place::Nowhere;
    mcp::Incoming incoming = {};
    std::weak_ptr<PeerChannel> channel = {}; ///< Once the protocol has it.
    /// Then its answer begins as a stream, if it can; for ever, where it is not awaited.
    QDeadlineTimer waitsUntil{QDeadlineTimer::Forever};
    quint64 rules = 0; ///< What it was judged by: m_rules at that time.
    bool hasBody = false; ///< It is in the request.
    bool isDescribed = false; ///< What it calls is known, or need not be.
    bool isForeign = false; ///< Turned away for its Host or Origin: no page there may read the answer.
    bool isAnswered = false;
};

/// The protocol's way back to one peer: as an answer, or as an event stream from the first event on.
class Endpoint::PeerChannel : public mcp::Channel
{
public:
    PeerChannel(Endpoint *endpoint, Shared pending);

    bool canStream() const override { return m_canStream; }
    bool isStreaming() const override { return !!m_stream; }
    void send(const protocol::Event &event) override;
    void answer(const mcp::Outgoing &outgoing) override;
    void end() override;

    /// Nobody is there any more, or the answer was late.
    void onDisconnected();
    /// The answer takes long: its head goes out, so that nobody on the way gives up.
    void begunByPatience();

private:
    bool begin();
    void over();

    QPointer<Endpoint> m_endpoint;
    Shared m_pending;
    std::shared_ptr<http::EventStream> m_stream;
    bool m_canStream;
    bool m_isOver = false;
};

} // namespace gatehouse::endpoint
