// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace gatehouse::base {

/// Foreign text in the languages of others, where it stays text.

/// One word of a POSIX shell, or of fish, that stands for these bytes: in single quotes, or where a terminal
/// or an eye could take some of them otherwise, as $'…' (POSIX.1-2024 §2.2.4; bash, zsh, ksh), which has no
/// control character in it. A shell that does not know that form gets another word, and runs nothing. A long
/// one is on several lines, which a terminal takes whole.
[[nodiscard]] QString shellWord(const QByteArray &bytes);

/// JSON text as the same JSON in which no character is obeyed by a terminal or hidden from its reader: DEL,
/// C1 controls, bidirectional and other format characters are \uXXXX. Controls below U+0020 JSON has none of.
[[nodiscard]] QByteArray terminalJson(const QByteArray &json);

/// As plain words of CommonMark and GitHub's flavour, in one line: no mark-up, HTML, picture, mention, or
/// link with another text.
[[nodiscard]] QString markdownText(const QString &text);
/// As code within a line, also in a table's cell; as plain words where it has a "|", which ends cells.
[[nodiscard]] QString markdownCode(const QString &text);
/// As a block of code of its own, whose fence is longer than any in it.
[[nodiscard]] QString markdownBlock(const QString &text, const QString &language);

} // namespace gatehouse::base
