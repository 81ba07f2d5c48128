// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"

#include <QString>

namespace gatehouse::base {

/// 26 characters of Crockford base 32: 48 bits of time, then 80 random ones. WorkOS's ids are a prefix and
/// such a one.
[[nodiscard]] QString ulid(qint64 nowMs, const Random &random);

} // namespace gatehouse::base
