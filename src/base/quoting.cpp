// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/quoting.h"

#include "base/displaytext.h"

#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::base {

namespace {

/// Nothing in it is obeyed by terminals, or invisible to whoever reads before they press Return.
bool isPlain(const QString &text)
{
    return !text.contains(QChar::ReplacementCharacter) && escapedForDisplay(text) == text;
}

/// How many of these stand in a row at the most.
qsizetype longestRun(const QString &text, QChar of)
{
    qsizetype longest = 0;
    qsizetype run = 0;
    for (const QChar c : text) {
        run = c == of ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

// A terminal takes lines of 4095 bytes at the most and drops what goes beyond, a closing quote among it: the
// next line would be code. So a word is in pieces, with a line end between them that is none to the shell.
constexpr qsizetype longestPiece = 400;

QString quotedWord(const QString &text)
{
    QString word = u"'"_s;
    for (qsizetype i = 0, inPiece = 0; i < text.size(); ++i, ++inPiece) {
        const QChar c = text[i];
        if (inPiece >= longestPiece && !c.isLowSurrogate()) {
            word += u"'\\\n'"_s;
            inPiece = 0;
        }
        // A backslash stands outside as well: fish reads one within quotes.
        if (c == u'\'')
            word += u"'\\''"_s;
        else if (c == u'\\')
            word += u"'\\\\'"_s;
        else
            word += c;
    }
    return word + u'\'';
}

QString escapedWord(const QByteArray &bytes)
{
    QString word = u"$'"_s;
    qsizetype inPiece = 0;
    for (const char c : bytes) {
        if (inPiece++ == longestPiece) {
            word += u"'\\\n$'"_s;
            inPiece = 1;
        }
        // No quote within, not even escaped: a shell that does not know the form would end the word there.
        if (c == '\\')
            word += u"\\\\"_s;
        else if (c == '\n')
            word += u"\\n"_s;
        else if (c == '\t')
            word += u"\\t"_s;
        else if (c >= 0x20 && c < 0x7f && c != '\'')
            word += QChar::fromLatin1(c);
        else // In octal, three digits each: no character behind it is taken for one more.
            word += u"\\%1"_s.arg(uchar(c), 3, 8, QChar(u'0'));
    }
    return word + u'\'';
}

} // namespace

QString shellWord(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(bytes);
    return !decoder.hasError() && isPlain(text) ? quotedWord(text) : escapedWord(bytes);
}

QByteArray terminalJson(const QByteArray &json)
{
    const bool isSafe = std::all_of(json.begin(), json.end(), [](char c) { return uchar(c) < 0x7f; });
    if (isSafe)
        return json;
    const auto escape = [](char32_t c) {
        QString out;
        for (const char16_t unit : QChar::fromUcs4(c))
            out += u"\\u%1"_s.arg(unit, 4, 16, QChar(u'0'));
        return out;
    };
    return escapedForDisplay(QString::fromUtf8(json), Space::Text, escape).toUtf8();
}

QString markdownText(const QString &text)
{
    static const QString special = u"\\`*_{}[]<>()#+!~&"_s;
    // Names, numbers of issues and bare addresses are looked for in what was rendered, where an escape is
    // gone.
    const QString nothing = u"&#8203;"_s;
    const QString line = escapedForDisplay(text);
    QString out;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line[i];
        const QStringView rest = QStringView(line).sliced(i);
        // Between letters an underscore is one: invalid_token.
        const bool isWithinWord = c == u'_' && i > 0 && i + 1 < line.size() && line[i - 1].isLetterOrNumber()
            && line[i + 1].isLetterOrNumber();
        if (c == u'|')
            out += u"&#124;"_s; // A backslash before it could be one of the text's.
        else if (special.contains(c) && !isWithinWord)
            out += u'\\' + c;
        else
            out += c;
        const bool isCall = c == u'@' || (c == u'#' && rest.size() > 1 && rest[1].isDigit());
        if (isCall)
            out += nothing;
    }
    return out;
}

QString markdownCode(const QString &text)
{
    if (text.isEmpty())
        return {};
    if (text.contains(u'|'))
        return markdownText(text); // In a cell there is no way to write it that all readers know.
    const QString fence(longestRun(text, u'`') + 1, u'`');
    const QString pad = text.startsWith(u'`') || text.endsWith(u'`') ? u" "_s : QString();
    return fence + pad + escapedForDisplay(text) + pad + fence;
}

QString markdownBlock(const QString &text, const QString &language)
{
    const QString fence(std::max<qsizetype>(3, longestRun(text, u'`') + 1), u'`');
    QString body;
    const QStringList lines = text.split(u'\n');
    for (const QString &line : lines)
        body += escapedForDisplay(line) + u'\n';
    return fence + language + u'\n' + body + fence + u'\n';
}

} // namespace gatehouse::base
