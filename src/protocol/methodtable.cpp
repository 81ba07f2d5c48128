// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/methodtable.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace gatehouse::protocol {

namespace {

using Id = MethodId;
constexpr auto request = Message::Kind::Request;
constexpr auto notice = Message::Kind::Notification;

// clang-format off
constexpr std::array methods{
    //     name                                   id                  kind          legacy modern target, takes no room
    Method{"initialize"_L1,                       Id::Initialize,     request,      true,  false, Target::Nothing},
    Method{"ping"_L1,                             Id::Ping,           request,      true,  false, Target::Nothing, true},
    Method{"logging/setLevel"_L1,                 Id::SetLevel,       request,      true,  false, Target::Nothing},
    Method{"server/discover"_L1,                  Id::Discover,       request,      false, true,  Target::Nothing},
    Method{"subscriptions/listen"_L1,             Id::Listen,         request,      false, true,  Target::Watched},
    Method{"tools/list"_L1,                       Id::ListTools,      request,      true,  true,  Target::Nothing},
    Method{"tools/call"_L1,                       Id::CallTool,       request,      true,  true,  Target::Tool},
    Method{"prompts/list"_L1,                     Id::ListPrompts,    request,      true,  true,  Target::Nothing},
    Method{"prompts/get"_L1,                      Id::GetPrompt,      request,      true,  true,  Target::Prompt},
    Method{"resources/list"_L1,                   Id::ListResources,  request,      true,  true,  Target::Nothing},
    Method{"resources/templates/list"_L1,         Id::ListTemplates,  request,      true,  true,  Target::Nothing},
    Method{"resources/read"_L1,                   Id::ReadResource,   request,      true,  true,  Target::Resource},
    Method{"resources/subscribe"_L1,              Id::Subscribe,      request,      true,  false, Target::Resource},
    // Whoever may not read a resource any more may still stop hearing of it.
    Method{"resources/unsubscribe"_L1,            Id::Unsubscribe,    request,      true,  false, Target::Nothing},
    Method{"completion/complete"_L1,              Id::Complete,       request,      true,  true,  Target::Completed},
    Method{"tasks/get"_L1,                        Id::GetTask,        request,      false, true,  Target::Task},
    Method{"tasks/update"_L1,                     Id::UpdateTask,     request,      false, true,  Target::Task},
    Method{"tasks/cancel"_L1,                     Id::CancelTask,     request,      false, true,  Target::Task, true},
    Method{"notifications/initialized"_L1,        Id::Initialized,    notice,       true,  false, Target::Nothing},
    Method{"notifications/cancelled"_L1,          Id::Cancelled,      notice,       true,  true,  Target::Nothing},
    Method{"notifications/progress"_L1,           Id::Progress,       notice,       true,  false, Target::Nothing},
    Method{"notifications/roots/list_changed"_L1, Id::RootsChanged,   notice,       true,  false, Target::Nothing},
};
// clang-format on

} // namespace

std::optional<QLatin1StringView> Method::targetMember() const
{
    switch (target) {
    case Target::Tool:
    case Target::Prompt:
        return "name"_L1;
    case Target::Resource:
        return "uri"_L1;
    case Target::Task:
        return "taskId"_L1;
    case Target::Nothing:
    case Target::Completed:
    case Target::Watched:
        break;
    }
    return std::nullopt;
}

std::span<const Method> allMethods()
{
    return methods;
}

QString nameOf(MethodId id)
{
    const auto found = std::find_if(methods.begin(), methods.end(),
                                    [id](const Method &method) { return method.id == id; });
    return found == methods.end() ? QString() : QString(found->name);
}

const Method *findMethod(const QString &name)
{
    const auto found = std::find_if(methods.begin(), methods.end(),
                                    [&name](const Method &method) { return name == method.name; });
    return found == methods.end() ? nullptr : &*found;
}

} // namespace gatehouse::protocol
