// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/verdict.h"
#include "exchange/masked.h"
#include "exchange/sink.h"
#include "http/message.h"
#include "mcp/transport.h"

#include <chrono>

namespace gatehouse::endpoint {

/// The tap on one exchange: gathers its story, masks it, and tells the sink of its beginning and its end.
/// Without an sink all of it does nothing.
class Recording
{
public:
    /// `isMcp`: it came to the MCP endpoint.
    Recording(exchange::Sink *sink, exchange::HeaderMasks *masks, quint64 id, const http::Request &request,
              bool isMcp, qint64 nowMs);

    [[nodiscard]] bool isOn() const { return m_sink != nullptr; }

    void judged(const auth::Verdict &verdict);
    /// The body has come.
    void body(const QByteArray &body);
    void parsed();
    void called();
    /// The call takes longer: whoever watches may see by now what it is.
    void goesOn();
    /// What never became a request.
    void refused(const exchange::FaultWords &fault);
    void refused(exchange::Refusal refusal) { m_exchange.refusal = refusal; }
    void describe(const mcp::Description &description);
    void cameTo(mcp::ResultKind outcome, int rpcErrorCode);
    /// Takes the time and keeps the answer; end() tells of it.
    void answered(const http::Response &response);
    /// An answer without end so far: its head, and what goes out behind it.
    void began(const http::Response &head);
    void streamed(const QByteArray &piece);
    /// The peer has left before the end, or was cut off with this in the answer's place. Ends it.
    void cut(const http::Cut &cut);
    void end();

private:
    void keepBody(const QByteArray &body);
    [[nodiscard]] qsizetype streamBudget() const;

    using Steady = std::chrono::steady_clock;
    [[nodiscard]] qint64 elapsedUs() const
    {
        return std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - m_begunAt).count();
    }

    exchange::Sink *m_sink;
    exchange::HeaderMasks *m_masks;
    Steady::time_point m_begunAt;
    bool m_isMcp;
    bool m_isStream = false;
    exchange::Exchange m_exchange;
    QByteArray m_streamed; ///< As much of a stream as is ever shown, and how long it is.
    qsizetype m_streamedBytes = 0;
};

} // namespace gatehouse::endpoint
