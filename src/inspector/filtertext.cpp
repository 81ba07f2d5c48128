// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/filtertext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

QList<Token> tokensOf(const QString &text)
{
    QList<Token> tokens;
    Token word;
    bool isQuoted = false;
    bool isOpen = false;
    int groups = 0; // That are open.
    int inWord = 0; // Parentheses that the word itself has opened.
    const auto end = [&] {
        if (isOpen)
            tokens.append(word);
        word = {};
        isOpen = false;
        inWord = 0;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool isLast = i + 1 == text.size() || text[i + 1].isSpace() || text[i + 1] == u')';
        if (c == u'"') {
            isQuoted = !isQuoted;
            isOpen = word.hasQuotes = true;
        } else if (isQuoted) {
            word.text += c;
        } else if (c.isSpace()) {
            end();
        } else if (c == u'(' && word.text.isEmpty() && !word.hasQuotes) {
            tokens.append({Token::Kind::Open, {}, -1, word.isNegated});
            ++groups;
            word = {};
            isOpen = false;
        } else if (c == u')' && isLast && groups > 0 && inWord == 0) {
            end();
            tokens.append({Token::Kind::Close});
            --groups;
        } else if (c == u'-' && !isOpen && !isLast) {
            word.isNegated = isOpen = true;
        } else {
            if (c == u':' && word.colon < 0)
                word.colon = word.text.size();
            inWord += c == u'(' ? 1 : c == u')' ? -1 : 0;
            word.text += c;
            isOpen = true;
        }
    }
    end();
    return tokens;
}

QByteArray folded(const QString &text)
{
    return text.toCaseFolded().toUtf8();
}

bool hasAlternatives(const QString &text)
{
    int depth = 0;
    const QList<Token> tokens = tokensOf(text);
    return std::any_of(tokens.begin(), tokens.end(), [&depth](const Token &token) {
        depth += token.kind == Token::Kind::Open ? 1 : token.kind == Token::Kind::Close ? -1 : 0;
        return depth == 0 && token.kind == Token::Kind::Word && !token.hasQuotes && !token.isNegated
            && token.text.compare("or"_L1, Qt::CaseInsensitive) == 0;
    });
}

bool hasTerm(const QString &text, const QString &term)
{
    return text.split(u' ', Qt::SkipEmptyParts).contains(term);
}

QString termFor(const QString &field, const QString &value)
{
    // A quote cannot be written, and a part is found in the whole: the part before it.
    const QString written = value.section(u'"', 0, 0, QString::SectionSkipEmpty);
    const bool isQuoted = std::any_of(written.begin(), written.end(),
                                      [](QChar c) { return c.isSpace() || u":()"_s.contains(c); });
    return written.isEmpty() ? QString() : field + u':' + (isQuoted ? u'"' + written + u'"' : written);
}

QString withTermToggled(const QString &text, const QString &term)
{
    QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    if (words.removeAll(term) > 0)
        return words.join(u' ');
    // It shall narrow each of what may be found, and not the last alone.
    const QString whole = hasAlternatives(text) ? u'(' + text.trimmed() + u')' : text.trimmed();
    return whole.isEmpty() ? term : whole + u' ' + term;
}

QString withoutField(const QString &text, const QString &field)
{
    // Within an alternative it may not go by itself.
    if (hasAlternatives(text))
        return text;
    QStringList kept;
    QString word;
    bool isQuoted = false;
    int depth = 0; // Of parentheses, whose inside stays as it is.
    const auto end = [&] {
        const qsizetype sign = word.startsWith(u'-') ? 1 : 0;
        if (!word.isEmpty() && !word.mid(sign).startsWith(field + u':', Qt::CaseInsensitive))
            kept.append(word);
        word.clear();
    };
    for (const QChar c : text) {
        isQuoted = isQuoted != (c == u'"');
        if (!isQuoted)
            depth = std::max(0, depth + (c == u'(' ? 1 : c == u')' ? -1 : 0));
        if (c.isSpace() && !isQuoted && depth == 0)
            end();
        else
            word += c;
    }
    end();
    return kept.join(u' ');
}

} // namespace gatehouse::inspector
