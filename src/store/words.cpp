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

/// The character taken apart (Unicode NFKD), in capitals first, since "ß" is "ss" only there. Each by itself:
/// marks are left out, so that their order is nothing, for which Qt's own takes the square of their number.
QString folded(char32_t point)
{
    QString parts = QString::fromUcs4(&point, 1);
    constexpr int deepest = 8; // Unicode has fewer.
    for (int i = 0; i < deepest; ++i) {
        QString next;
        for (const char32_t one : parts.toUcs4()) {
            const QString apart = QChar::decomposition(one);
            next += apart.isEmpty() ? QString::fromUcs4(&one, 1) : apart;
        }
        if (next == parts)
            break;
        parts = next;
    }
    return parts.toUpper().toCaseFolded();
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
    const auto take = [&](char32_t point) {
        if (QChar::category(point) == QChar::Mark_NonSpacing)
            return;
        const bool isAlone = standsAlone(point);
        if (!isOfWords(point) || isAlone)
            end();
        if (isOfWords(point) && word.size() < longestWord)
            word += QString::fromUcs4(&point, 1);
        if (isAlone)
            end();
    };
    const auto points = text.toUcs4();
    for (const char32_t point : points) {
        if (point < 0x80) { // As most are.
            take(QChar::toLower(point));
            continue;
        }
        const auto parts = folded(point).toUcs4();
        for (const char32_t part : parts)
            take(part);
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
