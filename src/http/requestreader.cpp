// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/requestreader.h"

#include "base/characters.h"
#include "base/headers.h"
#include "base/hex.h"
#include "web/fieldreader.h"

#include <algorithm>
#include <array>
#include <cstring>

using namespace Qt::StringLiterals;

namespace gatehouse::http {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

/// Without the optional whitespace around it (RFC 9110 §5.6.3), which is no other than these two.
QByteArrayView trimmed(QByteArrayView text)
{
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

bool is(QByteArrayView text, QByteArrayView wanted)
{
    return base::isSameName(text, wanted);
}

bool isKnownMethod(QByteArrayView method)
{
    constexpr std::array<QByteArrayView, 7> known
        = {"GET", "POST", "DELETE", "OPTIONS", "HEAD", "PUT", "PATCH"};
    return std::find(known.begin(), known.end(), method) != known.end();
}

/// The visible characters of ASCII without the fragment, which no client sends. Which of them make a path of
/// ours is said elsewhere, byte by byte.
bool isOriginForm(QByteArrayView target)
{
    return target.startsWith('/')
        && std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
}

/// RFC 9112 §7.1.1, without the whitespace that it calls bad. What extensions say is of no interest.
bool areChunkExtensions(QByteArrayView text)
{
    web::FieldReader reader(text);
    while (!reader.atEnd()) {
        if (!reader.consume(';') || reader.token().isEmpty())
            return false;
        if (reader.consume('=') && reader.token().isEmpty() && !reader.quotedString())
            return false;
    }
    return true;
}

constexpr int forgivenLines = 2; ///< Empty ones before a request.
constexpr qint64 reservedBytes = 256 * 1024; ///< At once for a body, however long it says it is.
constexpr qsizetype chunkLineBytes = 1024; ///< A size with its extensions.
constexpr qsizetype chunkSizeDigits = 16;

QByteArray sharedOr(const QByteArray &known, QByteArrayView text)
{
    return known == text ? known : text.toByteArray();
}

} // namespace

RequestReader::RequestReader(const EdgeLimits &limits)
    : m_limits(limits)
{ }

void RequestReader::next()
{
    m_stage = Stage::Line;
    m_hasBegun = m_hasHost = m_hasLength = m_hasCoding = m_mustClose = false;
    constexpr qsizetype mostKept = 4 * 1024; // By a connection that waits, too.
    m_before = m_fieldBytes <= mostKept ? std::exchange(m_head.headers, {}) : base::Headers();
    m_head = {};
    m_head.headers.reserve(m_before.size());
    m_body = {};
    m_fieldBytes = m_framingBytes = 0;
    m_left = 0;
    m_emptyLines = 0;
    m_part = Part::Size;
}

qsizetype RequestReader::read(QByteArrayView bytes)
{
    qsizetype at = 0;
    m_hasBegun = m_hasBegun || !bytes.isEmpty();
    while (at < bytes.size() && m_stage < Stage::Complete) {
        switch (m_stage) {
        case Stage::Line:
            if (const auto text
                = line(bytes, at, {m_limits.lineBytes, EdgeFault::LineTooLong, EdgeFault::BadLine}))
                readRequestLine(*text);
            break;
        case Stage::Fields:
            if (const auto text
                = line(bytes, at,
                       {m_limits.fieldBytes - m_fieldBytes, EdgeFault::FieldsTooLarge, EdgeFault::BadField}))
                readField(*text);
            if (m_stage == Stage::Body)
                return at;
            break;
        default:
            if (m_head.isChunked)
                readChunks(bytes, at);
            else
                takeData(bytes, at);
            break;
        }
    }
    return at;
}

std::optional<QByteArrayView> RequestReader::line(QByteArrayView bytes, qsizetype &at, const LineRule &rule)
{
    if (std::exchange(m_isLineUsed, false))
        m_line.resize(0);
    const QByteArrayView rest = bytes.sliced(at);
    const auto *const end = static_cast<const char *>(std::memchr(rest.data(), '\n', size_t(rest.size())));
    const qsizetype length = end ? end - rest.data() + 1 : rest.size();
    if (m_line.size() + length > rule.most) {
        // As if its bytes had come one by one: what is behind the one that was too much is not taken.
        at += std::max(qsizetype(0), rule.most - m_line.size()) + 1;
        refuse(rule.tooLong);
        return std::nullopt;
    }
    at += length;
    if (!end) {
        m_line += rest;
        return std::nullopt;
    }
    QByteArrayView whole = rest.first(length);
    if (!m_line.isEmpty()) {
        m_line += whole;
        whole = m_line;
        m_isLineUsed = true;
    }
    if (!whole.endsWith("\r\n")) {
        refuse(rule.malformed);
        return std::nullopt;
    }
    whole.chop(2);
    return whole;
}

void RequestReader::readRequestLine(QByteArrayView line)
{
    // RFC 9112 §2.2 has them forgiven, for clients that end a body with a line end of its own.
    if (line.isEmpty() && m_emptyLines++ < forgivenLines)
        return;
    const qsizetype first = line.indexOf(' ');
    const qsizetype second = line.indexOf(' ', first + 1);
    if (first <= 0 || second < 0 || !base::isToken(line.first(first)))
        return refuse(EdgeFault::BadLine);
    const QByteArrayView version = line.sliced(second + 1);
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (version.size() != 8 || !version.startsWith("HTTP/") || !isDigit(version[5]) || version[6] != '.'
        || !isDigit(version[7]))
        return refuse(EdgeFault::BadLine);
    if (version[5] != '1' || version[7] > '1')
        return refuse(EdgeFault::BadVersion);
    if (!isKnownMethod(line.first(first)))
        return refuse(EdgeFault::UnknownMethod);
    const QByteArrayView target = line.sliced(first + 1, second - first - 1);
    if (!isOriginForm(target))
        return refuse(EdgeFault::BadTarget);
    m_head.method = line.first(first).toByteArray();
    m_head.target = target.toByteArray();
    m_head.isHttp10 = version[7] == '0';
    m_head.wantsClose = m_head.isHttp10;
    m_stage = Stage::Fields;
}

void RequestReader::readField(QByteArrayView line)
{
    m_fieldBytes += line.size() + 2;
    if (line.isEmpty())
        return endFields();
    if (m_head.headers.size() == m_limits.fields)
        return refuse(EdgeFault::TooManyFields);
    // A line that begins with whitespace would go on with the one before (§5.2); none is a token, either.
    const qsizetype colon = line.indexOf(':');
    if (colon < 0 || !base::isToken(line.first(colon)) || !base::isFieldValue(line.sliced(colon + 1)))
        return refuse(EdgeFault::BadField);
    const QByteArrayView name = line.first(colon);
    const QByteArrayView value = trimmed(line.sliced(colon + 1));
    const qsizetype place = m_head.headers.size();
    const base::Header before = place < m_before.size() ? m_before.at(place) : base::Header();
    m_head.headers.append({sharedOr(before.first, name), sharedOr(before.second, value)});
    readFraming(name, value);
}

/// What says where this request ends and what becomes of the connection.
void RequestReader::readFraming(QByteArrayView name, QByteArrayView value)
{
    if (is(name, "Host")) {
        if (std::exchange(m_hasHost, true))
            refuse(EdgeFault::RepeatedHost);
    } else if (is(name, "Content-Length")) {
        const bool isNumber = !value.isEmpty() && value.size() <= 18
            && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!isNumber || std::exchange(m_hasLength, true))
            return refuse(EdgeFault::BadLength);
        m_head.contentLength = value.toLongLong();
    } else if (is(name, "Transfer-Encoding")) {
        if (!is(value, "chunked") || std::exchange(m_hasCoding, true))
            return refuse(EdgeFault::UnknownCoding);
        m_head.isChunked = true;
    } else if (is(name, "Expect")) {
        if (!is(value, "100-continue"))
            return refuse(EdgeFault::BadExpectation);
        m_head.expectsContinue = !m_head.isHttp10; // RFC 9110 §10.1.1 has HTTP/1.0 ignore it.
    } else if (is(name, "Connection")) {
        for (QByteArrayView rest = value; !rest.isEmpty();) {
            const qsizetype comma = rest.indexOf(',');
            const QByteArrayView option = trimmed(comma < 0 ? rest : rest.first(comma));
            rest = comma < 0 ? QByteArrayView() : rest.sliced(comma + 1);
            // §9.3: close wins over whatever else is there.
            if (is(option, "close"))
                m_mustClose = true;
            else if (is(option, "keep-alive"))
                m_head.wantsClose = false;
        }
    }
}

void RequestReader::endFields()
{
    if (!m_hasHost && !m_head.isHttp10)
        return refuse(EdgeFault::NoHost);
    if (m_hasCoding && (m_hasLength || m_head.isHttp10))
        return refuse(EdgeFault::LengthAndCoding);
    if (m_head.contentLength > m_limits.bodyBytes)
        return refuse(EdgeFault::BodyTooLarge);
    m_head.wantsClose = m_head.wantsClose || m_mustClose;
    m_left = m_head.contentLength;
    m_stage = m_head.isChunked || m_left > 0 ? Stage::Body : Stage::Complete;
}

void RequestReader::takeData(QByteArrayView bytes, qsizetype &at)
{
    const qsizetype length = qsizetype(std::min<qint64>(m_left, bytes.size() - at));
    if (m_body.isEmpty() && m_left > length)
        m_body.reserve(qsizetype(std::min<qint64>(m_left, reservedBytes)));
    m_body += bytes.sliced(at, length);
    at += length;
    m_left -= length;
    if (m_left == 0 && !m_head.isChunked)
        m_stage = Stage::Complete;
}

void RequestReader::readChunks(QByteArrayView bytes, qsizetype &at)
{
    switch (m_part) {
    case Part::Size:
        if (const auto text = line(bytes, at, {chunkLineBytes, EdgeFault::BadChunk, EdgeFault::BadChunk}))
            readChunkSize(*text);
        return;
    case Part::Data:
        takeData(bytes, at);
        if (m_left == 0)
            m_part = Part::End;
        return;
    case Part::End:
        if (const auto text = line(bytes, at, {2, EdgeFault::BadChunk, EdgeFault::BadChunk}))
            m_part = Part::Size;
        return;
    case Part::Trailers:
        if (const auto text
            = line(bytes, at,
                   {m_limits.fieldBytes - m_fieldBytes, EdgeFault::FieldsTooLarge, EdgeFault::BadField})) {
            m_fieldBytes += text->size() + 2;
            const qsizetype colon = text->indexOf(':');
            // Nothing here reads trailers; RFC 9110 §6.5.1 lets us drop them.
            if (text->isEmpty())
                m_stage = Stage::Complete;
            else if (colon < 0 || !base::isToken(text->first(colon))
                     || !base::isFieldValue(text->sliced(colon + 1)))
                refuse(EdgeFault::BadField);
        }
        return;
    }
}

void RequestReader::readChunkSize(QByteArrayView line)
{
    qsizetype digits = 0;
    quint64 size = 0;
    while (digits < line.size() && digits < chunkSizeDigits && base::hexDigit(line[digits]) >= 0)
        size = size * 16 + quint64(base::hexDigit(line[digits++]));
    if (digits == 0 || !areChunkExtensions(line.sliced(digits)))
        return refuse(EdgeFault::BadChunk);
    if (size > quint64(m_limits.bodyBytes - m_body.size()))
        return refuse(EdgeFault::BodyTooLarge);
    // Extensions and tiny chunks may not make a body many times as large on the wire.
    m_framingBytes += line.size() + 4;
    if (m_framingBytes > 16 * 1024 + 5 * m_body.size())
        return refuse(EdgeFault::BadChunk);
    m_left = qint64(size);
    m_part = size > 0 ? Part::Data : Part::Trailers;
}

void RequestReader::refuse(EdgeFault fault)
{
    m_stage = Stage::Refused;
    m_fault = fault;
}

} // namespace gatehouse::http
