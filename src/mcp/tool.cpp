// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/tool.h"

#include "base/json.h"
#include "mcp/content.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

ToolResult ToolResult::text(const QString &text)
{
    ToolResult result;
    result.content.append(content::text(text));
    return result;
}

ToolResult ToolResult::error(const QString &text)
{
    ToolResult result = ToolResult::text(text);
    result.isError = true;
    return result;
}

ToolResult ToolResult::structured(const QJsonValue &value)
{
    ToolResult result;
    result.structuredContent = value;
    result.structuredText = base::writeJson(value);
    return result;
}

ToolResult ToolResult::json(const QByteArray &text)
{
    const QJsonDocument read = QJsonDocument::fromJson(text);
    if (read.isNull())
        return error(u"The tool's answer is not JSON."_s);
    ToolResult result;
    result.structuredContent = read.isArray() ? QJsonValue(read.array()) : QJsonValue(read.object());
    result.structuredText = text;
    return result;
}

} // namespace gatehouse::mcp
