// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "host/settingstable.h"

#include <QHash>

namespace gatehouse {

/// Gives one setting a value that is not the usual one, and can be.
inline void changeSetting(const host::Setting &setting, host::Settings &settings)
{
    using namespace Qt::StringLiterals;
    static const QHash<QString, QStringList> lists{{u"toolRules"_s, {u"get-profile scope=a"_s}},
                                                   {u"scopeHierarchy"_s, {u"a b"_s}},
                                                   {u"algorithms"_s, {u"ES256"_s}},
                                                   {u"tools"_s, {u"profile"_s}},
                                                   {u"failures"_s, {u"token-expired"_s}}};
    static const QHash<QString, QString> texts{{u"host"_s, u"127.0.0.2"_s},
                                               {u"resource"_s, u"https://a.example/mcp"_s}};
    std::visit(
        [&](auto place) {
            using Value = std::decay_t<decltype(settings.*place)>;
            if constexpr (std::is_same_v<Value, int>)
                settings.*place = settings.*place == setting.highest ? setting.lowest : settings.*place + 1;
            else if constexpr (std::is_same_v<Value, bool>)
                settings.*place = !(settings.*place);
            else if constexpr (std::is_same_v<Value, QString>)
                settings.*place = texts.value(setting.field, u"acme"_s);
            else
                settings.*place = lists.value(setting.field, {u"word"_s});
        },
        setting.member);
}

} // namespace gatehouse
