// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/exchange.h"
#include "inspector/tokenwords.h"

#include <QString>

namespace gatehouse::inspector {

/// What is said of an exchange as a whole. Chosen by what happened (refusal, verdict, outcome), never by the
/// status, which several things share.

/// What stands above everything else about it.
[[nodiscard]] Headline headlineOf(const exchange::Exchange &exchange);

/// The advice on an exchange: that of its headline, else the first hint with something to copy or to open.
[[nodiscard]] Advice adviceFor(const exchange::Exchange &exchange);

/// Whether it was turned away before HTTP for a limit, and not for its form.
[[nodiscard]] bool isOverALimit(const exchange::Exchange &exchange);

/// What a client that follows the specification does after this answer; empty where there is nothing to do.
[[nodiscard]] QString nextStepOf(const exchange::Exchange &exchange);

/// What the answer itself says went wrong: the message of a JSON-RPC error, the text of a tool's. Bounded,
/// and escaped for display; empty where it says nothing, or is kept no longer.
[[nodiscard]] QString ownWordsOf(const exchange::Exchange &exchange);

} // namespace gatehouse::inspector
