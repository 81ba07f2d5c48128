// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/allows.h"
#include "mcp/caller.h"
#include "mcp/completion.h"
#include "mcp/context.h"
#include "protocol/jsonrpc.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <functional>
#include <variant>

namespace gatehouse::mcp {

struct PromptMessage
{
    enum class Role { User, Assistant };
    Role role = Role::User;
    QJsonObject content = {}; ///< One block of mcp/content.h.
};

struct PromptResult
{
    QString description = {};
    QList<PromptMessage> messages = {};
};

struct PromptCall
{
    QString name = {};
    QHash<QString, QString> arguments = {}; ///< The required ones are there.
    Caller caller = {};
    Context context = {};
};

/// A result, a question to the client, or an error of the protocol.
using PromptOutcome = std::variant<PromptResult, InputRequired, protocol::RpcError>;
/// Takes the answer, from any thread; the first one counts.
using PromptAnswer = std::function<void(PromptOutcome)>;

struct PromptArgument
{
    QString name = {};
    QString title = {};
    QString description = {};
    bool required = false;
    Completer completer = {}; ///< May be missing.
};

/// A prompt as `prompts/list` shows it, and the function behind it.
struct Prompt
{
    QString name = {};
    QString title = {};
    QString description = {};
    QList<PromptArgument> arguments = {};
    QJsonArray icons = {};
    base::AccessRequirements needs = {}; ///< Who may get it.
    std::function<void(const PromptCall &, PromptAnswer)> handler = {};
};

} // namespace gatehouse::mcp
