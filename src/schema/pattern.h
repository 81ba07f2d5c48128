// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"

#include <QRegularExpression>
#include <QString>

#include <array>

namespace gatehouse::schema {

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
    /// Spends from `work`, some nanoseconds to each unit at most, and gives up when it is used up.
    [[nodiscard]] Answer find(const QString &text, qint64 &work) const;
    [[nodiscard]] const QString &text() const { return m_text; }

private:
    /// With how much work; PCRE2 is told once for all its matches, and does not say how much it did.
    static constexpr std::array<int, 5> bounds{64, 1024, 16 * 1024, 256 * 1024, 1000 * 1000};

    QString m_text;
    std::array<QRegularExpression, bounds.size()> m_expressions; ///< One for each bound.
};

} // namespace gatehouse::schema
