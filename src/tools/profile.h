// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/tool.h"

namespace gatehouse::tools {

/// get-profile: who the caller is, as the verified token says. Members that the token lacks are left out.
[[nodiscard]] mcp::Tool profileTool();

} // namespace gatehouse::tools
