// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "client/mcpclient.h"

#include <QString>

namespace gatehouse::cli {

/// What --answer says of questions that a server asks in the middle of a call: "ask" asks the person at the
/// terminal, "accept" takes the defaults, "decline" declines, and a JSON object is what is accepted with.
/// Empty offers nothing. Each question that nobody is asked is told on stderr, as JSON where `json`. The
/// error is one sentence.
[[nodiscard]] base::Expected<client::ClientOffer, QString> offerFrom(const QString &answer, bool json);

} // namespace gatehouse::cli
