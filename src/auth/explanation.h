// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/verdict.h"

#include <QList>
#include <QString>

namespace gatehouse::auth {

/// The one table of words about verdicts: wire, window, log, command line and doctor all read it. In the
/// user's language but for `wire`.
struct Explanation
{
    QString word; ///< For a column: "Expired 4 s", "Wrong audience".
    QString wire; ///< One safe English sentence for error_description: names no value of the token.
    QString sentence; ///< One sentence for people, with expected and actual.
    QString cause; ///< Why it is so, most likely; may be empty.
    QString remedy; ///< What to do.
    QString page; ///< Where in the WorkOS dashboard; empty where nothing is to do there.
    QString copy; ///< What to paste there or elsewhere, byte for byte; may be empty.
    QString error; ///< RFC 6750 §3.1 code; empty where the challenge carries none.
    int status = 401; ///< 200, 400, 401, 403 or 503.
};

[[nodiscard]] Explanation explain(const Verdict &verdict);

/// What an accepted token lacks that a reader of it may miss.
struct Hint
{
    QString sentence;
    QString page; ///< As in Explanation.
    QString copy;
};
[[nodiscard]] QList<Hint> hintsOf(const Verdict &verdict);

/// The enum's name as machines read it: "wrong_audience".
[[nodiscard]] QString reasonName(Reason reason);

/// "4 s", "12 min", "3 h"
[[nodiscard]] QString duration(qint64 seconds);

} // namespace gatehouse::auth
