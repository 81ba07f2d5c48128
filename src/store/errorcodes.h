// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/fault.h"

namespace gatehouse::store {

/// SQLite's result codes (sqlite.org/rescode.html): the primary one is the low byte.
[[nodiscard]] Fault::Kind kindOfFileError(int code);
/// PostgreSQL's codes (Appendix A of its manual), by the class where all of one are alike.
[[nodiscard]] Fault::Kind kindOfServerError(const QString &state);

} // namespace gatehouse::store
