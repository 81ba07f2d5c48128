// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/jsonwriter.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::base {

namespace {

constexpr qsizetype firstBytes = 1024;
constexpr qsizetype pieceUnits = 4096; ///< Of a long text, so that room for the worst case stays small.
constexpr qsizetype worstBytes = 6; ///< Of one code unit: \u001f

char *putEscaped(char *out, char c)
{
    constexpr QByteArrayView digits = "0123456789abcdef";
    constexpr QByteArrayView meanings = "\"\\\b\f\n\r\t";
    constexpr QByteArrayView letters = "\"\\bfnrt";
    *out++ = '\\';
    if (const qsizetype known = meanings.indexOf(c); known >= 0) {
        *out++ = letters[known];
        return out;
    }
    for (const char start : {'u', '0', '0'})
        *out++ = start;
    *out++ = digits[uchar(c) >> 4];
    *out++ = digits[uchar(c) & 0xf];
    return out;
}

constexpr std::array<bool, 0x80> plainCharacters = [] {
    std::array<bool, 0x80> all{};
    for (size_t c = 0x20; c < all.size(); ++c)
        all.at(c) = c != '"' && c != '\\';
    return all;
}();

bool isPlain(uint c)
{
    return c < 0x80 && plainCharacters[c]; // NOLINT: it is within
}

char *putUtf8(char *out, char32_t c)
{
    if (c < 0x800) {
        *out++ = char(0xc0 | (c >> 6));
    } else if (c < 0x10000) {
        *out++ = char(0xe0 | (c >> 12));
        *out++ = char(0x80 | ((c >> 6) & 0x3f));
    } else {
        *out++ = char(0xf0 | (c >> 18));
        *out++ = char(0x80 | ((c >> 12) & 0x3f));
        *out++ = char(0x80 | ((c >> 6) & 0x3f));
    }
    *out++ = char(0x80 | (c & 0x3f));
    return out;
}

char *put(char *out, QLatin1StringView text)
{
    for (const char c : text) {
        if (isPlain(uchar(c)))
            *out++ = c;
        else if (uchar(c) < 0x80)
            out = putEscaped(out, c);
        else
            out = putUtf8(out, uchar(c));
    }
    return out;
}

char *put(char *out, QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        if (isPlain(c)) {
            *out++ = char(c);
        } else if (c < 0x80) {
            out = putEscaped(out, char(c));
        } else if (!QChar::isSurrogate(c)) {
            out = putUtf8(out, c);
        } else if (QChar::isHighSurrogate(c) && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            out = putUtf8(out, QChar::surrogateToUcs4(c, text[++i].unicode()));
        } else {
            out = putUtf8(out, QChar::ReplacementCharacter);
        }
    }
    return out;
}

/// The first piece of a text; none ends between the halves of a pair.
QLatin1StringView pieceOf(QLatin1StringView text)
{
    return text.first(std::min(text.size(), pieceUnits));
}

QStringView pieceOf(QStringView text)
{
    const QStringView piece = text.first(std::min(text.size(), pieceUnits));
    return piece.size() < text.size() && piece.back().isHighSurrogate() ? piece.chopped(1) : piece;
}

} // namespace

char *JsonWriter::room(qsizetype bytes)
{
    if (m_text.size() - m_size < bytes)
        m_text.resize(std::max({firstBytes, 2 * m_text.size(), m_size + bytes}));
    return m_text.data() + m_size;
}

void JsonWriter::append(QByteArrayView json)
{
    char *out = room(json.size() + 1);
    if (m_needsComma)
        *out++ = ',';
    std::memcpy(out, json.data(), size_t(json.size()));
    wrote(out + json.size());
}

void JsonWriter::open(char bracket)
{
    append({&bracket, 1});
    m_needsComma = false;
}

void JsonWriter::close(char bracket)
{
    m_needsComma = false;
    append({&bracket, 1});
    m_needsComma = true;
}

template <typename View> void JsonWriter::quoted(View text, bool isName)
{
    constexpr qsizetype around = 4; // A comma, two quotes, a colon.
    View piece = pieceOf(text);
    char *out = room(worstBytes * piece.size() + around);
    if (m_needsComma)
        *out++ = ',';
    *out++ = '"';
    out = put(out, piece);
    for (text = text.sliced(piece.size()); !text.isEmpty(); text = text.sliced(piece.size())) {
        wrote(out);
        piece = pieceOf(text);
        out = put(room(worstBytes * piece.size() + around), piece);
    }
    *out++ = '"';
    if (isName)
        *out++ = ':';
    wrote(out);
    m_needsComma = !isName;
}

void JsonWriter::name(QStringView name)
{
    quoted(name, true);
}

void JsonWriter::name(QLatin1StringView name)
{
    quoted(name, true);
}

void JsonWriter::value(QStringView text)
{
    quoted(text, false);
}

void JsonWriter::value(QLatin1StringView text)
{
    quoted(text, false);
}

void JsonWriter::value(bool truth)
{
    raw(truth ? "true" : "false");
}

void JsonWriter::value(qint64 number)
{
    std::array<char, 24> text{};
    const char *const end = std::to_chars(text.begin(), text.end(), number).ptr;
    raw({text.begin(), end});
}

void JsonWriter::value(double number)
{
    if (!std::isfinite(number))
        return raw("null");
    std::array<char, 32> text{};
    const char *const end = std::to_chars(text.begin(), text.end(), number).ptr;
    raw({text.begin(), end});
}

void JsonWriter::value(const QJsonObject &object)
{
    beginObject();
    members(object);
    endObject();
}

void JsonWriter::value(const QJsonArray &array)
{
    beginArray();
    for (auto it = array.constBegin(); it != array.constEnd(); ++it)
        value(*it);
    endArray();
}

template <typename Value> void JsonWriter::any(const Value &value)
{
    switch (value.type()) {
    case QJsonValue::Object:
        return this->value(value.toObject());
    case QJsonValue::Array:
        return this->value(value.toArray());
    case QJsonValue::String:
        return this->value(QStringView(value.toString()));
    case QJsonValue::Bool:
        return this->value(value.toBool());
    case QJsonValue::Double: {
        // What is no whole number gives the default, and no number is both of them.
        const double number = value.toDouble();
        const qint64 whole = value.toInteger(0);
        if (std::isfinite(number) && (whole != 0 || value.toInteger(1) == 0))
            return this->value(whole);
        return this->value(number);
    }
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        break;
    }
    raw("null");
}

template void JsonWriter::any(const QJsonValue &value);
template void JsonWriter::any(const QJsonValueConstRef &value);

void JsonWriter::raw(QByteArrayView json)
{
    append(json);
    m_needsComma = true;
}

QByteArray JsonWriter::take()
{
    m_text.truncate(m_size);
    m_text.squeeze();
    m_size = 0;
    m_needsComma = false;
    return std::exchange(m_text, {});
}

} // namespace gatehouse::base
