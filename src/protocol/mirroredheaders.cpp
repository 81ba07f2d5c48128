// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/mirroredheaders.h"

#include "base/characters.h"
#include "protocol/methodtable.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace gatehouse::protocol {

namespace {

constexpr QLatin1StringView mark{"x-mcp-header"};
constexpr int maximumDepth = 256; ///< A foreign schema has been read with fewer.
constexpr qsizetype mostParameters = 64; ///< More header fields than that no server takes.

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
            if (const QString fault = collect(schema, path, isReachable); !fault.isEmpty())
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

    QString collect(const QJsonObject &schema, const QStringList &path, bool isReachable)
    {
        constexpr qsizetype longestName = 128;
        static const QStringList types{u"string"_s, u"integer"_s, u"boolean"_s};
        const QString name = schema.value(mark).toString();
        const QString where = path.join(u'.');
        if (!isReachable || path.isEmpty())
            return u"%1 stands at %2, where no chain of properties leads."_s.arg(mark, where);
        if (name.size() > longestName || !base::isToken(name.toUtf8()))
            return u"%1 at %2 is no header name."_s.arg(mark, where);
        if (!types.contains(schema.value("type"_L1).toString()))
            return u"%1 at %2 is for a string, an integer or a boolean."_s.arg(mark, where);
        const QByteArray written = name.toLatin1();
        if (found.size() >= mostParameters)
            return u"More than %1 headers are named."_s.arg(mostParameters);
        if (std::any_of(found.cbegin(), found.cend(),
                        [&](const auto &one) { return base::isSameName(one.name, written); }))
            return u"The header %1 is named twice."_s.arg(name);
        found.append({written, path});
        return {};
    }
};

QJsonValue valueAt(const QStringList &path, const QJsonObject &arguments)
{
    QJsonValue value = arguments;
    for (const QString &step : path)
        value = value.toObject().value(step);
    return value;
}

std::optional<QByteArray> textOf(const QJsonValue &value)
{
    if (value.isString())
        return encodeHeaderValue(value.toString());
    if (value.isBool())
        return value.toBool() ? "true"_ba : "false"_ba;
    if (value.toVariant().typeId() == QMetaType::LongLong)
        return QByteArray::number(value.toInteger());
    constexpr double mostExact = 9007199254740991.0;
    const double number = value.toDouble();
    if (value.isDouble() && std::trunc(number) == number && std::abs(number) <= mostExact)
        return QByteArray::number(qint64(number));
    return std::nullopt;
}

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

base::Headers mirroredHeadersOf(const Message &message, const QList<HeaderParameter> &parameters)
{
    base::Headers headers{{"Mcp-Method"_ba, message.method.toLatin1()}};
    const Method *method = findMethod(message.method);
    const auto member = method ? method->targetMember() : std::nullopt;
    if (member && message.params.value(*member).isString())
        headers.append({"Mcp-Name"_ba, encodeHeaderValue(message.params.value(*member).toString())});
    const QJsonObject arguments = message.params.value("arguments"_L1).toObject();
    for (const HeaderParameter &parameter : parameters) {
        if (const auto text = textOf(valueAt(parameter.path, arguments)))
            headers.append({"Mcp-Param-" + parameter.name, *text});
    }
    return headers;
}

QString judgeNames(const MirroredHeaders &headers, const Message &message)
{
    if (!headers.method)
        return u"The header Mcp-Method is missing."_s;
    if (QString::fromUtf8(*headers.method) != message.method)
        return u"The header Mcp-Method differs from the body's method."_s;
    const Method *method = findMethod(message.method);
    const auto member = method ? method->targetMember() : std::nullopt;
    if (!member || !message.params.value(*member).isString())
        return {};
    if (!headers.name)
        return u"The header Mcp-Name is missing."_s;
    const auto name = decodeHeaderValue(*headers.name);
    if (!name || *name != message.params.value(*member).toString())
        return u"The header Mcp-Name differs from the body's %1."_s.arg(*member);
    return {};
}

QString judgeParameters(const QList<HeaderParameter> &parameters, const QJsonObject &arguments,
                        const QHash<QByteArray, QByteArray> &headers)
{
    for (const HeaderParameter &parameter : parameters) {
        const QJsonValue value = valueAt(parameter.path, arguments);
        const auto header = headers.constFind(parameter.name.toLower());
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

QByteArray encodeHeaderValue(const QString &value)
{
    const QByteArray utf8 = value.toUtf8();
    const bool plain = std::all_of(utf8.begin(), utf8.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    const bool outerSpace = utf8.startsWith(' ') || utf8.endsWith(' ');
    const bool looksEncoded = utf8.startsWith("=?base64?") && utf8.endsWith("?=");
    return plain && !outerSpace && !looksEncoded ? utf8 : "=?base64?" + utf8.toBase64() + "?=";
}

std::optional<QString> decodeHeaderValue(const QByteArray &value)
{
    const QByteArray text = value.trimmed();
    if (!text.startsWith("=?base64?") || !text.endsWith("?=") || text.size() < 11)
        return QString::fromUtf8(text);
    const QByteArray inner = text.mid(9, text.size() - 11);
    const auto decoded = QByteArray::fromBase64Encoding(inner, QByteArray::AbortOnBase64DecodingErrors);
    // Qt accepts wrong padding and stray bits: only what encodes back to itself counts.
    if (!decoded || decoded.decoded.toBase64() != inner)
        return std::nullopt;
    return QString::fromUtf8(decoded.decoded);
}

} // namespace gatehouse::protocol
