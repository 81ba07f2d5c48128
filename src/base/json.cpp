// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"

#include "base/hex.h"
#include "base/jsonwriter.h"

#include <charconv>
#include <optional>

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
        return u"A number is too large"_s + place;
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

/// Reads one text from front to back. Every function returns false after fail() and leaves the rest alone.
class Reader
{
public:
    Reader(QByteArrayView text, const JsonLimits &limits)
        : m_text(text)
        , m_limits(limits)
    { }

    Expected<QJsonValue, JsonError> read()
    {
        if (m_text.size() > m_limits.bytes)
            return error(JsonFault::TooLarge);
        skipSpace();
        if (atEnd())
            return error(JsonFault::Empty);
        QJsonValue value;
        if (!readValue(value, 0))
            return error(m_fault);
        skipSpace();
        return atEnd() ? Expected<QJsonValue, JsonError>(value) : error(JsonFault::TrailingData);
    }

private:
    tl::unexpected<JsonError> error(JsonFault fault) const
    {
        return failure(JsonError{fault, m_at, sentence(fault, m_at)});
    }
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

    bool readValue(QJsonValue &out, int depth)
    {
        switch (peek()) {
        case '{':
            return readObject(out, depth);
        case '[':
            return readArray(out, depth);
        case '"': {
            Text text;
            if (!readString(text))
                return false;
            out = text.isPlain() ? QJsonValue(text.plain) : QJsonValue(text.other);
            return true;
        }
        case 't':
            out = true;
            return readWord("true");
        case 'f':
            out = false;
            return readWord("false");
        case 'n':
            out = QJsonValue::Null;
            return readWord("null");
        }
        return readNumber(out);
    }

    bool readWord(QByteArrayView word)
    {
        if (!m_text.sliced(m_at).startsWith(word))
            return fail(JsonFault::Syntax);
        m_at += word.size();
        return true;
    }

    bool readObject(QJsonValue &out, int depth)
    {
        if (depth >= m_limits.depth)
            return fail(JsonFault::TooDeep);
        ++m_at;
        QJsonObject object;
        skipSpace();
        if (!take('}')) {
            do {
                if (!readMember(object, depth))
                    return false;
            } while (take(','));
            if (!take('}'))
                return fail(JsonFault::Syntax);
        }
        out = object;
        return true;
    }

    bool readMember(QJsonObject &object, int depth)
    {
        skipSpace();
        const qsizetype start = m_at;
        Text name;
        if (peek() != '"')
            return fail(JsonFault::Syntax);
        if (!readString(name))
            return false;
        skipSpace();
        if (!take(':'))
            return fail(JsonFault::Syntax);
        skipSpace();
        QJsonValue value;
        if (!readValue(value, depth + 1))
            return false;
        const qsizetype before = object.size();
        if (name.isPlain())
            object.insert(name.plain, value);
        else
            object.insert(name.other, value);
        if (object.size() == before) {
            m_at = start;
            return fail(JsonFault::DuplicateMember);
        }
        skipSpace();
        return true;
    }

    bool readArray(QJsonValue &out, int depth)
    {
        if (depth >= m_limits.depth)
            return fail(JsonFault::TooDeep);
        ++m_at;
        QJsonArray array;
        skipSpace();
        if (!take(']')) {
            do {
                skipSpace();
                QJsonValue value;
                if (!readValue(value, depth + 1))
                    return false;
                array.append(value);
                skipSpace();
            } while (take(','));
            if (!take(']'))
                return fail(JsonFault::Syntax);
        }
        out = array;
        return true;
    }

    bool readNumber(QJsonValue &out)
    {
        const qsizetype start = m_at;
        take('-');
        if (take('0')) {
            // No digit may follow a leading zero; what does is then trailing data or a missing comma.
        } else if (!readDigits()) {
            return fail(JsonFault::Syntax);
        }
        bool integer = true;
        if (take('.')) {
            integer = false;
            if (!readDigits())
                return fail(JsonFault::Syntax);
        }
        if (peek() == 'e' || peek() == 'E') {
            integer = false;
            ++m_at;
            if (!take('+'))
                take('-');
            if (!readDigits())
                return fail(JsonFault::Syntax);
        }
        return keepNumber(out, m_text.sliced(start, m_at - start).toByteArray(), integer);
    }

    bool readDigits()
    {
        const qsizetype start = m_at;
        while (isDigit(peek()))
            ++m_at;
        return m_at > start;
    }

    bool keepNumber(QJsonValue &out, const QByteArray &text, bool integer)
    {
        bool ok = false;
        if (integer && text != "-0") {
            const qint64 exact = text.toLongLong(&ok);
            if (ok) {
                out = exact;
                return true;
            }
        }
        double number = 0;
        const auto [end, fault] = std::from_chars(text.cbegin(), text.cend(), number);
        if (fault == std::errc::result_out_of_range) {
            // Too small for a double is as good as zero; too large is not a number that we could hand on.
            const bool isTiny = text.size() < 300 && (text.contains("e-") || text.contains("E-"));
            if (!isTiny)
                return fail(JsonFault::NumberOutOfRange);
            number = 0;
        }
        out = number;
        return true;
    }

    /// Most texts are ASCII without escapes, and are taken from where they stand.
    struct Text
    {
        QLatin1StringView plain = {};
        QString other = {};
        [[nodiscard]] bool isPlain() const { return other.isNull(); }
    };

    bool readString(Text &out)
    {
        const qsizetype start = m_at + 1;
        qsizetype end = start;
        while (end < m_text.size() && isPlain(m_text[end]))
            ++end;
        if (end < m_text.size() && m_text[end] == '"') {
            out.plain = QLatin1StringView(m_text.sliced(start, end - start));
            m_at = end + 1;
            return true;
        }
        out.other = u""_s;
        return readString(out.other);
    }
    static bool isPlain(char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; }

    bool readString(QString &out)
    {
        ++m_at;
        // Runs without an escape are decoded in one piece.
        qsizetype runStart = m_at;
        while (true) {
            if (atEnd())
                return fail(JsonFault::Syntax);
            const uchar c = uchar(m_text[m_at]);
            if (c == '"') {
                if (!appendRun(out, runStart))
                    return false;
                ++m_at;
                return true;
            }
            if (c < 0x20)
                return fail(JsonFault::Syntax);
            if (c != '\\') {
                ++m_at;
                continue;
            }
            if (!appendRun(out, runStart) || !readEscape(out))
                return false;
            runStart = m_at;
        }
    }

    bool appendRun(QString &out, qsizetype start)
    {
        if (start == m_at)
            return true;
        const QByteArrayView run = m_text.sliced(start, m_at - start);
        if (!run.isValidUtf8())
            return fail(JsonFault::InvalidUtf8);
        out += QString::fromUtf8(run);
        return true;
    }

    bool readEscape(QString &out)
    {
        ++m_at;
        const char c = peek();
        ++m_at;
        switch (c) {
        case '"':
            out += u'"';
            return true;
        case '\\':
            out += u'\\';
            return true;
        case '/':
            out += u'/';
            return true;
        case 'b':
            out += u'\b';
            return true;
        case 'f':
            out += u'\f';
            return true;
        case 'n':
            out += u'\n';
            return true;
        case 'r':
            out += u'\r';
            return true;
        case 't':
            out += u'\t';
            return true;
        case 'u':
            return readUnicodeEscape(out);
        }
        --m_at;
        return fail(JsonFault::Syntax);
    }

    bool readUnicodeEscape(QString &out)
    {
        const std::optional<char16_t> first = readHex();
        if (!first)
            return fail(JsonFault::Syntax);
        if (!QChar::isSurrogate(*first)) {
            out += QChar(*first);
            return true;
        }
        if (QChar::isLowSurrogate(*first) || !take('\\') || !take('u'))
            return fail(JsonFault::LoneSurrogate);
        const std::optional<char16_t> second = readHex();
        if (!second || !QChar::isLowSurrogate(*second))
            return fail(JsonFault::LoneSurrogate);
        out += QChar(*first);
        out += QChar(*second);
        return true;
    }

    std::optional<char16_t> readHex()
    {
        if (m_text.size() - m_at < 4)
            return std::nullopt;
        char16_t value = 0;
        for (int i = 0; i < 4; ++i) {
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
};

} // namespace

Expected<QJsonValue, JsonError> readJson(QByteArrayView text, const JsonLimits &limits)
{
    return Reader(text, limits).read();
}

Expected<QJsonObject, JsonError> readJsonObject(QByteArrayView text, const JsonLimits &limits)
{
    const auto value = readJson(text, limits);
    if (!value)
        return failure(value.error());
    if (!value->isObject())
        return failure(JsonError{JsonFault::NotAnObject, 0, sentence(JsonFault::NotAnObject, 0)});
    return value->toObject();
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
