// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "inspector/exchangelog.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace gatehouse::inspector {

/// A question to the log: words that all must be found, and fields such as `auth:expired`, `http:4xx`,
/// `dur:>500ms`, `is:failed`. A "-" before a term negates it, double quotes hold words together.
class Filter
{
public:
    Filter() = default;
    /// The error is a sentence that says which term cannot be used and what would do.
    [[nodiscard]] static base::Expected<Filter, QString> parse(const QString &text);

    [[nodiscard]] bool isEmpty() const { return m_terms.isEmpty(); }
    /// Notes stand between what matches only where nothing is asked for.
    [[nodiscard]] bool matches(const Entry &entry) const;

    /// Whether it names the sandbox's rows, which are shown then even where they are hidden otherwise.
    [[nodiscard]] bool asksForSandbox() const;

    /// The field names that parse() knows, for completion.
    [[nodiscard]] static QStringList fields();

private:
    enum class Field {
        Any,
        Auth,
        Http,
        Result,
        Method,
        Tool,
        User,
        Client,
        Session,
        Path,
        Token,
        Duration,
        Size,
        Is
    };
    enum class Relation { Equal, Less, Greater };
    struct Term
    {
        Field field = Field::Any;
        Relation relation = Relation::Equal;
        QByteArray text = {}; ///< Case folded.
        qint64 number = 0; ///< With Auth: one bit for each reason that is meant.
        bool isNegated = false;
    };
    [[nodiscard]] static base::Expected<Term, QString> readTerm(const QString &name, const QString &value);
    [[nodiscard]] static qint64 reasonsCalled(const QByteArray &text);
    [[nodiscard]] static bool holds(const Term &term, const Entry &entry);

    QList<Term> m_terms;
};

/// The text with the term added at its end, or taken out where it is there: what a chip does.
[[nodiscard]] QString withTermToggled(const QString &text, const QString &term);
[[nodiscard]] bool hasTerm(const QString &text, const QString &term);

} // namespace gatehouse::inspector
