// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/caller.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <functional>

namespace gatehouse::mcp {

/// What an argument is completed by (MCP "Completion").
struct CompletionCall
{
    QString argument = {};
    QString value = {}; ///< Typed so far.
    QHash<QString, QString> others = {}; ///< Arguments that are settled already.
    Caller caller = {};
};

/// All values that fit; the client is given the first hundred and told how many there are.
using CompletionAnswer = std::function<void(QStringList)>;
using Completer = std::function<void(const CompletionCall &, CompletionAnswer)>;

} // namespace gatehouse::mcp
