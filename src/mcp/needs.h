// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace gatehouse::mcp {

/// What a caller must have to use a tool. Judged by the endpoint before the tool is called.
struct Needs
{
    QStringList scopes = {}; ///< All of them.
    QStringList permissions = {}; ///< All of them.
    QStringList organizations = {}; ///< One of them, if any are named.

    bool operator==(const Needs &) const = default;
};

} // namespace gatehouse::mcp
