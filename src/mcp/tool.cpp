// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/tool.h"

#include "base/json.h"
#include "mcp/content.h"

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

ToolResult ToolResult::vouched(const QByteArray &object)
{
    if (object.isEmpty())
        return error(u"The tool's answer is not JSON."_s);
    ToolResult result;
    result.structuredText = object;
    result.isVouched = true;
    return result;
}

ToolResult ToolResult::json(const QByteArray &text)
{
    const QJsonValue value = base::readOwnJson(text);
    if (value.isUndefined())
        return error(u"The tool's answer is not JSON."_s);
    ToolResult result;
    result.structuredContent = value;
    // On an event stream a line would end there.
    const bool isOneLine = !text.contains('\n') && !text.contains('\r');
    result.structuredText = isOneLine ? text : base::writeJson(value);
    return result;
}

} // namespace gatehouse::mcp
