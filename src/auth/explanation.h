// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/verdict.h"

#include <QString>

namespace gatehouse::auth {

/// The one table of words about verdicts: wire, window, log and doctor all read it.
struct Explanation
{
    QString word; ///< For a column: "Expired 4 s", "Wrong audience".
    QString wire; ///< One safe English sentence for error_description: names no value of the token.
    QString sentence; ///< One sentence for people, with expected and actual.
    QString remedy; ///< What to do; may name a dashboard page or a string to copy.
    QString error; ///< RFC 6750 §3.1 code; empty where the challenge carries none.
    int status = 401; ///< 200, 400, 401, 403 or 503.
};

[[nodiscard]] Explanation explain(const Verdict &verdict);

/// The enum's name as machines read it: "wrong_audience".
[[nodiscard]] QString reasonName(Reason reason);

/// "4 s", "12 min", "3 h"
[[nodiscard]] QString duration(qint64 seconds);

/// How two strings that should be equal differ: "one trailing slash too many", "http instead of https", … or
/// empty.
[[nodiscard]] QString nearMiss(const QString &expected, const QString &actual);

} // namespace gatehouse::auth
