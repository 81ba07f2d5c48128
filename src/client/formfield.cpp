// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/formfield.h"

#include "base/displaytext.h"
#include "base/json.h"
#include "base/percent.h"

#include <QJsonArray>
#include <QSet>
#include <QStringList>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace gatehouse::client {

namespace {

using Kind = FormField::Kind;

constexpr int deepest = 6;
constexpr int mostFields = 200;
constexpr qsizetype mostChoices = 500;
constexpr int mostReferences = 20; ///< One behind the other.
constexpr int mostMerged = 500;
constexpr qsizetype mostAlternatives = 50;
constexpr int longText = 500; ///< What may be so long is no line.

/// A number that a double holds exactly as it was written.
constexpr double largestWhole = 9007199254740992.0;

class Reader
{
public:
    Reader(const QJsonObject &whole, bool isOfQuestion)
        : m_whole(whole)
        , m_isOfQuestion(isOfQuestion)
    { }
    [[nodiscard]] FormField read(const QJsonObject &given, int depth);

private:
    [[nodiscard]] QJsonObject resolved(QJsonObject schema) const;
    [[nodiscard]] QJsonObject merged(const QJsonObject &schema, int depth);
    void readObject(FormField &field, const QJsonObject &schema, int depth);
    void readList(FormField &field, const QJsonObject &schema, int depth);
    void readAlternatives(FormField &field, const QJsonArray &all, int depth);

    QJsonObject m_whole;
    bool m_isOfQuestion; ///< MCP "Elicitation": lists are multiple choices there.
    int m_fields = 0;
    int m_merged = 0; ///< Schemas that allOf put together.
};

/// "#/$defs/a~1b" (RFC 6901, within the schema).
QJsonValue at(const QJsonObject &whole, const QString &reference)
{
    QJsonValue value(whole);
    const QStringList parts = reference.mid(1).split(u'/').mid(1);
    for (QString part : parts) {
        part = QString::fromUtf8(base::percentDecoded(part.toUtf8()));
        part.replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1);
        value = value.isArray() ? value.toArray().at(part.toInt()) : value.toObject().value(part);
    }
    return value;
}

/// What stands beside a reference counts as well (JSON Schema 2020-12 §8.2.3.1).
QJsonObject Reader::resolved(QJsonObject schema) const
{
    for (int i = 0; i < mostReferences; ++i) {
        const QString reference = schema.value("$ref"_L1).toString();
        if (!reference.startsWith(u'#'))
            return schema;
        const QJsonValue target = at(m_whole, reference);
        schema.remove(u"$ref"_s);
        if (!target.isObject())
            return schema;
        const QJsonObject there = target.toObject();
        for (auto one = there.begin(); one != there.end(); ++one) {
            if (!schema.contains(one.key()))
                schema.insert(one.key(), one.value());
        }
    }
    return {};
}

void addInto(QJsonObject &all, const QJsonObject &more)
{
    for (auto one = more.begin(); one != more.end(); ++one) {
        const QJsonValue there = all.value(one.key());
        if (there.isUndefined()) {
            all.insert(one.key(), one.value());
        } else if (one.key() == "properties"_L1) {
            QJsonObject both = there.toObject();
            addInto(both, one.value().toObject());
            all.insert(one.key(), both);
        } else if (one.key() == "required"_L1) {
            QJsonArray both = there.toArray();
            const QJsonArray names = one.value().toArray();
            for (const QJsonValue &name : names)
                both.append(name);
            all.insert(one.key(), both);
        }
    }
}

QJsonObject Reader::merged(const QJsonObject &given, int depth)
{
    QJsonObject schema = resolved(given);
    const QJsonArray all = schema.value("allOf"_L1).toArray();
    m_merged += int(all.size());
    if (depth >= deepest || m_merged > mostMerged)
        return schema;
    schema.remove(u"allOf"_s);
    for (const QJsonValue &one : all)
        addInto(schema, merged(one.toObject(), depth + 1));
    return schema;
}

bool isNull(const QJsonValue &schema)
{
    return schema["type"_L1] == "null"_L1;
}

/// The alternatives without null, which is the same as not given.
QJsonArray alternativesOf(const QJsonObject &schema)
{
    QJsonArray all;
    for (const auto member : {"oneOf"_L1, "anyOf"_L1}) {
        const QJsonArray some = schema.value(member).toArray();
        for (const QJsonValue &one : some) {
            if (!isNull(one))
                all.append(one);
        }
    }
    return all;
}

/// By `enum`, by `const`, or by alternatives that are nothing but values.
QList<FormField::Choice> choicesOf(const QJsonObject &schema)
{
    QList<FormField::Choice> all;
    const QJsonArray values = schema.value("enum"_L1).toArray();
    const QJsonArray names = schema.value("enumNames"_L1).toArray();
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (!values.at(i).isNull())
            all.append({values.at(i), names.at(i).toString()});
    }
    if (schema.contains("const"_L1))
        all.append({schema.value("const"_L1), {}});
    if (!all.isEmpty())
        return all.mid(0, mostChoices);
    const QJsonArray others = alternativesOf(schema);
    if (others.size() > mostChoices)
        return {};
    for (const QJsonValue &one : others) {
        const QList<FormField::Choice> some = choicesOf(one.toObject());
        if (some.isEmpty() || !alternativesOf(one.toObject()).isEmpty())
            return {};
        for (FormField::Choice choice : some) {
            if (some.size() == 1 && choice.title.isEmpty())
                choice.title = one["title"_L1].toString();
            all.append(choice);
        }
    }
    return all.mid(0, mostChoices);
}

/// Empty: it says none, or several.
QString typeOf(const QJsonObject &schema)
{
    const QJsonValue type = schema.value("type"_L1);
    QJsonArray all = type.isArray() ? type.toArray() : QJsonArray{type};
    QStringList names;
    for (const QJsonValue &one : std::as_const(all)) {
        if (one.isString() && one != "null"_L1)
            names.append(one.toString());
    }
    if (names.size() == 1)
        return names.first();
    if (names.isEmpty() && schema.contains("properties"_L1))
        return u"object"_s;
    return {};
}

void Reader::readObject(FormField &field, const QJsonObject &schema, int depth)
{
    const QJsonObject properties = schema.value("properties"_L1).toObject();
    const QJsonValue others = schema.value("additionalProperties"_L1);
    field.takesOthers = !(others.isBool() && !others.toBool());
    if (properties.isEmpty() && field.takesOthers)
        return; // Only JSON says what is in it.
    const QStringList names = orderedProperties(schema, mostFields);
    if (depth > 0 && m_fields + names.size() > mostFields)
        return; // Of the whole the first ones are shown.
    field.kind = Kind::Object;
    const QJsonArray required = schema.value("required"_L1).toArray();
    for (const QString &name : names) {
        FormField part = read(properties.value(name).toObject(), depth + 1);
        part.name = name;
        part.isRequired = required.contains(name);
        field.parts.append(part);
    }
}

void Reader::readList(FormField &field, const QJsonObject &schema, int depth)
{
    if (schema.contains("prefixItems"_L1) || !schema.value("items"_L1).isObject())
        return;
    FormField item = read(schema.value("items"_L1).toObject(), depth + 1);
    // A list of some of a few values, each of them once at most: by its schema, or as a question has it.
    const bool isOfOnce = schema.value("uniqueItems"_L1).toBool(m_isOfQuestion);
    if (item.kind == Kind::Choice && isOfOnce) {
        field.kind = Kind::Choices;
        field.choices = item.choices;
        return;
    }
    field.kind = Kind::List;
    field.parts.append(item);
}

void Reader::readAlternatives(FormField &field, const QJsonArray &all, int depth)
{
    if (all.size() > mostAlternatives || m_fields + all.size() > mostFields)
        return;
    field.kind = Kind::Alternatives;
    for (const QJsonValue &one : all)
        field.parts.append(read(one.toObject(), depth + 1));
}

FormField Reader::read(const QJsonObject &given, int depth)
{
    FormField field;
    if (++m_fields > mostFields || depth > deepest)
        return field;
    QJsonObject schema = merged(given, depth);
    QJsonArray alternatives = alternativesOf(schema);
    field.choices = choicesOf(schema);
    if (alternatives.size() == 1 && field.choices.isEmpty()) {
        // As "anyOf": [X, null]: what is said beside it stays.
        schema.remove(u"anyOf"_s);
        schema.remove(u"oneOf"_s);
        addInto(schema, merged(alternatives.first().toObject(), depth + 1));
        alternatives = alternativesOf(schema);
        field.choices = choicesOf(schema);
    }
    field.title = schema.value("title"_L1).toString();
    field.about = schema.value("description"_L1).toString();
    field.format = schema.value("format"_L1).toString();
    field.usual = schema.value("default"_L1);
    if (depth >= deepest)
        return field;
    static const QHash<QString, Kind> simple{{u"string"_s, Kind::Text},
                                             {u"number"_s, Kind::Number},
                                             {u"integer"_s, Kind::Integer},
                                             {u"boolean"_s, Kind::Boolean}};
    const QString type = typeOf(schema);
    if (!field.choices.isEmpty())
        field.kind = Kind::Choice;
    else if (!alternatives.isEmpty() && !schema.contains("properties"_L1))
        readAlternatives(field, alternatives, depth);
    else if (simple.contains(type))
        field.kind = simple.value(type);
    else if (type == "object"_L1 && alternatives.isEmpty())
        readObject(field, schema, depth);
    else if (type == "array"_L1)
        readList(field, schema, depth);
    if (field.usual.isNull() && field.kind != Kind::Json)
        field.usual = QJsonValue::Undefined; // Null is "not given".
    field.isLong = field.kind == Kind::Text && schema.value("maxLength"_L1).toDouble() >= longText;
    return field;
}

} // namespace

QStringList orderedProperties(const QJsonObject &schema, qsizetype most)
{
    const QJsonObject properties = schema.value("properties"_L1).toObject();
    const QJsonArray required = schema.value("required"_L1).toArray();
    QStringList names;
    QSet<QString> seen; // A server may name very many.
    const auto add = [&](const QString &name) {
        if (names.size() < most && !seen.contains(name)) {
            seen.insert(name);
            names.append(name);
        }
    };
    for (const QJsonValue &name : required) {
        if (properties.contains(name.toString()))
            add(name.toString());
    }
    for (auto one = properties.begin(); one != properties.end() && names.size() < most; ++one)
        add(one.key());
    return names;
}

FormField formFor(const QJsonObject &schema, FormOf of)
{
    return Reader(schema, of == FormOf::Question).read(schema, 0);
}

base::Expected<QJsonValue, QString> valueOf(FormField::Kind kind, const QString &text)
{
    if (kind == Kind::Text)
        return QJsonValue(text);
    if (kind == Kind::Json) {
        // Within a list: JSON that stands alone may be a number or a word as well.
        const auto read = base::readJson("[" + text.toUtf8() + "]");
        if (!read)
            return base::failure(u"This is no JSON: "_s + read.error().text);
        const QJsonArray all = read->toArray();
        return all.size() == 1 ? base::Expected<QJsonValue, QString>(all.first())
                               : base::failure(u"This wants one JSON value."_s);
    }
    bool isWhole = false;
    const qint64 whole = text.trimmed().toLongLong(&isWhole);
    if (isWhole)
        return QJsonValue(whole);
    bool isNumber = false;
    const double number = text.trimmed().toDouble(&isNumber);
    if (!isNumber || !std::isfinite(number))
        return base::failure(kind == Kind::Integer ? u"This wants a whole number."_s
                                                   : u"This wants a number."_s);
    if (kind == Kind::Integer && (std::floor(number) != number || std::abs(number) > largestWhole))
        return base::failure(u"This wants a whole number."_s);
    return kind == Kind::Integer ? QJsonValue(qint64(number)) : QJsonValue(number);
}

QString textOf(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isUndefined())
        return {};
    return QString::fromUtf8(base::writeJson(value));
}

namespace {

/// As a field would show it: an empty one is nothing, and none shows what hides.
bool isShownAsItIs(const FormField &field, const QString &text)
{
    const base::Space space = field.isLong ? base::Space::Text : base::Space::Line;
    return base::escapedForDisplay(text, space) == text;
}

/// They are ticked in their own order, each once.
bool areInOrder(const FormField &field, const QJsonArray &all)
{
    qsizetype before = -1;
    for (const QJsonValue &one : all) {
        const auto found
            = std::find_if(field.choices.begin(), field.choices.end(),
                           [&one](const FormField::Choice &choice) { return choice.value == one; });
        const qsizetype at = found - field.choices.begin();
        if (found == field.choices.end() || at <= before)
            return false;
        before = at;
    }
    return true;
}

bool holdsAll(const FormField &item, const QJsonArray &all)
{
    return all.size() <= FormField::mostItems
        && std::all_of(all.begin(), all.end(), [&item](const QJsonValue &one) {
               // An item that is empty was added, and so is there.
               return (item.kind == Kind::Text && one == QString()) || canHold(item, one);
           });
}

bool holdsMembers(const FormField &field, const QJsonObject &all)
{
    qsizetype known = 0;
    for (const FormField &part : field.parts) {
        const QJsonValue there = all.value(part.name);
        known += there.isUndefined() ? 0 : 1;
        if (!there.isUndefined() && !canHold(part, there))
            return false;
    }
    return known == all.size();
}

} // namespace

bool canHold(const FormField &field, const QJsonValue &value)
{
    switch (field.kind) {
    case Kind::Text:
        return value.isString() && !value.toString().isEmpty() && isShownAsItIs(field, value.toString());
    case Kind::Number:
    case Kind::Integer:
        return value.isDouble();
    case Kind::Boolean:
        return value.isBool();
    case Kind::Choice:
        return std::any_of(field.choices.begin(), field.choices.end(),
                           [&value](const FormField::Choice &one) { return one.value == value; });
    case Kind::Choices:
        return value.isArray() && (field.isRequired || !value.toArray().isEmpty())
            && areInOrder(field, value.toArray());
    case Kind::List:
        return value.isArray() && (field.isRequired || !value.toArray().isEmpty())
            && holdsAll(field.parts.first(), value.toArray());
    case Kind::Object:
        return value.isObject() && holdsMembers(field, value.toObject());
    case Kind::Alternatives:
        return std::any_of(field.parts.begin(), field.parts.end(),
                           [&value](const FormField &one) { return canHold(one, value); });
    case Kind::Json:
        return true;
    }
    return false;
}

} // namespace gatehouse::client
