// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/connection.h"

namespace gatehouse::records {

/// "Gaph" as the application id of an SQLite file: what file(1) and our windows know it by.
inline constexpr int sessionApplicationId = 0x47617068;

/// Tables: `run` (a server from its start to its end), `exchange` (one row each), `shared` (headers, verdicts
/// and challenges, by their digest). docs/sessions.md describes them for others who read such files.
[[nodiscard]] store::Schema sessionSchema();

} // namespace gatehouse::records
