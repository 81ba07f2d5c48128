// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/accessrequirements.h"

namespace gatehouse::base {

AccessRequirements AccessRequirements::with(const AccessRequirements &other) const
{
    AccessRequirements both = *this;
    for (const QString &scope : other.scopes) {
        if (!both.scopes.contains(scope))
            both.scopes.append(scope);
    }
    for (const QString &permission : other.permissions) {
        if (!both.permissions.contains(permission))
            both.permissions.append(permission);
    }
    if (organizations.isEmpty())
        both.organizations = other.organizations;
    else if (!other.organizations.isEmpty())
        both.organizations.removeIf(
            [&other](const QString &one) { return !other.organizations.contains(one); });
    // Nobody may, then: an empty list would mean that everybody may.
    if (both.organizations.isEmpty() && !organizations.isEmpty())
        both.organizations = {QString()};
    return both;
}

} // namespace gatehouse::base
