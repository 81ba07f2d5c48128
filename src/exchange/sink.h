// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/exchange.h"

#include <QList>

#include <algorithm>

namespace gatehouse::exchange {

/// Whoever watches what passes: a window, printed lines, a file. Called on the server's thread; each exchange
/// begins once and ends exactly once, with the same id. A hook that takes long makes every peer wait.
class Sink
{
public:
    Sink() = default;
    Q_DISABLE_COPY_MOVE(Sink)
    virtual ~Sink() = default;
    virtual void began(const Exchange &exchange) = 0;
    /// A few times at most between the two, with what is known by then: its call was read and takes longer,
    /// its answer has begun as a stream. Its outcome is Running still.
    virtual void streams(const Exchange &exchange) { Q_UNUSED(exchange) }
    virtual void ended(const Exchange &exchange) = 0;
    /// How many bytes of one body it can use now; more is cut off. What nobody can use is not masked, either.
    [[nodiscard]] virtual qsizetype bodyBudget() const { return 0; }
};

/// Any number of them as one. They are told in the order in which they were added, and outlive it.
class Sinks : public Sink
{
public:
    void add(Sink *sink) { m_all.append(sink); }

    void began(const Exchange &exchange) override
    {
        for (Sink *sink : std::as_const(m_all))
            sink->began(exchange);
    }
    void streams(const Exchange &exchange) override
    {
        for (Sink *sink : std::as_const(m_all))
            sink->streams(exchange);
    }
    void ended(const Exchange &exchange) override
    {
        for (Sink *sink : std::as_const(m_all))
            sink->ended(exchange);
    }

    /// As much as one of them can use.
    [[nodiscard]] qsizetype bodyBudget() const override
    {
        qsizetype most = 0;
        for (const Sink *sink : m_all)
            most = std::max(most, sink->bodyBudget());
        return most;
    }

private:
    QList<Sink *> m_all;
};

} // namespace gatehouse::exchange
