// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/transport.h"
#include "protocol/eventstream.h"

#include <QByteArray>

#include <functional>

namespace gatehouse::mcp {

/// The way back to the sender of one HTTP request: one answer, or an event stream that may end with one. On
/// the dispatcher's thread only.
class Channel
{
public:
    virtual ~Channel() = default;

    /// Whether the peer takes an event stream; without it send() does nothing.
    [[nodiscard]] virtual bool canStream() const = 0;
    /// Whether the event stream has begun.
    [[nodiscard]] virtual bool isStreaming() const = 0;
    /// Begins the event stream if it has not begun. An event without data, id and retry only begins it.
    virtual void send(const protocol::Event &event) = 0;
    /// Ends it: as one JSON answer, or as the last event where a stream has begun. The first end counts.
    virtual void answer(const Outgoing &outgoing) = 0;
    /// Ends it without an answer: an event stream just closes. Needs canStream().
    virtual void end() = 0;

    /// Called at most once, when the peer has left before the end; never from within the functions above.
    std::function<void()> gone;
};

} // namespace gatehouse::mcp
