// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/accessrequirements.h"

#include <functional>

namespace gatehouse::mcp {

/// Whether one caller has what something needs. Empty: everything is allowed to everybody.
using Allows = std::function<bool(const base::AccessRequirements &)>;

[[nodiscard]] inline bool fulfils(const Allows &allows, const base::AccessRequirements &needs)
{
    return !allows || needs == base::AccessRequirements() || allows(needs);
}

} // namespace gatehouse::mcp
