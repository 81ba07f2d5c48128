// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

namespace gatehouse::base {

/// What is wrong with a text that should be JSON (RFC 8259, and RFC 7493 where that is stricter).
enum class JsonFault {
    Empty, ///< Nothing but white space.
    Syntax, ///< Not JSON at the given place.
    TrailingData, ///< A complete value, then something else.
    DuplicateMember, ///< The same name twice in one object: which one counts is a guess, so neither does.
    InvalidUtf8, ///< Bytes that are not UTF-8.
    LoneSurrogate, ///< Half of a UTF-16 pair in a \u escape.
    NumberOutOfRange, ///< A number that no double holds.
    TooDeep, ///< Nested deeper than the limit.
    TooLarge, ///< Longer than the limit.
    NotAnObject, ///< A JSON value, where an object is wanted.
};

struct JsonError
{
    JsonFault fault = JsonFault::Syntax;
    qsizetype offset = 0; ///< In bytes from the start.
    QString text; ///< One English sentence, safe for the wire: holds nothing of the input.
};

struct JsonLimits
{
    int depth = 128; ///< Arrays and objects inside each other.
    qsizetype bytes = 16 * 1024 * 1024;
};

/// Reads one JSON value strictly; QJsonDocument lets 18 of JSONTestSuite's wrong texts pass and keeps the
/// last of two members with one name. Integers within 2^63 stay exact.
[[nodiscard]] Expected<QJsonValue, JsonError> readJson(QByteArrayView text, const JsonLimits &limits = {});

/// The same, for places where only an object will do.
[[nodiscard]] Expected<QJsonObject, JsonError> readJsonObject(QByteArrayView text,
                                                              const JsonLimits &limits = {});

/// For an object or array that this program wrote itself (base::JsonWriter): judges nothing. Undefined for
/// what is none.
[[nodiscard]] QJsonValue readOwnJson(const QByteArray &text);

/// About how many bytes Qt takes for it, shared or not: an array of one digit takes 60 times its text.
[[nodiscard]] qsizetype memoryOf(const QJsonValue &value);

/// One line, no spaces: what goes on the wire.
[[nodiscard]] QByteArray writeJson(const QJsonObject &object);
[[nodiscard]] QByteArray writeJson(const QJsonArray &array);
[[nodiscard]] QByteArray writeJson(const QJsonValue &value);

} // namespace gatehouse::base
