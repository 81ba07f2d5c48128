// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jsonwriter.h"
#include "mcp/prompt.h"
#include "mcp/resource.h"
#include "mcp/tool.h"

#include <QJsonObject>
#include <QString>

namespace gatehouse::mcp {

/// What the server offers and answers, as a client of that revision may be shown it: members that came later
/// are left out.
[[nodiscard]] QJsonObject present(const Tool &tool, const QString &revision);
[[nodiscard]] QJsonObject present(const Resource &resource, const QString &revision);
[[nodiscard]] QJsonObject present(const ResourceTemplate &resources, const QString &revision);
[[nodiscard]] QJsonObject present(const Prompt &prompt, const QString &revision);
[[nodiscard]] QJsonObject present(const PromptResult &result, const QString &revision);
/// The members of a tool's result into the object that is open.
void write(base::JsonWriter &out, const ToolResult &result, const QString &revision);

} // namespace gatehouse::mcp
