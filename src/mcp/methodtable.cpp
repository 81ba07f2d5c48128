// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/methodtable.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

namespace {

constexpr auto request = Message::Kind::Request;
constexpr auto notification = Message::Kind::Notification;

// clang-format off
constexpr std::array methods{
    //      name                                kind          legacy modern target
    Method{"initialize"_L1,                     request,      true,  false, Target::Nothing},
    Method{"ping"_L1,                           request,      true,  false, Target::Nothing},
    Method{"logging/setLevel"_L1,               request,      true,  false, Target::Nothing},
    Method{"server/discover"_L1,                request,      false, true,  Target::Nothing},
    Method{"subscriptions/listen"_L1,           request,      false, true,  Target::Watched},
    Method{"tools/list"_L1,                     request,      true,  true,  Target::Nothing},
    Method{"tools/call"_L1,                     request,      true,  true,  Target::Tool},
    Method{"prompts/list"_L1,                   request,      true,  true,  Target::Nothing},
    Method{"prompts/get"_L1,                    request,      true,  true,  Target::Prompt},
    Method{"resources/list"_L1,                 request,      true,  true,  Target::Nothing},
    Method{"resources/templates/list"_L1,       request,      true,  true,  Target::Nothing},
    Method{"resources/read"_L1,                 request,      true,  true,  Target::Resource},
    Method{"resources/subscribe"_L1,            request,      true,  false, Target::Resource},
    // Whoever may not read a resource any more may still stop hearing of it.
    Method{"resources/unsubscribe"_L1,          request,      true,  false, Target::Nothing},
    Method{"completion/complete"_L1,            request,      true,  true,  Target::Completed},
    Method{"tasks/get"_L1,                      request,      false, true,  Target::Task},
    Method{"tasks/update"_L1,                   request,      false, true,  Target::Task},
    Method{"tasks/cancel"_L1,                   request,      false, true,  Target::Task},
    Method{"notifications/initialized"_L1,      notification, true,  false, Target::Nothing},
    Method{"notifications/cancelled"_L1,        notification, true,  true,  Target::Nothing},
    Method{"notifications/progress"_L1,         notification, true,  false, Target::Nothing},
    Method{"notifications/roots/list_changed"_L1, notification, true, false, Target::Nothing},
};
// clang-format on

} // namespace

QLatin1StringView Method::targetMember() const
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
    return {};
}

std::span<const Method> allMethods()
{
    return methods;
}

const Method *findMethod(const QString &name)
{
    const auto found = std::find_if(methods.begin(), methods.end(),
                                    [&name](const Method &method) { return name == method.name; });
    return found == methods.end() ? nullptr : &*found;
}

} // namespace gatehouse::mcp
