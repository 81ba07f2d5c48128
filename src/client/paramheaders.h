// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/headers.h"

#include <QJsonObject>

#include <optional>

namespace gatehouse::client {

/// The Mcp-Param-… headers that a tool's schema asks for with `x-mcp-header` (MCP 2026-07-28 "Custom
/// headers"), with the values of these arguments; absent and null ones have none. nullopt where the schema
/// asks for something that no header can be: such a tool may not be used.
[[nodiscard]] std::optional<base::Headers> paramHeaders(const QJsonObject &inputSchema,
                                                        const QJsonObject &arguments);

} // namespace gatehouse::client
