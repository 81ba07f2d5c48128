// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/allows.h"
#include "mcp/caller.h"
#include "mcp/context.h"
#include "protocol/jsonrpc.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <variant>

namespace gatehouse::mcp {

/// What a tool answers (MCP "Tool Result"): content blocks (mcp/content.h), and a structured value where the
/// tool declares a shape.
struct ToolResult
{
    QJsonArray content = {};
    std::optional<QJsonValue> structuredContent = {}; ///< Clients before 2026-07-28 see only objects.
    bool isError = false; ///< The tool ran and says that it could not: no protocol error.
    /// Of structured(), json() and vouched(): structuredContent as its text, which then is the first content
    /// block.
    QByteArray structuredText = {};
    bool isVouched = false; ///< Of vouched(): there is only the text.

    [[nodiscard]] static ToolResult text(const QString &text);
    [[nodiscard]] static ToolResult error(const QString &text);
    /// The value both as structured content and, for older clients, as its text.
    [[nodiscard]] static ToolResult structured(const QJsonValue &value);
    [[nodiscard]] static ToolResult structured(const QJsonObject &object)
    {
        return structured(QJsonValue(object));
    }
    /// The same for an object or array that is JSON text already (base::JsonWriter), which costs a third. A
    /// text that is none becomes an error.
    [[nodiscard]] static ToolResult json(const QByteArray &text);
    /// The same for an object whose text a tool has written itself, in one line and as its outputSchema has
    /// it: nobody reads it back or judges it. For what is proved by a test, and called often.
    [[nodiscard]] static ToolResult vouched(const QByteArray &object);
};

/// What a tool gets with a call.
struct ToolCall
{
    QString name = {};
    QJsonObject arguments = {};
    Caller caller = {};
    Context context = {};
};

/// A result, a question to the client, or an error of the protocol.
using ToolOutcome = std::variant<ToolResult, InputRequired, protocol::RpcError>;
/// Takes the answer, from any thread; the first one counts and later ones are ignored.
using ToolAnswer = std::function<void(ToolOutcome)>;

/// Whether a tool's calls may become tasks (Context::becomeTask()).
enum class TaskSupport {
    None,
    Optional, ///< Clients that know no tasks wait for the answer.
    Required, ///< Clients that know no tasks are refused.
};

/// A tool as `tools/list` shows it, and the function behind it.
struct Tool
{
    QString name = {}; ///< 1–128 of A–Z a–z 0–9 _ . -
    QString title = {};
    QString description = {};
    QJsonObject inputSchema = {}; ///< JSON Schema 2020-12 with "type":"object".
    std::optional<QJsonObject> outputSchema = {};
    QJsonObject annotations = {}; ///< readOnlyHint, destructiveHint, …
    QJsonArray icons = {};
    base::AccessRequirements needs = {}; ///< Who may call it.
    TaskSupport tasks = TaskSupport::None;
    std::function<void(const ToolCall &, ToolAnswer)> handler = {};
};

} // namespace gatehouse::mcp
