// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace gatehouse::store {

/// The words of a text as they are looked for, each once: without case and accents (Unicode NFKD and case
/// folding), letters and digits only, at most 64 characters each and so many of them together. Of scripts
/// without spaces each character is a word. The same in each database, whatever it knows of languages.
[[nodiscard]] QStringList wordsOf(const QString &text, qsizetype mostCharacters = 200'000);

/// About `around` characters of the text on one line, where the first of the words begins; its beginning
/// where none does.
[[nodiscard]] QString excerptOf(const QString &text, const QStringList &words, qsizetype around = 160);

} // namespace gatehouse::store
