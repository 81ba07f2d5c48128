// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace gatehouse::clientfiles {

/// What stands in each line of a TOML text (TOML 1.0.0), without reading values. A pure function, linear.
struct TomlLine
{
    enum class Kind {
        Blank,
        Comment,
        Head, ///< Of a table or an array of tables.
        Key, ///< With the beginning of its value, or the whole of it.
        Inside, ///< Of a value that began on a line before.
        Other, ///< None of them: there is no such line in TOML.
    };
    Kind kind = Kind::Blank;
    QByteArray name = {}; ///< Of a Head with its brackets, of a Key up to its "=", as they are written.
    QByteArray value = {}; ///< Of a Key: what stands behind, without the white space around it.
    int parts = 0; ///< Of the name: how many are joined by dots.
};
[[nodiscard]] QList<TomlLine> tomlLinesOf(const QByteArray &text);

/// The lines of any text, each with its end.
[[nodiscard]] QByteArrayList linesOf(const QByteArray &text);

} // namespace gatehouse::clientfiles
