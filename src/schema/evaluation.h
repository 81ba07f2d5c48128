// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/node.h"
#include "schema/schema.h"

namespace gatehouse::schema {

/// Judges a value by a compiled schema, within bounds of depth and work.
[[nodiscard]] Schema::Judgement evaluate(const Schema::Compiled &schema, const QJsonValue &value);

} // namespace gatehouse::schema
