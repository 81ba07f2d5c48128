// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QRegularExpression>
#include <QString>

namespace gatehouse::mcp {

/// A regular expression as JSON Schema writes it (ECMA-262, with the u flag), run by PCRE2 with a bound on
/// its work.
class Pattern
{
public:
    /// Or a sentence that says what is wrong with it.
    [[nodiscard]] static base::Expected<Pattern, QString> read(const QString &text);

    enum class Answer {
        Matches,
        Differs,
        TooMuchWork, ///< Neither is known.
    };
    [[nodiscard]] Answer find(const QString &text) const;
    [[nodiscard]] const QString &text() const { return m_text; }

private:
    QString m_text;
    QRegularExpression m_expression;
};

} // namespace gatehouse::mcp
