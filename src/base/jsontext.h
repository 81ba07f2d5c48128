// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace gatehouse::base {

/// A JSON text as it is written. Qt's values know neither the order of members nor the digits of numbers: 1.1
/// would be shown as 1.1000000000000001, 5000.00 as 5000.
class JsonText
{
public:
    enum class Kind { Object, Array, String, Number, Word };

    /// One value: where it stands in the text, and in which other.
    struct Node
    {
        Kind kind = Kind::Word;
        int parent = -1; ///< The root has none.
        int length = 0; ///< Members or items.
        qsizetype nameBegin = 0; ///< With its quotes; no longer than nothing where it has no name.
        qsizetype nameEnd = 0;
        qsizetype begin = 0;
        qsizetype end = 0;
    };

    /// Judges as readJson() does.
    [[nodiscard]] static Expected<JsonText, JsonError> read(const QByteArray &text,
                                                            const JsonLimits &limits = {});

    /// Each before what is within it and behind what stands before it; the root is the first.
    [[nodiscard]] const std::vector<Node> &nodes() const { return m_nodes; }
    [[nodiscard]] bool hasName(const Node &node) const { return node.nameEnd > node.nameBegin; }
    /// As written: quotes and escapes included.
    [[nodiscard]] QByteArrayView nameOf(const Node &node) const;
    [[nodiscard]] QByteArrayView textOf(const Node &node) const;

private:
    void scan();

    QByteArray m_text;
    std::vector<Node> m_nodes;
};

/// What a JSON string says that is written so, quotes included. Empty for what is none.
[[nodiscard]] QString unquotedJson(QByteArrayView quoted);

/// The text of a member of an object, as it is written; empty where there is none, or the text is no object.
[[nodiscard]] QByteArray memberText(const QByteArray &object, QByteArrayView name);

/// The same JSON on several lines, four spaces deep: every name, string and number as it is written. What is no
/// JSON comes back unharmed but for its white space.
[[nodiscard]] QByteArray indentedJson(QByteArrayView json);

/// The same JSON in one line, without white space between what it says.
[[nodiscard]] QByteArray compactJson(QByteArrayView json);

} // namespace gatehouse::base
