// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace gatehouse::inspector {

/// A word, or a parenthesis.
struct Token
{
    enum class Kind { Word, Open, Close };
    Kind kind = Kind::Word;
    QString text = {}; ///< With its quotes taken off.
    qsizetype colon = -1; ///< Of the first colon outside quotes.
    bool isNegated = false;
    bool hasQuotes = false; ///< It means itself, whatever it says.
};

/// Words by blanks; double quotes hold blanks, colons and parentheses. A parenthesis within a word is part of
/// it.
[[nodiscard]] QList<Token> tokensOf(const QString &text);

/// As texts are compared, without their case.
[[nodiscard]] QByteArray folded(const QString &text);

/// "client:\"claude-code 2.1\"": the term that finds that value, quoted where it must be; empty for none.
[[nodiscard]] QString termFor(const QString &field, const QString &value);

/// The text with the term added at its end, or taken out where it is there: what a chip does.
[[nodiscard]] QString withTermToggled(const QString &text, const QString &term);
/// Without the terms of that field, negated or not, that stand outside of parentheses; the same text where it
/// has alternatives outside of them.
[[nodiscard]] QString withoutField(const QString &text, const QString &field);
/// Whether an `or` stands outside of all parentheses.
[[nodiscard]] bool hasAlternatives(const QString &text);
[[nodiscard]] bool hasTerm(const QString &text, const QString &term);

} // namespace gatehouse::inspector
