// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "mcp/jsonrpc.h"
#include "mcp/tool.h"

#include <QObject>

#include <functional>
#include <vector>

namespace gatehouse::mcp {

/// The tools of a server, and the way of one call.
class ToolSet
{
public:
    using Answer = std::function<void(base::Expected<ToolResult, RpcError>)>;

    /// False (and nothing added) where the name is taken or no tool name, or the schema is no object's.
    [[nodiscard]] bool add(Tool tool);
    [[nodiscard]] const Tool *find(const QString &name) const;
    /// As tools/list shows them, in the order they were added.
    [[nodiscard]] QJsonArray list() const;

    /// Answers exactly once, on `context`'s thread and never from within call(), or not at all when context
    /// is gone. A tool that drops its ToolAnswer unused gives an internal error.
    static void call(const Tool &tool, const ToolCall &call, QObject *context, Answer answer);

private:
    std::vector<Tool> m_tools;
};

} // namespace gatehouse::mcp
