// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/schema.h"
#include "mcp/schemanode.h"

namespace gatehouse::mcp {

/// Judges a value by a compiled schema, within bounds of depth and work.
[[nodiscard]] Schema::Judgement evaluate(const Schema::Compiled &schema, const QJsonValue &value);

} // namespace gatehouse::mcp
