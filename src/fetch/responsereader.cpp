// SPDX-License-Identifier: GPL-3.0-or-later
#include "fetch/responsereader.h"

#include "base/characters.h"
#include "base/hex.h"
#include "web/fieldreader.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace gatehouse::fetch {

namespace {

constexpr qsizetype chunkLineBytes = 4 * 1024;
constexpr qsizetype chunkSizeDigits = 15; // More than any body that can be read, and no overflow.
constexpr int lengthDigits = 18;
constexpr int forgivenStrays = 4;
constexpr qsizetype versionBytes = 5;

bool isVersionBegun(QByteArrayView line)
{
    return QByteArrayView("HTTP/").startsWith(line.first(std::min(line.size(), versionBytes)));
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// The parts of a list.
QList<QByteArray> partsOf(const QByteArray &value)
{
    QList<QByteArray> parts;
    web::FieldReader reader(value);
    for (reader.skipSpaceAndCommas(); !reader.atEnd(); reader.skipSpaceAndCommas())
        parts.append(reader.upToAnyOf(",").toByteArray().trimmed());
    return parts;
}

} // namespace

QString sentenceOf(ResponseFault fault)
{
    switch (fault) {
    case ResponseFault::None:
        break;
    case ResponseFault::NoHttp:
        return u"What answers there does not speak HTTP/1.1."_s;
    case ResponseFault::HeadTooLarge:
        return u"The answer has more header lines than can be read here (1000, or 256 KiB)."_s;
    case ResponseFault::BadField:
        return u"The answer has a header line that is none."_s;
    case ResponseFault::BadLength:
        return u"The answer has a Content-Length that is no number, or several of them."_s;
    case ResponseFault::UnknownCoding:
        return u"The answer has a Transfer-Encoding that nobody asked for."_s;
    case ResponseFault::BadChunk:
        return u"The answer's chunks are broken."_s;
    case ResponseFault::TooManyInterim:
        return u"The server said again and again that it is not done yet (1xx)."_s;
    case ResponseFault::Switched:
        return u"The server changed to another protocol (101), which nobody asked for."_s;
    case ResponseFault::EndedEarly:
        return u"The connection ended before the answer was whole."_s;
    }
    return {};
}

void ResponseReader::next(QByteArrayView method)
{
    *this = ResponseReader();
    m_isHead = method == "HEAD";
}

qsizetype ResponseReader::read(QByteArrayView bytes)
{
    qsizetype at = 0;
    while (at < bytes.size() && m_stage != Stage::Complete && m_stage != Stage::Refused) {
        const bool isStray = !m_hasBegun && (bytes[at] == '\r' || bytes[at] == '\n');
        if (isStray && m_strays < forgivenStrays) { // Some servers end a body with a line end of its own.
            ++m_strays;
            ++at;
            continue;
        }
        m_hasBegun = true;
        if (m_stage == Stage::Line) {
            if (takeLine(bytes, at, headBytes - m_headBytes, ResponseFault::HeadTooLarge))
                readStatusLine();
        } else if (m_stage == Stage::Fields) {
            if (takeLine(bytes, at, headBytes - m_headBytes, ResponseFault::HeadTooLarge))
                readField();
        } else if (m_framing == Framing::Chunked) {
            readChunked(bytes, at);
        } else {
            takeData(bytes, at);
        }
    }
    return at;
}

void ResponseReader::end(bool isClosed)
{
    if (m_stage == Stage::Complete || m_stage == Stage::Refused)
        return;
    if (m_stage == Stage::Body && m_framing == Framing::UntilEnd && isClosed)
        complete();
    else
        refuse(ResponseFault::EndedEarly);
}

bool ResponseReader::takeLine(QByteArrayView bytes, qsizetype &at, qsizetype most, ResponseFault tooLong)
{
    const qsizetype end = bytes.indexOf('\n', at);
    const qsizetype length = (end < 0 ? bytes.size() : end + 1) - at;
    // Before it is kept: a line that never ends must not grow.
    const bool isTooLong = m_line.size() + length > most;
    m_line += bytes.sliced(at, isTooLong ? std::min<qsizetype>(length, versionBytes) : length);
    // What is no HTTP is called so, also where it is a long line, or waits for more, as we would.
    if (m_stage == Stage::Line && !isVersionBegun(m_line)) {
        refuse(ResponseFault::NoHttp);
        return false;
    }
    if (isTooLong) {
        refuse(tooLong);
        return false;
    }
    at += length;
    if (end < 0)
        return false;
    if (m_stage == Stage::Line || m_stage == Stage::Fields || m_part == Part::Trailers)
        m_headBytes += m_line.size();
    m_line.chop(1);
    if (m_line.endsWith('\r'))
        m_line.chop(1);
    return true;
}

void ResponseReader::readStatusLine()
{
    // "HTTP/1.1 200 OK"; the words are optional, and so is the space before them where there are none.
    const QByteArray line = std::exchange(m_line, {});
    const bool isVersion = line.startsWith("HTTP/1.") && line.size() >= 12
        && (line[7] == '0' || line[7] == '1') && line[8] == ' ';
    const bool isStatus = isVersion && std::all_of(line.begin() + 9, line.begin() + 12, isDigit)
        && line[9] != '0' && (line.size() == 12 || line[12] == ' ')
        && base::isFieldValue(QByteArrayView(line).sliced(12));
    if (!isStatus)
        return refuse(ResponseFault::NoHttp);
    m_isHttp10 = line[7] == '0';
    m_head = {line.sliced(9, 3).toInt(), {}};
    m_stage = Stage::Fields;
}

void ResponseReader::readField()
{
    const QByteArray line = std::exchange(m_line, {});
    if (line.isEmpty())
        return endFields();
    if ((line.startsWith(' ') || line.startsWith('\t')) && !m_head.headers.isEmpty()) {
        // RFC 9112 §5.2: a user agent reads a folded line as one.
        if (!base::isFieldValue(line))
            return refuse(ResponseFault::BadField);
        m_head.headers.last().second += ' ' + line.trimmed();
        return;
    }
    const qsizetype colon = line.indexOf(':');
    if (colon < 0 || !base::isToken(QByteArrayView(line).first(colon))
        || !base::isFieldValue(QByteArrayView(line).sliced(colon + 1)))
        return refuse(ResponseFault::BadField);
    if (m_head.headers.size() == fields)
        return refuse(ResponseFault::HeadTooLarge);
    m_head.headers.append({line.first(colon), line.sliced(colon + 1).trimmed()});
}

void ResponseReader::endFields()
{
    if (m_head.status == 101)
        return refuse(ResponseFault::Switched);
    if (m_head.status < 200) { // RFC 9110 §15.2: the answer is still to come.
        if (++m_interims > interims)
            return refuse(ResponseFault::TooManyInterim);
        m_head = {};
        m_stage = Stage::Line;
        return;
    }
    readConnection();
    readFraming();
    if (m_stage == Stage::Refused)
        return;
    m_hasHead = true;
    m_stage = Stage::Body;
    if (m_framing == Framing::None || (m_framing == Framing::Length && m_left == 0))
        complete();
}

/// RFC 9112 §9.3
void ResponseReader::readConnection()
{
    bool mustClose = false;
    bool mayStay = !m_isHttp10;
    for (const QByteArray &value : base::valuesOf(m_head.headers, "Connection")) {
        for (const QByteArray &option : partsOf(value)) {
            mustClose = mustClose || base::isSameName(option, "close");
            mayStay = mayStay || base::isSameName(option, "keep-alive");
        }
    }
    m_keepsOpen = mayStay && !mustClose;
}

/// RFC 9112 §6.3
void ResponseReader::readFraming()
{
    std::optional<QByteArray> length;
    bool isChunked = false;
    for (const auto &[name, value] : std::as_const(m_head.headers)) {
        if (base::isSameName(name, "Transfer-Encoding")) {
            if (!base::isSameName(value, "chunked") || isChunked)
                return refuse(ResponseFault::UnknownCoding);
            isChunked = true;
        } else if (base::isSameName(name, "Content-Length")) {
            // "5, 5" and two equal lines are the same said twice.
            const QList<QByteArray> numbers = partsOf(value);
            if (numbers.isEmpty())
                return refuse(ResponseFault::BadLength);
            for (const QByteArray &number : numbers) {
                const bool isNumber
                    = number.size() <= lengthDigits && std::all_of(number.begin(), number.end(), isDigit);
                if (!isNumber || (length && *length != number))
                    return refuse(ResponseFault::BadLength);
                length = number;
            }
        }
    }
    if (m_isHead || m_head.status == 204 || m_head.status == 304) {
        m_framing = Framing::None;
    } else if (isChunked) {
        m_framing = Framing::Chunked;
        m_keepsOpen = m_keepsOpen && !length; // Somebody between us may have read it in another way.
    } else if (length) {
        m_framing = Framing::Length;
        m_left = length->toULongLong();
    } else {
        m_framing = Framing::UntilEnd;
        m_keepsOpen = false;
    }
}

void ResponseReader::takeData(QByteArrayView bytes, qsizetype &at)
{
    qsizetype length = bytes.size() - at;
    if (m_framing != Framing::UntilEnd)
        length = qsizetype(std::min<quint64>(m_left, quint64(length)));
    m_body += bytes.sliced(at, length);
    at += length;
    m_left -= m_framing == Framing::UntilEnd ? 0 : quint64(length);
    if (m_framing == Framing::Length && m_left == 0)
        complete();
}

void ResponseReader::readChunked(QByteArrayView bytes, qsizetype &at)
{
    switch (m_part) {
    case Part::Size:
        if (takeLine(bytes, at, chunkLineBytes, ResponseFault::BadChunk))
            readChunkSize();
        return;
    case Part::Data:
        takeData(bytes, at);
        if (m_left == 0)
            m_part = Part::End;
        return;
    case Part::End:
        if (takeLine(bytes, at, 2, ResponseFault::BadChunk)) {
            if (!std::exchange(m_line, {}).isEmpty())
                return refuse(ResponseFault::BadChunk);
            m_part = Part::Size;
        }
        return;
    case Part::Trailers: // Read past: nothing here needs them (RFC 9110 §6.5.1).
        if (takeLine(bytes, at, headBytes - m_headBytes, ResponseFault::HeadTooLarge)
            && std::exchange(m_line, {}).isEmpty())
            complete();
        return;
    }
}

void ResponseReader::readChunkSize()
{
    const QByteArray line = std::exchange(m_line, {});
    qsizetype digits = 0;
    quint64 size = 0;
    while (digits < line.size() && digits < chunkSizeDigits && base::hexDigit(line[digits]) >= 0)
        size = size * 16 + quint64(base::hexDigit(line[digits++]));
    // Behind it stand extensions, of which nobody knows one, or spaces.
    const QByteArray rest = line.sliced(digits).trimmed();
    if (digits == 0 || !(rest.isEmpty() || rest.startsWith(';')))
        return refuse(ResponseFault::BadChunk);
    m_left = size;
    m_part = size > 0 ? Part::Data : Part::Trailers;
}

void ResponseReader::complete()
{
    m_stage = Stage::Complete;
}

void ResponseReader::refuse(ResponseFault fault)
{
    m_stage = Stage::Refused;
    m_fault = fault;
    m_line.clear();
}

} // namespace gatehouse::fetch
