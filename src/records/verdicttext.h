// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/verdict.h"
#include "base/expected.h"
#include "base/headers.h"

namespace gatehouse::records {

/// What many exchanges have in common, as a session file holds it: JSON that others can read as well. What
/// the one writes the other reads back exactly, whatever bytes a peer sent; a text that is none is a
/// sentence.
[[nodiscard]] QByteArray textOf(const auth::Verdict &verdict);
[[nodiscard]] base::Expected<auth::Verdict, QString> verdictFrom(const QByteArray &text);

/// `[["Host","localhost"],…]`, each byte a character of ISO 8859-1.
[[nodiscard]] QByteArray textOf(const base::Headers &headers);
[[nodiscard]] base::Expected<base::Headers, QString> headersFrom(const QByteArray &text);

} // namespace gatehouse::records
