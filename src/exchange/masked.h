// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/headers.h"
#include "base/mask.h"
#include "exchange/exchange.h"

#include <QByteArray>
#include <QString>

namespace gatehouse::exchange {

/// What every server of ours does to a request or an answer before it is recorded.

/// Names and values with all secrets masked.
[[nodiscard]] base::Headers maskedHeaders(const base::Headers &headers);

/// The same for one message after another: what was masked last is not looked through again, since clients
/// and servers send the same fields again and again. Keeps the last message's fields for that, secrets among
/// them, as the memory of tokens does (auth::TokenMemory); what it gives out is masked. One thread.
class HeaderMask
{
public:
    [[nodiscard]] base::Headers masked(const base::Headers &headers);

private:
    base::Headers m_before; ///< What is longer than a header is as a rule is not kept.
    base::Headers m_masked;
};
/// Of one server.
struct HeaderMasks
{
    HeaderMask requests;
    HeaderMask responses;
};

/// Masked, and then cut after `budget` bytes (Sink::bodyBudget()). `size` is how many came, where `body` is
/// only their beginning; of that no more than the bytes that are looked at need be given.
[[nodiscard]] Body maskedBody(const QByteArray &body, const base::Headers &headers, base::Place place,
                              qsizetype budget, qsizetype size = -1);
/// How much of a body is looked at for so much that is shown: a token is masked that ends beyond.
[[nodiscard]] constexpr qsizetype lookedAtBytes(qsizetype budget)
{
    return budget > 0 ? budget + 64 * 1024 : 0;
}

/// Where the body of a request stands: at the MCP endpoint, and is no form, it is a tool's; all else may be
/// OAuth's.
[[nodiscard]] base::Place placeOf(bool isMcp, const base::Headers &headers);

/// "curl 8.5.0" from "curl/8.5.0 (x86_64) libcurl".
[[nodiscard]] QString productOf(const base::Headers &headers);

} // namespace gatehouse::exchange
