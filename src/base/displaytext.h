// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <functional>

namespace gatehouse::base {

/// Foreign text is text, wherever it stands: text that a peer, a token, a server or a file chose may not
/// rewrite what stands beside it, or hide something.

/// Which white space stays as it is.
enum class Space {
    Line, ///< Of one line: tabs and line ends are shown as what they are.
    Tabs,
    Text, ///< Of several lines: tabs and line ends are what they are meant for.
};

/// As a view or a terminal may show it: what is obeyed there or cannot be seen is written as ⟨U+202E⟩, and so
/// are characters that are invisible. What words and pictures need stays: joiners between letters of scripts
/// that join and within emoji, a variation selector behind what it varies.
[[nodiscard]] QString escapedForDisplay(const QString &text, Space space = Space::Line);

/// The same, with `write` saying what stands for such a character.
[[nodiscard]] QString escapedForDisplay(const QString &text, Space space,
                                        const std::function<QString(char32_t)> &write);

/// For a view: each run from right to left in an isolate of its own, so that a name does not reorder or turn
/// around what stands beside it (UAX #9 §2.4). Not for a terminal, and not to be copied.
[[nodiscard]] QString isolated(const QString &text);

/// The same text without the isolates: what isolated() was given, if that was escaped.
[[nodiscard]] QString withoutIsolates(const QString &text);

/// For a view that breaks lines at spaces alone: a zero-width space behind every sixtieth character without
/// one, and rather behind the sign of JSON or of an address before that. Not to be copied.
[[nodiscard]] QString breakable(const QString &text);

/// What a view of several lines shows of a text, escaped, isolated and with line feeds alone, and what stands
/// in the text behind a part of it: what is copied is what came.
class Displayed
{
public:
    Displayed() = default;
    explicit Displayed(const QString &source);

    [[nodiscard]] const QString &source() const { return m_source; }
    [[nodiscard]] const QString &text() const { return m_text; }
    /// The source of `text()` from `begin` to before `end`; an escape of which a part is meant counts whole.
    [[nodiscard]] QString sourceOf(qsizetype begin, qsizetype end) const;

private:
    /// Where the two differ: what stands for what. Isolates stand for nothing, and nothing for a carriage
    /// return.
    struct Change
    {
        qsizetype at = 0; ///< In the shown text.
        qsizetype size = 0;
        qsizetype sourceAt = 0;
        qsizetype sourceSize = 0;
    };
    QString m_source;
    QString m_text;
    QList<Change> m_changes; ///< By their place.
};

} // namespace gatehouse::base
