// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/jsonjudge.h"

#include "base/hex.h"
#include "base/jsonstring.h"

#include <algorithm>

namespace gatehouse::base {

std::optional<JsonFault> JsonJudge::fault()
{
    if (m_text.size() > m_limits.bytes)
        return JsonFault::TooLarge;
    skipSpace();
    if (atEnd())
        return JsonFault::Empty;
    if (!readValue(0))
        return m_fault;
    skipSpace();
    return atEnd() ? std::nullopt : std::optional(JsonFault::TrailingData);
}

bool JsonJudge::readValue(int depth)
{
    switch (peek()) {
    case '{':
        return readObject(depth);
    case '[':
        return readArray(depth);
    case '"':
        return readString();
    case 't':
        return readWord("true");
    case 'f':
        return readWord("false");
    case 'n':
        return readWord("null");
    }
    return readNumber();
}

bool JsonJudge::readWord(QByteArrayView word)
{
    if (!m_text.sliced(m_at).startsWith(word))
        return fail(JsonFault::Syntax);
    m_at += word.size();
    return true;
}

bool JsonJudge::readObject(int depth)
{
    if (depth >= m_limits.depth)
        return fail(JsonFault::TooDeep);
    ++m_at;
    skipSpace();
    if (take('}'))
        return true;
    const size_t outer = m_names.size();
    do {
        if (!readMember(depth))
            return false;
    } while (take(','));
    if (!take('}'))
        return fail(JsonFault::Syntax);
    if (const auto repeated = repeatedSince(outer)) {
        m_at = *repeated;
        return fail(JsonFault::DuplicateMember);
    }
    m_names.resize(outer);
    return true;
}

bool JsonJudge::readMember(int depth)
{
    skipSpace();
    const qsizetype start = m_at;
    if (peek() != '"')
        return fail(JsonFault::Syntax);
    if (!readString())
        return false;
    keepName(m_text.sliced(start, m_at - start), start);
    skipSpace();
    if (!take(':'))
        return fail(JsonFault::Syntax);
    skipSpace();
    if (!readValue(depth + 1))
        return false;
    skipSpace();
    return true;
}

void JsonJudge::keepName(QByteArrayView quoted, qsizetype at)
{
    QByteArrayView name = quoted.sliced(1, quoted.size() - 2);
    if (name.contains('\\'))
        name = m_unescaped.emplace_back(unescapedJson(name).toUtf8());
    m_names.push_back({name, at});
    for (const char c : name) {
        m_hasAstralNames
            = m_hasAstralNames || uchar(c) >= 0xF0; // What UTF-8 of such a character begins with.
        m_hasLateNames = m_hasLateNames || uchar(c) == 0xEE || uchar(c) == 0xEF;
    }
}

std::optional<qsizetype> JsonJudge::repeatedSince(size_t outer)
{
    constexpr ptrdiff_t few = 8;
    const auto begin = m_names.begin() + ptrdiff_t(outer);
    const auto isSame = [](const Name &a, const Name &b) { return a.text == b.text; };
    if (m_names.end() - begin <= few) {
        for (auto it = begin; it != m_names.end(); ++it) {
            if (std::any_of(begin, it, [&](const Name &earlier) { return isSame(earlier, *it); }))
                return it->at;
        }
        return std::nullopt;
    }
    std::sort(begin, m_names.end(),
              [](const Name &a, const Name &b) { return a.text == b.text ? a.at < b.at : a.text < b.text; });
    const auto twice = std::adjacent_find(begin, m_names.end(), isSame);
    return twice == m_names.end() ? std::nullopt : std::optional(std::next(twice)->at);
}

bool JsonJudge::readArray(int depth)
{
    if (depth >= m_limits.depth)
        return fail(JsonFault::TooDeep);
    ++m_at;
    skipSpace();
    if (take(']'))
        return true;
    do {
        skipSpace();
        if (!readValue(depth + 1))
            return false;
        skipSpace();
    } while (take(','));
    return take(']') || fail(JsonFault::Syntax);
}

bool JsonJudge::readNumber()
{
    const qsizetype start = m_at;
    take('-');
    // No digit may follow a leading zero; what does is then trailing data or a missing comma.
    if (!take('0') && !readDigits())
        return fail(JsonFault::Syntax);
    if (take('.') && !readDigits())
        return fail(JsonFault::Syntax);
    const bool hasExponent = take('e') || take('E');
    if (hasExponent) {
        if (!take('+'))
            take('-');
        if (!readDigits())
            return fail(JsonFault::Syntax);
    }
    constexpr qsizetype certain = 300; // Digits, that a double holds without an exponent.
    if (!hasExponent && m_at - start <= certain)
        return true;
    bool isOfDouble = false;
    (void)m_text.sliced(start, m_at - start).toDouble(&isOfDouble);
    if (isOfDouble)
        return true;
    m_at = start;
    return fail(JsonFault::NumberOutOfRange);
}

bool JsonJudge::readDigits()
{
    const qsizetype start = m_at;
    while (isDigit(peek()))
        ++m_at;
    return m_at > start;
}

bool JsonJudge::readString()
{
    const qsizetype start = ++m_at;
    bool isAscii = true;
    for (; !atEnd(); ++m_at) {
        m_at = behindPlain(m_at);
        const uchar c = uchar(peek());
        if (c == '"') {
            const QByteArrayView all = m_text.sliced(start, m_at - start);
            ++m_at;
            return isAscii || all.isValidUtf8() || fail(JsonFault::InvalidUtf8);
        }
        if (c < 0x20)
            return fail(JsonFault::Syntax);
        isAscii = isAscii && c < 0x80;
        if (c == '\\' && !readEscape())
            return false;
    }
    return fail(JsonFault::Syntax);
}

qsizetype JsonJudge::behindPlain(qsizetype at) const
{
    const char *const begin = m_text.data();
    const char *const end = begin + m_text.size();
    const char *c = begin + at;
    while (c != end && uchar(*c) >= 0x20 && uchar(*c) < 0x80 && *c != '"' && *c != '\\')
        ++c;
    return c - begin;
}

bool JsonJudge::readEscape()
{
    ++m_at;
    if (peek() == 'u')
        return readUnicodeEscape();
    constexpr QByteArrayView others = "\"\\/bfnrt";
    return (!atEnd() && others.contains(peek())) || fail(JsonFault::Syntax);
}

bool JsonJudge::readUnicodeEscape()
{
    const std::optional<char16_t> first = readHex();
    if (!first)
        return fail(JsonFault::Syntax);
    if (!QChar::isSurrogate(*first))
        return true;
    const bool isPair = QChar::isHighSurrogate(*first) && m_text.sliced(m_at + 1).startsWith("\\u");
    if (isPair)
        m_at += 2;
    const std::optional<char16_t> second = isPair ? readHex() : std::nullopt;
    return (second && QChar::isLowSurrogate(*second)) || fail(JsonFault::LoneSurrogate);
}

std::optional<char16_t> JsonJudge::readHex()
{
    if (m_text.size() - m_at <= 4)
        return std::nullopt;
    char16_t value = 0;
    for (int i = 1; i <= 4; ++i) {
        const int digit = hexDigit(m_text[m_at + i]);
        if (digit < 0)
            return std::nullopt;
        value = char16_t(value * 16 + digit);
    }
    m_at += 4;
    return value;
}

} // namespace gatehouse::base
