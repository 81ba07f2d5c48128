// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>

namespace gatehouse::client {

/// What a person fills in for a value of a JSON Schema (draft 2020-12), as far as a form can say it. What it
/// cannot say is filled in as JSON; whether a value fits, only the schema knows (schema/schema.h).
struct FormField
{
    enum class Kind {
        Text,
        Number,
        Integer,
        Boolean,
        Choice, ///< One of `choices`.
        Choices, ///< A list of some of `choices`.
        Object, ///< `parts` are its members.
        List, ///< Of what its only part is.
        Alternatives, ///< One of `parts`.
        Json, ///< Anything else, and what lies too deep.
    };
    struct Choice
    {
        QJsonValue value = {};
        QString title = {}; ///< As the schema calls it; may be empty.
    };

    static constexpr qsizetype mostItems = 100; ///< Of a list.

    Kind kind = Kind::Json;
    QString name = {}; ///< As a member of an object; empty for an item, an alternative and the whole.
    QString title = {}; ///< May be empty.
    QString about = {};
    QString format = {}; ///< Of a text: "date", "email", …
    bool isRequired = false;
    bool isLong = false; ///< Of a text: it may have several lines.
    bool takesOthers = true; ///< Of an object: members that the schema does not name.
    QJsonValue usual = QJsonValue::Undefined; ///< What it holds where nobody fills it in.
    QList<Choice> choices = {};
    QList<FormField> parts = {};
};

/// The form for that schema. References within it are followed, what it puts together with allOf is one, and
/// null beside another type is "not given". Bounded: 200 fields, six deep.
enum class FormOf {
    Arguments, ///< Of a tool: by the letter of its schema.
    Question, ///< Of a server to a person (MCP "Elicitation").
};
[[nodiscard]] FormField formFor(const QJsonObject &schema, FormOf of = FormOf::Arguments);

/// The names of an object's properties in the order in which to ask for them: those that are required as the
/// schema lists them, then the others by their names; at most `most`.
[[nodiscard]] QStringList orderedProperties(const QJsonObject &schema, qsizetype most);

/// The value that a text stands for in a field of that kind: Text, Number, Integer or Json. The error is one
/// English sentence.
[[nodiscard]] base::Expected<QJsonValue, QString> valueOf(FormField::Kind kind, const QString &text);
/// The other way round: as a person would write it there.
[[nodiscard]] QString textOf(const QJsonValue &value);

/// Whether a field can show that value so that it stays what it is: what cannot is for JSON.
[[nodiscard]] bool canHold(const FormField &field, const QJsonValue &value);

} // namespace gatehouse::client
