// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/batch.h"

#include "base/json.h"
#include "protocol/eventstream.h"

#include <utility>

namespace gatehouse::mcp {

class Batch::Part : public Channel
{
public:
    explicit Part(std::shared_ptr<Batch> batch)
        : m_batch(std::move(batch))
    { }
    bool canStream() const override { return m_batch && m_batch->m_whole->canStream(); }
    bool isStreaming() const override { return m_batch && m_batch->m_whole->isStreaming(); }
    void send(const protocol::Event &event) override
    {
        if (m_batch)
            m_batch->m_whole->send(event);
    }
    void answer(const Outgoing &outgoing) override
    {
        if (const auto batch = std::exchange(m_batch, nullptr))
            batch->ended(outgoing);
    }
    void end() override { answer({}); }

private:
    std::shared_ptr<Batch> m_batch;
};

std::shared_ptr<Batch> Batch::over(const std::shared_ptr<Channel> &whole)
{
    const std::shared_ptr<Batch> made(new Batch(whole));
    whole->gone = [weak = std::weak_ptr(made)] {
        const auto batch = weak.lock();
        for (const auto &one : batch ? batch->m_parts : std::vector<std::weak_ptr<Channel>>()) {
            const auto part = one.lock();
            if (const auto gone = part ? std::exchange(part->gone, nullptr) : nullptr)
                gone();
        }
    };
    return made;
}

std::shared_ptr<Channel> Batch::part()
{
    ++m_open;
    const auto part = std::make_shared<Part>(shared_from_this());
    m_parts.push_back(part);
    return part;
}

void Batch::close()
{
    m_isClosed = true;
    answerIfOver();
}

void Batch::ended(const Outgoing &outgoing)
{
    --m_open;
    if (!outgoing.body.isEmpty())
        m_answers.append(base::readJson(outgoing.body).value_or(QJsonValue()));
    // For the record the worst of the parts stands for all.
    if (outgoing.outcome > m_outcome) {
        m_outcome = outgoing.outcome;
        m_errorCode = outgoing.rpcErrorCode;
    }
    answerIfOver();
}

void Batch::answerIfOver()
{
    if (!m_isClosed || m_open > 0)
        return;
    if (m_answers.isEmpty())
        m_whole->answer({202});
    else
        m_whole->answer({200, base::writeJson(m_answers), {}, m_outcome, m_errorCode});
}

} // namespace gatehouse::mcp
