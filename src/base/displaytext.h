// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

} // namespace gatehouse::base
