// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <functional>

namespace gatehouse::mcp {

/// What a caller must have to use a tool, a prompt or a resource. Judged by the endpoint before it is used.
struct Needs
{
    QStringList scopes = {}; ///< All of them.
    QStringList permissions = {}; ///< All of them.
    QStringList organizations = {}; ///< One of them, if any are named.

    bool operator==(const Needs &) const = default;
};

/// Whether one caller has what something needs. Empty: everything is allowed to everybody.
using Allows = std::function<bool(const Needs &)>;

[[nodiscard]] inline bool fulfils(const Allows &allows, const Needs &needs)
{
    return !allows || needs == Needs() || allows(needs);
}

} // namespace gatehouse::mcp
