// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "inspector/exchangelog.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <vector>

namespace gatehouse::inspector {

/// A question to the log: words that all must be found, and fields such as `auth:expired`, `http:4xx`,
/// `dur:>500ms`, `is:failed`, `body:"x y"`. A "-" before a term or a parenthesis negates it, `or` stands
/// between what may be found instead, parentheses hold terms together and double quotes words.
class Filter
{
public:
    Filter() = default;
    /// A term that is not finished, such as "user:" or "time:14:2".
    enum class Unfinished {
        IsBeingTyped, ///< It asks for nothing yet.
        IsWrong, ///< Nobody will finish it: it came from a command line.
    };
    /// The error is a sentence that says which term cannot be used and what would do.
    [[nodiscard]] static base::Expected<Filter, QString>
    parse(const QString &text, Unfinished unfinished = Unfinished::IsBeingTyped);

    [[nodiscard]] bool isEmpty() const { return m_root.parts.empty(); }
    /// Notes stand between what matches only where nothing is asked for.
    [[nodiscard]] bool matches(const Entry &entry) const;

    /// Whether it names rows of the sandbox, which are shown then even where they are hidden otherwise.
    [[nodiscard]] bool asksForSandbox() const;

    /// What the word that is being typed could become: whole terms, or a field with its colon; each with what
    /// it means in a few words. All fields for an empty word, nothing for one that is no field's.
    struct Completion
    {
        QString term;
        QString words;
    };
    [[nodiscard]] static QList<Completion> completionsOf(const QString &word);

private:
    enum class Field {
        Any,
        Auth,
        Http,
        Result,
        Method,
        Tool,
        User,
        Organization,
        Client,
        Session,
        Path,
        Token,
        Trace,
        Body,
        Duration,
        Size,
        Time,
        Is
    };
    struct Named
    {
        QLatin1StringView name;
        Field field;
        const char *words; ///< What it looks for.
    };
    enum class Relation { Equal, Less, Greater };
    struct Term
    {
        Field field = Field::Any;
        Relation relation = Relation::Equal;
        QByteArray text = {}; ///< Case folded.
        qint64 number = 0; ///< With Auth: one bit for each reason that is meant. With Any: 1 for a time. With
                           ///< Time: the first millisecond of the day …
        qint64 until = 0; ///< … and the first that is not meant any more;
        bool isOfOneDay = false; ///< since 1970, where the day is named.
    };
    /// All of its parts, one of them, or a term.
    struct Node
    {
        enum class Kind { All, One, Term };
        Kind kind = Kind::All;
        bool isNegated = false;
        Term term = {};
        std::vector<Node> parts = {};
    };
    class Reader;

    [[nodiscard]] static const QList<Named> &fields();
    [[nodiscard]] static base::Expected<Term, QString> readTerm(const Named &field, const QString &value);
    [[nodiscard]] static base::Expected<void, QString> readMeasure(Term &term, QString value);
    [[nodiscard]] static base::Expected<void, QString> readTime(Term &term, const QString &value);
    [[nodiscard]] static base::Expected<void, QString> readState(Term &term, const QString &value);
    [[nodiscard]] static qint64 reasonsCalled(const QByteArray &text);
    [[nodiscard]] static bool holds(const Term &term, const Entry &entry);
    [[nodiscard]] static bool holds(const Node &node, const Entry &entry);
    [[nodiscard]] static bool asksForSandbox(const Node &node);

    Node m_root;
};

} // namespace gatehouse::inspector
