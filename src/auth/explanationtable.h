// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/verdict.h"

namespace gatehouse::auth {

/// All that is fixed about a reason. Texts for people are sources of the translation context
/// "gatehouse::auth::Explanation"; they take %1 expected, %2 actual, %3 by how much, %4 the check's note, %5
/// what was checked, %6 when the keys were fetched, %7 how far the clocks differ.
struct ExplanationRow
{
    const char *name; ///< For machines.
    int status;
    const char *error; ///< RFC 6750 §3.1; empty where the challenge carries none.
    const char *wire; ///< The sentence for error_description.
    const char *word;
    const char *sentence;
    const char *cause;
    const char *remedy;
};
[[nodiscard]] ExplanationRow rowOf(Reason reason);

} // namespace gatehouse::auth
