// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/features.h"

namespace gatehouse::test {

/// The tools, resources and prompts that the scenarios of @modelcontextprotocol/conformance ask for, by their
/// names.
void offerEverything(mcp::Features &features);

} // namespace gatehouse::test
