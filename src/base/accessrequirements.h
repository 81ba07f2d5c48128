// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace gatehouse::base {

/// What a caller must have for an operation, beside being let in. Nothing: everybody who is in may.
struct AccessRequirements
{
    QStringList scopes = {}; ///< All of them.
    QStringList permissions = {}; ///< All of them, in the `permissions` claim.
    QStringList organizations = {}; ///< One of them in `org_id`, if any are named.

    /// Both together: organizations that both allow, where both name some.
    [[nodiscard]] AccessRequirements with(const AccessRequirements &other) const;

    bool operator==(const AccessRequirements &) const = default;
};

} // namespace gatehouse::base
