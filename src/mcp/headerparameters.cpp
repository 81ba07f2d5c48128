// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/headerparameters.h"

#include "mcp/revision.h"
#include "web/characters.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

namespace {

constexpr QLatin1StringView mark{"x-mcp-header"};
constexpr int maximumDepth = 32;

/// Looks through a schema for marks. Returns what is wrong, or nothing.
class Search
{
public:
    QList<HeaderParameter> found;

    QString look(const QJsonObject &schema, const QStringList &path, bool isReachable)
    {
        if (path.size() > maximumDepth)
            return u"The schema is nested too deeply."_s;
        if (schema.contains(mark)) {
            if (const QString fault = take(schema, path, isReachable); !fault.isEmpty())
                return fault;
        }
        for (auto it = schema.begin(); it != schema.end(); ++it) {
            static const QStringList values{u"const"_s, u"enum"_s, u"default"_s, u"examples"_s};
            if (values.contains(it.key()))
                continue;
            const bool isChain = it.key() == "properties"_L1;
            if (const QString fault = isChain ? lookAtMembers(it->toObject(), path, isReachable)
                                              : lookElsewhere(*it, path + QStringList{it.key()});
                !fault.isEmpty())
                return fault;
        }
        return {};
    }

private:
    QString lookAtMembers(const QJsonObject &members, const QStringList &path, bool isReachable)
    {
        for (auto it = members.begin(); it != members.end(); ++it) {
            if (const QString fault = look(it->toObject(), path + QStringList{it.key()}, isReachable);
                !fault.isEmpty())
                return fault;
        }
        return {};
    }

    QString lookElsewhere(const QJsonValue &value, const QStringList &path)
    {
        if (value.isObject())
            return look(value.toObject(), path, false);
        for (const QJsonValue &one : value.toArray()) {
            if (const QString fault = lookElsewhere(one, path); !fault.isEmpty())
                return fault;
        }
        return {};
    }

    QString take(const QJsonObject &schema, const QStringList &path, bool isReachable)
    {
        constexpr qsizetype longestName = 64;
        static const QStringList types{u"string"_s, u"integer"_s, u"boolean"_s};
        const QString name = schema.value(mark).toString();
        const QString where = path.join(u'.');
        if (!isReachable || path.isEmpty())
            return u"%1 stands at %2, where no chain of properties leads."_s.arg(mark, where);
        if (name.size() > longestName || !web::isToken(name.toUtf8()))
            return u"%1 at %2 is no header name."_s.arg(mark, where);
        if (!types.contains(schema.value("type"_L1).toString()))
            return u"%1 at %2 is for a string, an integer or a boolean."_s.arg(mark, where);
        const QByteArray lower = name.toLatin1().toLower();
        if (std::any_of(found.cbegin(), found.cend(), [&](const auto &one) { return one.name == lower; }))
            return u"The header %1 is named twice."_s.arg(name);
        found.append({lower, path});
        return {};
    }
};

bool isSame(const QJsonValue &value, const QString &header)
{
    if (value.isBool())
        return header == (value.toBool() ? "true"_L1 : "false"_L1);
    if (!value.isDouble())
        return value.toString() == header;
    bool isNumber = false;
    const double number = header.toDouble(&isNumber);
    return isNumber && number == value.toDouble();
}

} // namespace

base::Expected<QList<HeaderParameter>, QString> headerParametersOf(const QJsonObject &schema)
{
    Search search;
    if (const QString fault = search.look(schema, {}, true); !fault.isEmpty())
        return base::failure(fault);
    return search.found;
}

QString judgeParameters(const QList<HeaderParameter> &parameters, const QJsonObject &arguments,
                        const QHash<QByteArray, QByteArray> &headers)
{
    for (const HeaderParameter &parameter : parameters) {
        QJsonValue value = arguments;
        for (const QString &step : parameter.path)
            value = value.toObject().value(step);
        const auto header = headers.constFind(parameter.name);
        const QString name = u"Mcp-Param-"_s + QString::fromLatin1(parameter.name);
        const bool hasValue = !value.isUndefined() && !value.isNull();
        if (header == headers.cend()) {
            if (hasValue)
                return u"The header %1 is missing."_s.arg(name);
            continue;
        }
        const auto decoded = decodeHeaderValue(*header);
        if (!decoded)
            return u"The header %1 is not Base64."_s.arg(name);
        if (!hasValue || value.isObject() || value.isArray() || !isSame(value, *decoded))
            return u"The header %1 differs from the argument."_s.arg(name);
    }
    return {};
}

} // namespace gatehouse::mcp
