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

/// Whether this caller is told of what happens to something that needs this. Where nobody is asked for a
/// token, nobody is of an organization.
[[nodiscard]] inline bool isToldOf(const Allows &allows, const base::AccessRequirements &needs)
{
    return fulfils(allows, needs) && (allows || needs.organizations.isEmpty());
}

} // namespace gatehouse::mcp
