// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/jsonrpc.h"

#include <QLatin1StringView>
#include <QString>

#include <span>

namespace gatehouse::mcp {

/// What the params of a method name. Whoever calls it must be allowed to use that.
enum class Target {
    Nothing, ///< Everybody who was let in may call it.
    Tool, ///< `name`
    Prompt, ///< `name`
    Resource, ///< `uri`
    Completed, ///< `ref`: the prompt or template whose argument is completed.
    Task, ///< `taskId`: the tool that works on it.
    Watched, ///< `notifications.resourceSubscriptions`: each of these resources.
};

/// One method that clients send. What the table does not have is served in no era.
struct Method
{
    QLatin1StringView name;
    Message::Kind kind = Message::Kind::Request;
    bool isLegacy = false; ///< In 2025-11-25 or older.
    bool isModern = false; ///< In 2026-07-28.
    Target target = Target::Nothing;

    /// The member of params that names the target as one text; empty where there is none.
    [[nodiscard]] QLatin1StringView targetMember() const;
};

/// All of them (MCP schema of each revision: ClientRequest and ClientNotification).
[[nodiscard]] std::span<const Method> allMethods();
/// Null for what is no method.
[[nodiscard]] const Method *findMethod(const QString &name);

} // namespace gatehouse::mcp
