// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/tool.h"

#include "base/json.h"

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

ToolResult ToolResult::text(const QString &text)
{
    ToolResult result;
    result.content.append(QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, text}});
    return result;
}

ToolResult ToolResult::error(const QString &text)
{
    ToolResult result = ToolResult::text(text);
    result.isError = true;
    return result;
}

ToolResult ToolResult::structured(const QJsonObject &object)
{
    ToolResult result = text(QString::fromUtf8(base::writeJson(object)));
    result.structuredContent = object;
    return result;
}

} // namespace gatehouse::mcp
