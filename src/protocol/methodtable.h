// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/era.h"
#include "protocol/jsonrpc.h"

#include <QLatin1StringView>
#include <QString>

#include <optional>
#include <span>

namespace gatehouse::protocol {

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

/// What clients can ask for or tell, in all revisions.
enum class MethodId {
    Initialize,
    Ping,
    SetLevel,
    Discover,
    Listen,
    ListTools,
    CallTool,
    ListPrompts,
    GetPrompt,
    ListResources,
    ListTemplates,
    ReadResource,
    Subscribe,
    Unsubscribe,
    Complete,
    GetTask,
    UpdateTask,
    CancelTask,
    Initialized,
    Cancelled,
    Progress,
    RootsChanged,
};

/// One method that clients send. What the table does not have is served in no era.
struct Method
{
    QLatin1StringView name;
    MethodId id = MethodId::Ping;
    Message::Kind kind = Message::Kind::Request;
    bool isLegacy = false; ///< In 2025-11-25 or older.
    bool isModern = false; ///< In 2026-07-28.
    Target target = Target::Nothing;
    bool takesNoRoom
        = false; ///< Frees some, or only asks whether anybody is there: served however much is under way.

    [[nodiscard]] bool isIn(Era era) const { return era == Era::Modern ? isModern : isLegacy; }
    /// The member of params that names the target as one text, where there is one: Qt 6.8 crashes where it is
    /// asked for a null name in an object that has an empty one.
    [[nodiscard]] std::optional<QLatin1StringView> targetMember() const;
};

/// All of them (MCP schema of each revision: ClientRequest and ClientNotification).
[[nodiscard]] std::span<const Method> allMethods();
/// Null for what is no method.
[[nodiscard]] const Method *findMethod(const QString &name);
[[nodiscard]] QString nameOf(MethodId id);

/// What servers tell of their own accord.
namespace notification {
inline constexpr QLatin1StringView message{"notifications/message"};
inline constexpr QLatin1StringView progress{"notifications/progress"};
inline constexpr QLatin1StringView toolsChanged{"notifications/tools/list_changed"};
inline constexpr QLatin1StringView promptsChanged{"notifications/prompts/list_changed"};
inline constexpr QLatin1StringView resourcesChanged{"notifications/resources/list_changed"};
inline constexpr QLatin1StringView resourceUpdated{"notifications/resources/updated"};
inline constexpr QLatin1StringView acknowledged{"notifications/subscriptions/acknowledged"};
inline constexpr QLatin1StringView taskStatus{"notifications/tasks/status"};
} // namespace notification

/// What servers ask their clients for.
namespace question {
inline constexpr QLatin1StringView elicit{"elicitation/create"};
inline constexpr QLatin1StringView sample{"sampling/createMessage"};
inline constexpr QLatin1StringView listRoots{"roots/list"};
} // namespace question

} // namespace gatehouse::protocol
