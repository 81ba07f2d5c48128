// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/channel.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QList>

#include <functional>
#include <optional>

namespace gatehouse::test {

/// A peer that keeps what it is sent.
class Collected : public mcp::Channel
{
public:
    explicit Collected(bool takesStreams = true)
        : m_takesStreams(takesStreams)
    { }

    bool canStream() const override { return m_takesStreams; }
    bool isStreaming() const override { return hasBegun; }
    void send(const protocol::Event &event) override
    {
        hasBegun = true;
        if (!event.data.isEmpty() || !event.id.isEmpty() || event.retryMs >= 0)
            events.append(event);
    }
    void answer(const mcp::Outgoing &outgoing) override
    {
        ++ends;
        outgoing_ = outgoing;
        if (hasBegun)
            events.append({outgoing.body, outgoing.eventId});
    }
    void end() override { ++ends; }

    void leave()
    {
        if (const auto then = std::exchange(gone, nullptr))
            then();
    }
    [[nodiscard]] const mcp::Outgoing &outgoing() const { return outgoing_; }
    [[nodiscard]] QJsonObject body() const { return QJsonDocument::fromJson(outgoing_.body).object(); }
    /// The JSON of the events, without those that have none.
    [[nodiscard]] QList<QJsonObject> messages() const
    {
        QList<QJsonObject> all;
        for (const protocol::Event &event : events) {
            if (!event.data.isEmpty())
                all.append(QJsonDocument::fromJson(event.data).object());
        }
        return all;
    }

    QList<protocol::Event> events;
    bool hasBegun = false; ///< As an event stream.
    int ends = 0; ///< One is right.

private:
    bool m_takesStreams;
    mcp::Outgoing outgoing_;
};

} // namespace gatehouse::test
