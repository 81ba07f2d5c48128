// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/verdict.h"

namespace gatehouse::auth {

/// What there may be to copy for a remedy.
enum class CopyText {
    Nothing,
    Expected, ///< The string that was expected.
    Actual, ///< The string that came.
    EmailTemplate, ///< A JWT template that adds what tools want to know of a user.
};

/// A situation that tells more than its reason alone. Empty texts mean those of the row.
struct ExplanationCase
{
    const char *cause = "";
    const char *remedy = "";
    const char *page = ""; ///< Of the WorkOS dashboard.
    CopyText copy = CopyText::Nothing;
};
/// The case of a refused verdict: the first that fits.
[[nodiscard]] ExplanationCase caseOf(const Verdict &verdict, const Check &decisive);

/// What an accepted token lacks that its reader may miss: a sentence each, with what helps.
struct HintRow
{
    const char *sentence;
    const char *page;
    CopyText copy;
};
[[nodiscard]] QList<HintRow> hintRowsOf(const Verdict &verdict);

} // namespace gatehouse::auth
