// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/schema.h"

namespace gatehouse::schema {

/// The schemas that describe schemas of draft 2020-12, by their $id.
[[nodiscard]] const Schema::Documents &metaschemas();
inline constexpr QLatin1StringView draft2020_12{"https://json-schema.org/draft/2020-12/schema"};

} // namespace gatehouse::schema
