// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/jsonstring.h"

#include "base/hex.h"

#include <QStringDecoder>

#include <utility>

namespace gatehouse::base {

namespace {

char16_t hexAt(QByteArrayView text, qsizetype at)
{
    char16_t value = 0;
    for (qsizetype i = at; i < at + 4; ++i)
        value = char16_t(value * 16 + hexDigit(text[i]));
    return value;
}

/// As UTF-8 (RFC 3629 §3).
char *appendCharacter(char *to, char32_t c)
{
    if (c < 0x80) {
        *to++ = char(c);
        return to;
    }
    const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    constexpr uchar marks[] = {0, 0xC0, 0xE0, 0xF0};
    *to++ = char(marks[more] | (c >> (6 * more)));
    for (int i = more - 1; i >= 0; --i)
        *to++ = char(0x80 | ((c >> (6 * i)) & 0x3F));
    return to;
}

/// The character that an escape stands for, and how long it is.
std::pair<char32_t, qsizetype> escapeAt(QByteArrayView text, qsizetype at)
{
    const char kind = text[at + 1];
    switch (kind) {
    case 'b':
        return {U'\b', 2};
    case 'f':
        return {U'\f', 2};
    case 'n':
        return {U'\n', 2};
    case 'r':
        return {U'\r', 2};
    case 't':
        return {U'\t', 2};
    case 'u':
        break;
    default:
        return {char32_t(kind), 2};
    }
    const char16_t first = hexAt(text, at + 2);
    if (!QChar::isHighSurrogate(first))
        return {first, 6};
    return {QChar::surrogateToUcs4(first, hexAt(text, at + 8)), 12};
}

} // namespace

QString wholeUtf8(QByteArrayView text)
{
    QStringDecoder decoder(QStringConverter::Utf8, QStringConverter::Flag::ConvertInitialBom);
    return decoder(text);
}

QString unescapedJson(QByteArrayView inner)
{
    QByteArray utf8(inner.size(), Qt::Uninitialized); // No escape is shorter than what it stands for.
    char *to = utf8.data();
    for (qsizetype at = 0; at < inner.size();) {
        if (inner[at] != '\\') {
            *to++ = inner[at++];
            continue;
        }
        const auto [character, size] = escapeAt(inner, at);
        to = appendCharacter(to, character);
        at += size;
    }
    return wholeUtf8(QByteArrayView(utf8).first(to - utf8.data()));
}

} // namespace gatehouse::base
