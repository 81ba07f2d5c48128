// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "mcp/allows.h"

#include <QHash>
#include <QString>
#include <QStringList>

namespace gatehouse::host {

/// Who may use which tool, from lines that a person writes:
///   get-profile scope=documents:read scope=email permission=documents:write organization=org_1
/// A tool may have several lines; they add up. The error is a sentence that names the line.
[[nodiscard]] base::Expected<QHash<QString, base::AccessRequirements>, QString>
readToolRules(const QStringList &lines);

/// Which scopes include others (MCP 2026-07-28, authorization: "scope hierarchies"): the first of a line
/// includes the rest of it.
///   documents:write documents:read documents:list
[[nodiscard]] base::Expected<QHash<QString, QStringList>, QString>
readScopeHierarchy(const QStringList &lines);

} // namespace gatehouse::host
