// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/connection.h"

namespace gatehouse::store {

/// The shape of a database of documents. Steps are only added, never changed.
[[nodiscard]] Schema documentSchema();

} // namespace gatehouse::store
