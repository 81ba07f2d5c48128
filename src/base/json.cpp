// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"

#include "base/hex.h"
#include "base/jsonstring.h"
#include "base/jsonwriter.h"

#include <QJsonDocument>

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace gatehouse::base {

namespace {

QString sentence(JsonFault fault, qsizetype offset)
{
    const QString place = u" (byte %1)."_s.arg(offset);
    switch (fault) {
    case JsonFault::Empty:
        return u"The body is empty where JSON is wanted."_s;
    case JsonFault::Syntax:
        return u"The text is not JSON"_s + place;
    case JsonFault::TrailingData:
        return u"Something follows the JSON value"_s + place;
    case JsonFault::DuplicateMember:
        return u"An object has two members with the same name"_s + place;
    case JsonFault::InvalidUtf8:
        return u"The text is not UTF-8"_s + place;
    case JsonFault::LoneSurrogate:
        return u"A \\u escape is half of a surrogate pair"_s + place;
    case JsonFault::NumberOutOfRange:
        return u"A number is beyond what a double holds"_s + place;
    case JsonFault::TooDeep:
        return u"The JSON is nested too deeply"_s + place;
    case JsonFault::TooLarge:
        return u"The JSON text is too long."_s;
    case JsonFault::NotAnObject:
        return u"The JSON value is not an object."_s;
    }
    return {};
}

QByteArray written(const auto &value)
{
    JsonWriter writer;
    writer.value(value);
    return writer.take();
}

/// By Qt, which builds an object from text in a quarter of the time that inserting its members takes.
QJsonDocument parsed(const QByteArray &json, QJsonParseError *fault = nullptr)
{
    // It takes a U+FEFF that begins a text for a byte order mark, and off: two names could become one.
    constexpr QByteArrayView mark = "\xEF\xBB\xBF";
    if (json.contains(mark.front()) && json.contains(mark)) // Most have not even its first byte.
        return QJsonDocument::fromJson(QByteArray(json).replace(mark, "\\ufeff"), fault);
    return QJsonDocument::fromJson(json, fault);
}

/// Where a value stands in another one.
struct Place
{
    QByteArrayView name; ///< In an object; unescaped.
    qsizetype index = 0; ///< In an array.
};

/// A string with escapes, that Qt would read slowly: what stands between its quotes.
struct LongString
{
    std::vector<Place> path; ///< From the outermost value.
    qsizetype begin = 0;
    qsizetype size = 0;
};

constexpr qsizetype longSize = 128;
constexpr size_t maximumLongStrings = 64; ///< What many strings share is taken apart for each.

/// Judges one text from front to back. Every function returns false after fail() and leaves the rest alone.
class Judge
{
public:
    Judge(QByteArrayView text, const JsonLimits &limits)
        : m_text(text)
        , m_limits(limits)
    {
        m_names.reserve(16);
    }

    [[nodiscard]] std::optional<JsonFault> fault()
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
    [[nodiscard]] qsizetype place() const { return m_at; }
    /// In order. No longer than this lives.
    [[nodiscard]] const std::vector<LongString> &longStrings() const { return m_long; }

private:
    struct Name
    {
        QByteArrayView text;
        qsizetype at;
    };

    bool fail(JsonFault fault)
    {
        m_fault = fault;
        return false;
    }
    bool atEnd() const { return m_at >= m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    bool take(char c)
    {
        if (atEnd() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }
    void skipSpace()
    {
        while (!atEnd() && (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t'))
            ++m_at;
    }
    static bool isDigit(char c) { return c >= '0' && c <= '9'; }

    bool readValue(int depth)
    {
        switch (peek()) {
        case '{':
            return readObject(depth);
        case '[':
            return readArray(depth);
        case '"':
            return readText();
        case 't':
            return readWord("true");
        case 'f':
            return readWord("false");
        case 'n':
            return readWord("null");
        }
        return readNumber();
    }

    bool readText()
    {
        const qsizetype begin = m_at + 1;
        if (!readString())
            return false;
        const qsizetype size = m_at - 1 - begin;
        if (m_hasEscapes && size >= longSize && m_long.size() < maximumLongStrings)
            m_long.push_back({m_path, begin, size});
        return true;
    }

    bool readWord(QByteArrayView word)
    {
        if (!m_text.sliced(m_at).startsWith(word))
            return fail(JsonFault::Syntax);
        m_at += word.size();
        return true;
    }

    bool readObject(int depth)
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

    bool readMember(int depth)
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
        m_path.push_back({m_names.back().text});
        if (!readValue(depth + 1))
            return false;
        m_path.pop_back();
        skipSpace();
        return true;
    }

    void keepName(QByteArrayView quoted, qsizetype at)
    {
        if (!quoted.contains('\\'))
            return m_names.push_back({quoted.sliced(1, quoted.size() - 2), at});
        const QString name = unescapedJson(quoted.sliced(1, quoted.size() - 2));
        m_names.push_back({m_unescaped.emplace_back(name.toUtf8()), at});
    }

    /// Where a name stands that the object has already.
    std::optional<qsizetype> repeatedSince(size_t outer)
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
        std::sort(begin, m_names.end(), [](const Name &a, const Name &b) {
            return a.text == b.text ? a.at < b.at : a.text < b.text;
        });
        const auto twice = std::adjacent_find(begin, m_names.end(), isSame);
        return twice == m_names.end() ? std::nullopt : std::optional(std::next(twice)->at);
    }

    bool readArray(int depth)
    {
        if (depth >= m_limits.depth)
            return fail(JsonFault::TooDeep);
        ++m_at;
        skipSpace();
        if (take(']'))
            return true;
        m_path.emplace_back();
        do {
            skipSpace();
            if (!readValue(depth + 1))
                return false;
            skipSpace();
            ++m_path.back().index;
        } while (take(','));
        m_path.pop_back();
        return take(']') || fail(JsonFault::Syntax);
    }

    bool readNumber()
    {
        take('-');
        // No digit may follow a leading zero; what does is then trailing data or a missing comma.
        if (!take('0') && !readDigits())
            return fail(JsonFault::Syntax);
        if (take('.') && !readDigits())
            return fail(JsonFault::Syntax);
        if (take('e') || take('E')) {
            if (!take('+'))
                take('-');
            if (!readDigits())
                return fail(JsonFault::Syntax);
        }
        return true;
    }

    bool readDigits()
    {
        const qsizetype start = m_at;
        while (isDigit(peek()))
            ++m_at;
        return m_at > start;
    }

    bool readString()
    {
        const qsizetype start = ++m_at;
        bool isAscii = true;
        m_hasEscapes = false;
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

    /// Of a string, most of which is letters that mean themselves.
    qsizetype behindPlain(qsizetype at) const
    {
        const char *const begin = m_text.data();
        const char *const end = begin + m_text.size();
        const char *c = begin + at;
        while (c != end && *c >= 0x20 && *c != '"' && *c != '\\') // A byte of 0x80 and above is negative.
            ++c;
        return c - begin;
    }

    /// Ends on its last character.
    bool readEscape()
    {
        m_hasEscapes = true;
        ++m_at;
        if (peek() == 'u')
            return readUnicodeEscape();
        constexpr QByteArrayView others = "\"\\/bfnrt";
        return (!atEnd() && others.contains(peek())) || fail(JsonFault::Syntax);
    }

    bool readUnicodeEscape()
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

    /// Of the four digits behind the "u".
    std::optional<char16_t> readHex()
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

    QByteArrayView m_text;
    JsonLimits m_limits;
    qsizetype m_at = 0;
    JsonFault m_fault = JsonFault::Syntax;
    std::vector<Name> m_names; ///< Of the objects that are open, the innermost one's last.
    std::deque<QByteArray> m_unescaped; ///< What some of them are views of.
    std::vector<Place> m_path; ///< Of the value that is read.
    bool m_hasEscapes = false; ///< The string that was read last.
    std::vector<LongString> m_long;
};

tl::unexpected<JsonError> error(JsonFault fault, qsizetype place)
{
    return failure(JsonError{fault, place, sentence(fault, place)});
}

Expected<QJsonValue, JsonError> readJudged(QByteArrayView text)
{
    QJsonParseError fault;
    QJsonDocument read = parsed(QByteArray::fromRawData(text.data(), text.size()), &fault);
    if (read.isObject())
        return QJsonValue(read.object());
    if (read.isArray())
        return QJsonValue(read.array());
    // A document is an object or an array, and no scalar.
    if (!text.trimmed().startsWith('{') && !text.trimmed().startsWith('['))
        read = parsed('[' + text.toByteArray() + ']', &fault);
    if (fault.error != QJsonParseError::NoError)
        return error(JsonFault::NumberOutOfRange, fault.offset); // All else was judged before.
    return read.array().at(0);
}

/// With empty strings for those.
QByteArray shortened(QByteArrayView text, const std::vector<LongString> &strings)
{
    QByteArray out;
    out.reserve(text.size());
    qsizetype at = 0;
    for (const LongString &one : strings) {
        out += text.sliced(at, one.begin - at);
        at = one.begin + one.size;
    }
    out += text.sliced(at);
    return out;
}

/// Nothing else holds `value`, nor what is taken out of it: so nothing is copied.
QJsonValue withString(QJsonValue value, const Place *at, const Place *end, const QString &string)
{
    if (at == end)
        return string;
    if (value.isArray()) {
        QJsonArray array = value.toArray();
        value = QJsonValue();
        QJsonValue item = array.at(at->index);
        array.replace(at->index, QJsonValue());
        array.replace(at->index, withString(std::move(item), at + 1, end, string));
        return array;
    }
    QJsonObject object = value.toObject();
    value = QJsonValue();
    const QString name = wholeUtf8(at->name);
    QJsonValue member = object.take(name);
    object.insert(name, withString(std::move(member), at + 1, end, string));
    return object;
}

/// By Qt all but those strings, and then those.
Expected<QJsonValue, JsonError> readWithStrings(QByteArrayView text, const std::vector<LongString> &strings)
{
    auto value = readJudged(shortened(text, strings));
    if (!value) {
        qsizetype place = value.error().offset;
        for (const LongString &one : strings)
            place += one.begin <= place ? one.size : 0;
        return error(value.error().fault, place);
    }
    for (const LongString &one : strings) {
        const Place *path = one.path.data();
        *value = withString(std::exchange(*value, QJsonValue()), path, path + one.path.size(),
                            unescapedJson(text.sliced(one.begin, one.size)));
    }
    return value;
}

} // namespace

Expected<QJsonValue, JsonError> readJson(QByteArrayView text, const JsonLimits &limits)
{
    Judge judge(text, limits);
    if (const auto fault = judge.fault())
        return error(*fault, judge.place());
    return judge.longStrings().empty() ? readJudged(text) : readWithStrings(text, judge.longStrings());
}

Expected<QJsonObject, JsonError> readJsonObject(QByteArrayView text, const JsonLimits &limits)
{
    const auto value = readJson(text, limits);
    if (!value)
        return failure(value.error());
    if (!value->isObject())
        return error(JsonFault::NotAnObject, 0);
    return value->toObject();
}

QJsonValue readOwnJson(const QByteArray &text)
{
    const QJsonDocument read = parsed(text);
    if (read.isNull())
        return QJsonValue::Undefined;
    return read.isArray() ? QJsonValue(read.array()) : QJsonValue(read.object());
}

qsizetype memoryOf(const QJsonValue &value)
{
    // As measured with Qt 6.4 on 64 bits: a place in its container, and what hangs on it.
    constexpr qsizetype place = 16;
    constexpr qsizetype container = 176;
    constexpr qsizetype text = 24;
    qsizetype bytes = place;
    if (value.isString()) {
        bytes += text + 2 * value.toString().size();
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        bytes += array.isEmpty() ? 0 : container;
        for (const QJsonValue item : array)
            bytes += memoryOf(item);
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        bytes += object.isEmpty() ? 0 : container;
        for (auto it = object.begin(); it != object.end(); ++it)
            bytes += place + text + 2 * it.key().size() + memoryOf(*it);
    }
    return bytes;
}

QByteArray writeJson(const QJsonObject &object)
{
    return written(object);
}

QByteArray writeJson(const QJsonArray &array)
{
    return written(array);
}

QByteArray writeJson(const QJsonValue &value)
{
    return written(value);
}

} // namespace gatehouse::base
