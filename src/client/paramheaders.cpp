// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/paramheaders.h"

#include "client/answer.h"
#include "web/characters.h"

#include <QSet>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace gatehouse::client {

namespace {

constexpr int maximumDepth = 16;

bool isHeaderName(const QByteArray &name)
{
    return name.size() <= 100 && web::isToken(name);
}

std::optional<QByteArray> textOf(const QJsonValue &value)
{
    if (value.isString())
        return headerValue(value.toString());
    if (value.isBool())
        return value.toBool() ? "true"_ba : "false"_ba;
    const double number = value.toDouble();
    if (value.isDouble() && std::trunc(number) == number && std::abs(number) < 9e15)
        return QByteArray::number(qint64(number));
    return std::nullopt;
}

struct Collector
{
    base::Headers headers;
    QSet<QByteArray> seen;

    bool take(const QJsonObject &property, const QJsonValue &value)
    {
        const QByteArray name = property.value("x-mcp-header"_L1).toString().toUtf8();
        const QString type = property.value("type"_L1).toString();
        if (!isHeaderName(name) || seen.contains(name.toLower())
            || (type != "string"_L1 && type != "integer"_L1 && type != "boolean"_L1))
            return false;
        seen.insert(name.toLower());
        // A value of a wrong type is left to the server, which says what is wrong with it.
        if (const auto text = textOf(value))
            headers.append({"Mcp-Param-" + name, *text});
        return true;
    }

    bool walk(const QJsonObject &schema, const QJsonObject &arguments, int depth)
    {
        if (depth > maximumDepth)
            return true;
        const QJsonObject properties = schema.value("properties"_L1).toObject();
        for (auto it = properties.begin(); it != properties.end(); ++it) {
            const QJsonObject property = it->toObject();
            const QJsonValue value = arguments.value(it.key());
            if (property.contains("x-mcp-header"_L1) && !take(property, value))
                return false;
            if (!walk(property, value.toObject(), depth + 1))
                return false;
        }
        return true;
    }
};

} // namespace

std::optional<base::Headers> paramHeaders(const QJsonObject &inputSchema, const QJsonObject &arguments)
{
    Collector collector;
    if (!collector.walk(inputSchema, arguments, 0))
        return std::nullopt;
    return collector.headers;
}

} // namespace gatehouse::client
