// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/jsonwriter.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborStreamWriter>
#include <QCborValue>
#include <QFloat16>
#include <QIODevice>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

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

/// As most texts are: with nothing that needs another form. It is copied and looked at in one pass that never
/// ends early, of which a compiler makes one that takes many characters at a time. False where it needs one.
bool putPlain(char *out, QStringView text)
{
    char16_t isOther = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text.utf16()[i];
        out[i] = char(c);
        isOther |= char16_t((c < 0x20) | (c == u'"') | (c == u'\\') | (c >= 0x80));
    }
    return isOther == 0;
}

char *put(char *out, QStringView text)
{
    if (putPlain(out, text))
        return out + text.size();
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

/// Makes JSON of CBOR (RFC 8949). What Qt keeps in a QJsonValue it gives out as CBOR from where it is, each
/// text in one piece; by itself it makes a QString of each, which takes longer, and for a large one three
/// times the memory.
class JsonWriter::Transcriber final : public QIODevice
{
public:
    explicit Transcriber(JsonWriter &out)
        : m_out(out)
    {
        open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    }

    void take(const QCborValue &value)
    {
        QCborStreamWriter writer(this);
        value.toCbor(writer);
    }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        Q_UNUSED(data)
        Q_UNUSED(size)
        return -1;
    }

    qint64 writeData(const char *data, qint64 size) override
    {
        for (QByteArrayView rest(data, size); !rest.isEmpty();) {
            if (m_textLeft > 0) {
                const qsizetype length = std::min(m_textLeft, rest.size());
                m_out.utf8(rest.first(length));
                rest = rest.sliced(length);
                m_textLeft -= length;
                if (m_textLeft == 0)
                    endText();
                continue;
            }
            m_head.at(m_headSize++) = uchar(rest.front());
            rest = rest.sliced(1);
            if (m_headSize == headLength()) {
                m_headSize = 0;
                readItem();
            }
        }
        return size;
    }

private:
    /// RFC 8949 §3: the major type, and how long its argument is.
    [[nodiscard]] int major() const { return m_head[0] >> 5; }
    [[nodiscard]] int shortArgument() const { return m_head[0] & 0x1f; }
    [[nodiscard]] size_t headLength() const
    {
        const int argument = shortArgument();
        return argument < 24 || argument > 27 ? 1 : 1 + (size_t(1) << (argument - 24));
    }
    [[nodiscard]] quint64 argument() const
    {
        if (shortArgument() < 24)
            return quint64(shortArgument());
        quint64 number = 0;
        for (size_t i = 1; i < headLength(); ++i)
            number = number << 8 | m_head.at(i);
        return number;
    }

    void readItem()
    {
        const quint64 number = argument();
        switch (major()) {
        case 0:
            m_out.value(qint64(number));
            return done();
        case 1:
            m_out.value(qint64(~number));
            return done();
        case 3:
            m_out.beginText();
            m_textLeft = qsizetype(number);
            return m_textLeft > 0 ? void() : endText();
        case 4:
            m_out.beginArray();
            m_containers.push_back({false, number});
            return number > 0 ? void() : end();
        case 5:
            m_out.beginObject();
            m_containers.push_back({true, 2 * number});
            return number > 0 ? void() : end();
        default:
            readSimple(number);
            return done();
        }
    }

    /// §3.3; there is nothing else in what was JSON.
    void readSimple(quint64 number)
    {
        switch (shortArgument()) {
        case 20:
            return m_out.value(false);
        case 21:
            return m_out.value(true);
        case 25:
            return m_out.value(double(std::bit_cast<qfloat16>(quint16(number))));
        case 26:
            return m_out.value(double(std::bit_cast<float>(quint32(number))));
        case 27:
            return m_out.value(std::bit_cast<double>(number));
        default:
            return m_out.raw("null");
        }
    }

    void endText()
    {
        m_out.endText(!m_containers.empty() && m_containers.back().isMap
                      && m_containers.back().itemsLeft % 2 == 0);
        done();
    }

    /// The item is over, and with it perhaps what it is the last one of.
    void done()
    {
        if (!m_containers.empty() && --m_containers.back().itemsLeft == 0)
            end();
    }
    void end()
    {
        if (m_containers.back().isMap)
            m_out.endObject();
        else
            m_out.endArray();
        m_containers.pop_back();
        done();
    }

    struct Container
    {
        bool isMap;
        quint64 itemsLeft; ///< Of a map, names and values.
    };
    JsonWriter &m_out;
    std::vector<Container> m_containers;
    std::array<uchar, 9> m_head{};
    size_t m_headSize = 0;
    qsizetype m_textLeft = 0; ///< Bytes of the text that comes.
};

JsonWriter::JsonWriter() = default;
JsonWriter::~JsonWriter() = default;

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

void JsonWriter::beginText()
{
    append("\"");
    m_needsComma = false;
}

void JsonWriter::endText(bool isName)
{
    append(isName ? "\":" : "\"");
    m_needsComma = !isName;
}

void JsonWriter::utf8(QByteArrayView text)
{
    while (!text.isEmpty()) {
        const QByteArrayView piece = text.first(std::min(text.size(), pieceUnits));
        char *out = room(worstBytes * piece.size());
        for (const char c : piece) {
            if (uchar(c) >= 0x80 || isPlain(uchar(c)))
                *out++ = c;
            else
                out = putEscaped(out, c);
        }
        wrote(out);
        text = text.sliced(piece.size());
    }
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

void JsonWriter::value(Utf8 text)
{
    beginText();
    utf8(text.text);
    endText(false);
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
    transcribe(QCborMap::fromJsonObject(object));
}

void JsonWriter::value(const QJsonArray &array)
{
    transcribe(QCborArray::fromJsonArray(array));
}

void JsonWriter::value(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        return raw("null");
    case QJsonValue::Bool:
        return this->value(value.toBool());
    case QJsonValue::Double: {
        const double number = value.toDouble();
        // What is no integer is each time what was given to fall back on.
        const qint64 integer = std::isfinite(number) ? value.toInteger(0) : 0;
        if (integer != 0 || number == 0)
            return this->value(integer);
        return this->value(number);
    }
    default:
        return transcribe(QCborValue::fromJsonValue(value));
    }
}

void JsonWriter::transcribe(const QCborValue &value)
{
    if (!m_transcriber)
        m_transcriber = std::make_unique<Transcriber>(*this);
    m_transcriber->take(value);
}

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
