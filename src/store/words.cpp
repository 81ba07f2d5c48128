// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/words.h"

#include <QSet>

#include <algorithm>

namespace gatehouse::store {

namespace {

constexpr qsizetype longestWord = 64;

bool isOfWords(char32_t point)
{
    return QChar::isLetterOrNumber(point) || QChar::category(point) == QChar::Mark_SpacingCombining;
}

bool standsAlone(char32_t point)
{
    switch (QChar::script(point)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return true;
    default:
        return false;
    }
}

QString folded(const QString &text)
{
    return text.normalized(QString::NormalizationForm_KD)
        .toUpper()
        .toCaseFolded(); // "ß" is "ss" only in capitals.
}

} // namespace

QStringList wordsOf(const QString &text, qsizetype mostCharacters)
{
    QStringList words;
    QSet<QString> known;
    QString word;
    qsizetype characters = 0;
    const auto end = [&] {
        if (!word.isEmpty() && !known.contains(word) && characters + word.size() < mostCharacters) {
            known.insert(word);
            words.append(word);
            characters += word.size() + 1;
        }
        word.clear();
    };
    const auto points = folded(text).toUcs4();
    for (const char32_t point : points) {
        if (QChar::category(point) == QChar::Mark_NonSpacing)
            continue;
        const bool isAlone = standsAlone(point);
        if (!isOfWords(point) || isAlone)
            end();
        if (isOfWords(point) && word.size() < longestWord)
            word += QString::fromUcs4(&point, 1);
        if (isAlone)
            end();
    }
    end();
    return words;
}

QString excerptOf(const QString &text, const QStringList &words, qsizetype around)
{
    // Folding changes lengths, so that only words which are written plainly are found; else it is the start.
    qsizetype from = -1;
    for (const QString &word : words) {
        const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
        if (at >= 0 && (from < 0 || at < from))
            from = at;
    }
    from = std::max(qsizetype(0), from - around / 3);
    qsizetype to = std::min(text.size(), from + around);
    if (from > 0 && from < text.size() && text.at(from).isLowSurrogate())
        ++from;
    if (to < text.size() && text.at(to).isLowSurrogate())
        --to;
    const QString part = text.mid(from, to - from).simplified();
    return (from > 0 ? QStringLiteral("…") : QString()) + part
        + (to < text.size() ? QStringLiteral("…") : QString());
}

} // namespace gatehouse::store
