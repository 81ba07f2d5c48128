// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/elicitation.h"

#include "client/formfield.h"

#include <QJsonArray>

#include <cmath>

using namespace Qt::StringLiterals;

namespace gatehouse::client {

namespace {

constexpr qsizetype maximumFields = 100;

base::Expected<QString, QString> chosen(const QList<std::pair<QString, QString>> &choices,
                                        const QString &text)
{
    QStringList known;
    for (const auto &[value, title] : choices) {
        if (value == text || (!title.isEmpty() && title == text))
            return value;
        known.append(value.left(100));
    }
    return base::failure(u"This wants one of: "_s + known.join(u", "_s).left(1000));
}

} // namespace

QList<std::pair<QString, QString>> choicesIn(const QJsonObject &schema)
{
    // `enum`, or `oneOf` or `anyOf` with `const`.
    QList<std::pair<QString, QString>> all;
    const QJsonArray names = schema.value("enumNames"_L1).toArray();
    const QJsonArray values = schema.value("enum"_L1).toArray();
    for (qsizetype i = 0; i < values.size(); ++i)
        all.append({values.at(i).toString(), names.at(i).toString()});
    for (const auto member : {"oneOf"_L1, "anyOf"_L1}) {
        const QJsonArray titled = schema.value(member).toArray();
        for (const QJsonValue &one : titled)
            all.append({one["const"_L1].toString(), one["title"_L1].toString()});
    }
    return all;
}

Elicitation readElicitation(const QJsonObject &params)
{
    return {params.value("message"_L1).toString(), params.value("mode"_L1).toString(u"form"_s) == "form"_L1,
            params.value("requestedSchema"_L1).toObject()};
}

QStringList fieldsOf(const Elicitation &form)
{
    return orderedProperties(form.schema, maximumFields);
}

base::Expected<QJsonObject, QString> defaultsOf(const Elicitation &form)
{
    QJsonObject content;
    const QJsonObject properties = form.schema.value("properties"_L1).toObject();
    for (auto one = properties.begin(); one != properties.end(); ++one) {
        if (const QJsonValue value = one.value()["default"_L1]; !value.isUndefined())
            content.insert(one.key(), value);
    }
    const QJsonArray required = form.schema.value("required"_L1).toArray();
    for (const QJsonValue &name : required) {
        if (!content.contains(name.toString()))
            return base::failure(u"The field \"%1\" has to be filled in."_s.arg(name.toString().left(100)));
    }
    return content;
}

base::Expected<QJsonValue, QString> valueFor(const QJsonObject &property, const QString &text)
{
    const QString type = property.value("type"_L1).toString(u"string"_s);
    if (type == "boolean"_L1) {
        static const QStringList yes{u"true"_s, u"yes"_s, u"y"_s};
        static const QStringList no{u"false"_s, u"no"_s, u"n"_s};
        if (yes.contains(text, Qt::CaseInsensitive) || no.contains(text, Qt::CaseInsensitive))
            return QJsonValue(yes.contains(text, Qt::CaseInsensitive));
        return base::failure(u"This wants yes or no."_s);
    }
    if (type == "number"_L1 || type == "integer"_L1) {
        bool isNumber = false;
        const double number = text.toDouble(&isNumber);
        const bool isWhole = isNumber && std::floor(number) == number && std::abs(number) < 9e15;
        if (!isNumber || !std::isfinite(number) || (type == "integer"_L1 && !isWhole))
            return base::failure(type == "integer"_L1 ? u"This wants a whole number."_s
                                                      : u"This wants a number."_s);
        return isWhole ? QJsonValue(qint64(number)) : QJsonValue(number);
    }
    if (type == "array"_L1) {
        const auto choices = choicesIn(property.value("items"_L1).toObject());
        QJsonArray all;
        const QStringList parts = text.split(u',', Qt::SkipEmptyParts);
        for (const QString &part : parts) {
            const auto value = chosen(choices, part.trimmed());
            if (!value)
                return base::failure(value.error());
            all.append(*value);
        }
        return all;
    }
    if (const auto choices = choicesIn(property); !choices.isEmpty()) {
        const auto value = chosen(choices, text);
        return value ? base::Expected<QJsonValue, QString>(QJsonValue(*value)) : base::failure(value.error());
    }
    return QJsonValue(text);
}

QJsonObject accepted(const QJsonObject &content)
{
    return {{u"action"_s, u"accept"_s}, {u"content"_s, content}};
}

QJsonObject declined()
{
    return {{u"action"_s, u"decline"_s}};
}

} // namespace gatehouse::client
