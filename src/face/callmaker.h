// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/caller.h"
#include "mcp/context.h"

#include <Gatehouse/call.h>

namespace Gatehouse {

struct Call::Line
{
    gatehouse::mcp::Context context;
};

/// Makes calls of what the protocol engine has.
struct CallMaker
{
    [[nodiscard]] static Call make(const QString &name, const QJsonObject &arguments,
                                   const gatehouse::mcp::Caller &caller,
                                   const gatehouse::mcp::Context &context);
};

} // namespace Gatehouse
