// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/channel.h"

#include <QJsonArray>

#include <memory>
#include <vector>

namespace gatehouse::mcp {

/// The one answer to a batch of messages (JSON-RPC 2.0 §6; MCP 2025-03-26 only), gathered from the answers to
/// its parts. What parts send meanwhile goes out at once.
class Batch : public std::enable_shared_from_this<Batch>
{
public:
    [[nodiscard]] static std::shared_ptr<Batch> over(const std::shared_ptr<Channel> &whole);

    /// For the next message; each must be ended.
    [[nodiscard]] std::shared_ptr<Channel> part();
    /// There are no more messages: answers as soon as all parts have ended.
    void close();

private:
    class Part;
    explicit Batch(std::shared_ptr<Channel> whole)
        : m_whole(std::move(whole))
    { }
    void ended(const Outgoing &outgoing);
    void answerIfOver();

    std::shared_ptr<Channel> m_whole;
    std::vector<std::weak_ptr<Channel>> m_parts;
    QJsonArray m_answers;
    ResultKind m_outcome = ResultKind::None;
    int m_errorCode = 0;
    int m_open = 0;
    bool m_isClosed = false;
};

} // namespace gatehouse::mcp
