// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"

#include "base/jsonjudge.h"
#include "base/jsonwriter.h"

#include <QJsonDocument>

#include <map>

using namespace Qt::StringLiterals;

namespace gatehouse::base {

namespace {

QString sentence(JsonFault fault, qsizetype offset)
{
    const QString place = u" (byte %1)."_s.arg(offset);
    switch (fault) {
    case JsonFault::Empty:
        return u"The body is empty where JSON is wanted."_s;
    case JsonFault::Syntax:
        return u"The text is not JSON"_s + place;
    case JsonFault::TrailingData:
        return u"Something follows the JSON value"_s + place;
    case JsonFault::DuplicateMember:
        return u"An object has two members with the same name"_s + place;
    case JsonFault::InvalidUtf8:
        return u"The text is not UTF-8"_s + place;
    case JsonFault::LoneSurrogate:
        return u"A \\u escape is half of a surrogate pair"_s + place;
    case JsonFault::NumberOutOfRange:
        return u"A number is beyond what a double holds"_s + place;
    case JsonFault::TooDeep:
        return u"The JSON is nested too deeply"_s + place;
    case JsonFault::TooLarge:
        return u"The JSON text is too long."_s;
    case JsonFault::NotAnObject:
        return u"The JSON value is not an object."_s;
    }
    return {};
}

QByteArray written(const auto &value)
{
    JsonWriter writer;
    writer.value(value);
    return writer.take();
}

/// By Qt, which builds an object from text in a quarter of the time that inserting its members takes.
QJsonDocument parsed(const QByteArray &json, QJsonParseError *fault = nullptr)
{
    // It takes a U+FEFF that begins a text for a byte order mark, and off: two names could become one.
    constexpr QByteArrayView mark = "\xEF\xBB\xBF";
    if (json.contains(mark.front()) && json.contains(mark)) // Most have not even its first byte.
        return QJsonDocument::fromJson(QByteArray(json).replace(mark, "\\ufeff"), fault);
    return QJsonDocument::fromJson(json, fault);
}

tl::unexpected<JsonError> error(JsonFault fault, qsizetype place)
{
    return failure(JsonError{fault, place, sentence(fault, place)});
}

Expected<QJsonValue, JsonError> readJudged(QByteArrayView text)
{
    QJsonParseError fault;
    QJsonDocument read = parsed(QByteArray::fromRawData(text.data(), text.size()), &fault);
    if (read.isObject())
        return QJsonValue(read.object());
    if (read.isArray())
        return QJsonValue(read.array());
    // A document is an object or an array, and no scalar.
    if (!text.trimmed().startsWith('{') && !text.trimmed().startsWith('['))
        read = parsed('[' + text.toByteArray() + ']', &fault);
    if (fault.error != QJsonParseError::NoError)
        return error(JsonFault::NumberOutOfRange, fault.offset); // All else was judged before.
    return read.array().at(0);
}

/// With its members where QJsonObject looks for them.
QJsonValue inOrder(const QJsonValue &value)
{
    if (value.isArray()) {
        QJsonArray out;
        const QJsonArray array = value.toArray();
        for (const QJsonValue item : array)
            out.append(inOrder(item));
        return out;
    }
    if (!value.isObject())
        return value;
    const QJsonObject object = value.toObject();
    std::map<QString, QJsonValue> members; // Inserted in order, each goes to the end.
    for (auto it = object.begin(); it != object.end(); ++it)
        members.insert_or_assign(it.key(), inOrder(*it));
    QJsonObject out;
    for (const auto &[name, member] : members)
        out.insert(name, member);
    return out;
}

} // namespace

Expected<QJsonValue, JsonError> readJson(QByteArrayView text, const JsonLimits &limits)
{
    JsonJudge judge(text, limits);
    if (const auto fault = judge.fault())
        return error(*fault, judge.place());
    const auto value = readJudged(text);
    return value && judge.hasNamesOutOfOrder() ? inOrder(*value) : value;
}

Expected<QJsonObject, JsonError> readJsonObject(QByteArrayView text, const JsonLimits &limits)
{
    const auto value = readJson(text, limits);
    if (!value)
        return failure(value.error());
    if (!value->isObject())
        return error(JsonFault::NotAnObject, 0);
    return value->toObject();
}

QJsonValue readOwnJson(const QByteArray &text)
{
    const QJsonDocument read = parsed(text);
    if (read.isNull())
        return QJsonValue::Undefined;
    return read.isArray() ? QJsonValue(read.array()) : QJsonValue(read.object());
}

qsizetype memoryOf(const QJsonValue &value)
{
    // As measured with Qt 6.4 on 64 bits: a place in its container, and what hangs on it.
    constexpr qsizetype place = 16;
    constexpr qsizetype container = 176;
    constexpr qsizetype text = 24;
    qsizetype bytes = place;
    if (value.isString()) {
        bytes += text + 2 * value.toString().size();
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        bytes += array.isEmpty() ? 0 : container;
        for (const QJsonValue item : array)
            bytes += memoryOf(item);
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        bytes += object.isEmpty() ? 0 : container;
        for (auto it = object.begin(); it != object.end(); ++it)
            bytes += place + text + 2 * it.key().size() + memoryOf(*it);
    }
    return bytes;
}

QByteArray writeJson(const QJsonObject &object)
{
    return written(object);
}

QByteArray writeJson(const QJsonArray &array)
{
    return written(array);
}

QByteArray writeJson(const QJsonValue &value)
{
    return written(value);
}

} // namespace gatehouse::base
