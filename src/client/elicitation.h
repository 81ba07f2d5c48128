// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <utility>

namespace gatehouse::client {

/// What a person is asked for by a server (MCP 2025-11-25 "Elicitation"): the params of elicitation/create.
struct Elicitation
{
    QString message = {};
    bool isForm = true; ///< False: an address to open, which only a person may.
    QJsonObject schema = {}; ///< Of the form: an object of primitive properties.
};
[[nodiscard]] Elicitation readElicitation(const QJsonObject &params);

/// The fields in the order in which to ask for them: those that have to be filled in as the server lists
/// them, then the others by their names; a hundred at most.
[[nodiscard]] QStringList fieldsOf(const Elicitation &form);

/// What the form holds where nobody fills it in: the defaults of its schema. The error names a field that has
/// to be filled in and has none.
[[nodiscard]] base::Expected<QJsonObject, QString> defaultsOf(const Elicitation &form);

/// The values that a field of that schema may have, each with its title, which may be empty; none where any
/// value will do.
[[nodiscard]] QList<std::pair<QString, QString>> choicesIn(const QJsonObject &schema);

/// The value that a text stands for in a field of that schema (string, number, integer, boolean, one of an
/// enumeration by its value or its title, several of them by commas). The error says what is wanted.
[[nodiscard]] base::Expected<QJsonValue, QString> valueFor(const QJsonObject &property, const QString &text);

[[nodiscard]] QJsonObject accepted(const QJsonObject &content);
[[nodiscard]] QJsonObject declined();

} // namespace gatehouse::client
