// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "host/settings.h"

#include <variant>

namespace gatehouse::host {

/// How a setting is written on the command line.
enum class Notation {
    Text, ///< --option TEXT
    Number, ///< --option N
    Words, ///< --option "a b"
    Lines, ///< --option LINE, which may be repeated
    OnOff, ///< --option on|off
    TurnsOn, ///< --option
    TurnsOff, ///< --no-option
};

/// What a setting is about: its page in the dialog, and its part of the documentation.
enum class Topic { Server, AuthKit, Access, Tools, Sandbox, Limits };
inline constexpr Topic topics[]
    = {Topic::Server, Topic::AuthKit, Topic::Access, Topic::Tools, Topic::Sandbox, Topic::Limits};

/// All that is fixed about one setting. File, options, help, documentation, overrides and what is kept are
/// loops over the table; a new setting is its member, its row and its use.
struct Setting
{
    QString field; ///< The member's name, as settings files have it.
    std::variant<int Settings::*, bool Settings::*, QString Settings::*, QStringList Settings::*> member;
    const char *label = ""; ///< What the dialog calls it. This and the texts below are in English, in the
                            ///< translation context "gatehouse::host::Setting".
    Topic topic = Topic::Server;
    Notation notation = Notation::Text;
    QString option; ///< Without its dashes; empty: only files and the dialog have it.
    QString unit = {}; ///< What stands for its value: "PORT", "\"a b\"".
    const char *help = ""; ///< What it sets, as the command line says it.
    const char *warning = ""; ///< What it costs to depart from the default. One is asked twice before that.
    const char *usually = ""; ///< What counts where the default value says nothing: "none", "the sandbox".
    int lowest = 0; ///< Of a number …
    int highest = 0;
    QString variable = {}; ///< Of the environment; names what is set without …
    bool isBase = false; ///< … and is server::resourceAt() its value.
    bool isKept = true; ///< False: only for one run.
    QStringList choices = {}; ///< The words that it can have …
    QStringList suggestions = {}; ///< … or the first of those that it can have.

    /// The value that counts where nobody sets one, as people write it.
    [[nodiscard]] QString defaultText() const;
    [[nodiscard]] QString textOf(const Settings &settings) const;
    [[nodiscard]] bool isSame(const Settings &a, const Settings &b) const;
    void copy(const Settings &from, Settings &to) const;
    /// One of the texts above, in the language of the program.
    [[nodiscard]] static QString translated(const char *text);
};

/// What the topic's page is called.
[[nodiscard]] QString titleOf(Topic topic);

/// In the order of the members.
[[nodiscard]] const QList<Setting> &settingsTable();
/// Null for what is no setting.
[[nodiscard]] const Setting *findSetting(const QString &field);

} // namespace gatehouse::host
