// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/characters.h"
#include "base/json.h"
#include "base/mask.h"
#include "base/secretshapes.h"

#include <QString>

#include <algorithm>
#include <array>
#include <optional>

namespace gatehouse::base {

namespace {

/// A JSON string as it is written, quotes included.
struct Quoted
{
    QByteArrayView text;
    bool hasEscape = false;
    bool mayHold = true; ///< A secret: one of the marks that nextSecret() looks for stands in it.
};

/// The one at the start of `text`; all of the text if it never ends.
Quoted quotedAtStart(QByteArrayView text)
{
    enum Kind : quint8 { Mark = 1, End = 2 };
    static constexpr std::array<quint8, 256> kinds = [] {
        std::array<quint8, 256> all{};
        for (const char c : secretMarks)
            all.at(uchar(c)) = Mark;
        all.at('"') = all.at('\\') = End;
        return all;
    }();
    const char *const bytes = text.data();
    qsizetype escape = 1;
    quint8 seen = 0;
    for (; escape < text.size() && (seen & End) == 0; ++escape)
        seen |= kinds[uchar(bytes[escape])]; // NOLINT: every byte has a place
    if ((seen & End) == 0)
        return {text, false, (seen & Mark) != 0};
    --escape;
    if (text[escape] == '"') // Most have no escape.
        return {text.first(escape + 1), false, (seen & Mark) != 0};
    for (qsizetype i = escape; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            return {text.first(i + 1), true};
    }
    return {text, true};
}

/// The four hexadecimal digits there, or -1.
int codeUnitAt(QByteArrayView text, qsizetype at)
{
    bool isNumber = false;
    const uint unit = at + 4 <= text.size() ? text.sliced(at, 4).toUInt(&isNumber, 16) : 0;
    return isNumber ? int(unit) : -1;
}

/// What a JSON string says: escapes could hide a token's shape or a member's name. Those that are none stay
/// as they are.
QByteArray unescaped(QByteArrayView text)
{
    QByteArray out(text.size(), Qt::Uninitialized); // No escape is shorter than what it means.
    char *end = out.data();
    for (qsizetype i = 0; i < text.size(); ++i) {
        const qsizetype run = i;
        while (i < text.size() && text[i] != '\\')
            ++i;
        end = std::copy(text.begin() + run, text.begin() + i, end);
        if (i + 1 >= text.size()) {
            if (i < text.size())
                *end++ = text[i];
            break;
        }
        const char kind = text[++i];
        constexpr QByteArrayView kinds = "\"\\/bfnrt";
        constexpr QByteArrayView meanings = "\"\\/\b\f\n\r\t";
        if (kind == '"') {
            *end++ = kind; // The one that most have, where JSON stands in a text.
        } else if (const qsizetype known = kinds.indexOf(kind); known >= 0) {
            *end++ = meanings[known];
        } else if (kind == 'u' && codeUnitAt(text, i + 1) >= 0) {
            QString units(QChar(ushort(codeUnitAt(text, i + 1))));
            i += 4;
            if (units.front().isHighSurrogate() && text.sliced(i + 1).startsWith("\\u")
                && codeUnitAt(text, i + 3) >= 0) {
                units += QChar(ushort(codeUnitAt(text, i + 3)));
                i += 6;
            }
            const QByteArray utf8 = units.toUtf8();
            end = std::copy(utf8.begin(), utf8.end(), end);
        } else {
            *end++ = '\\';
            *end++ = kind;
        }
    }
    out.truncate(end - out.constData());
    return out;
}

constexpr std::array<bool, 256> outsideTexts = [] {
    std::array<bool, 256> all{};
    for (const char c : "{}[]:, \t\r\n0123456789+-.eEtruefalsn")
        all.at(uchar(c)) = c != 0;
    return all;
}();

/// Whether JSON may have that outside of its texts: brackets, numbers and the letters of its three words.
bool standsOutsideTexts(char c)
{
    return outsideTexts[uchar(c)]; // NOLINT: every byte has a place
}

/// What does nothing there by itself: all of it but the brackets.
constexpr std::array<bool, 256> passedOver = [] {
    std::array<bool, 256> all = outsideTexts;
    for (const char c : {'{', '}', '[', ']'})
        all.at(uchar(c)) = false;
    return all;
}();

bool isJsonSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Masks JSON, or what begins like it, text by text.
class BodyMask
{
public:
    BodyMask(const QByteArray &body, Place place, int level = 0)
        : m_body(body)
        , m_place(place)
        , m_level(level)
    { }

    QByteArray masked()
    {
        for (m_at = 0; m_at < m_all.size();) {
            if (m_all[m_at] == '"')
                takeText();
            else if (isKnownToBeClean())
                m_at += m_clean.size();
            else
                takeOther();
        }
        // Most bodies have none, and are shared.
        const QByteArray out = m_copied == 0 ? m_body : m_out + m_all.sliced(m_copied).toByteArray();
        return m_isJson ? out : maskText(out, m_place);
    }

private:
    [[nodiscard]] bool isHidden() const { return m_isSecretMember || m_hiddenFrom >= 0; }
    /// After masked(): one value or several, brackets around each, that were looked through to the end and
    /// hold nothing to hide, wherever they stand.
    [[nodiscard]] bool isCleanByItself() const
    {
        return m_copied == 0 && m_isJson && m_isBalanced && m_depth == 0 && !m_isCutShort
            && (m_all.endsWith('}') || m_all.endsWith(']'));
    }
    /// MCP servers send the same JSON twice, within a text and beside it: it is looked through once.
    [[nodiscard]] bool isKnownToBeClean()
    {
        if (m_clean.isEmpty() || isHidden() || m_all[m_at] != m_clean.front())
            return false;
        if (m_all.sliced(m_at).startsWith(m_clean))
            return true;
        if (++m_misses == mostMisses)
            m_clean.clear();
        return false;
    }
    /// JSON in a text is masked like that beside it. Nothing where it may be shown as it is, as most.
    [[nodiscard]] std::optional<QByteArray> within(QByteArrayView text, bool mayHold)
    {
        constexpr int deepest = 4;
        if (text.isEmpty())
            return std::nullopt;
        const bool isJson = text.front() == '{' || text.front() == '[';
        if (isJson && m_level < deepest) {
            BodyMask inner(text.toByteArray(), m_place, m_level + 1);
            const QByteArray masked = inner.masked();
            m_isCutShort = m_isCutShort || inner.m_isCutShort;
            if (inner.isCleanByItself())
                m_clean = m_misses < mostMisses ? inner.m_body : QByteArray();
            return masked == text ? std::nullopt : std::optional(masked);
        }
        m_isCutShort = m_isCutShort || isJson;
        return mayHold && nextSecret(text, 0, m_place) ? std::optional(maskText(text, m_place))
                                                       : std::nullopt;
    }
    void replace(qsizetype begin, const QByteArray &json)
    {
        m_out += m_all.sliced(m_copied, begin - m_copied);
        m_out += json;
        m_copied = m_at;
    }

    /// A bracket, a number, a word or what is no JSON.
    void takeOther()
    {
        const char c = m_all[m_at];
        m_isJson = m_isJson && standsOutsideTexts(c);
        if (isJsonSpace(c) || c == ':') {
            ++m_at;
            return;
        }
        const qsizetype begin = m_at++;
        if (c == '{' || c == '[') {
            if (m_isSecretMember && m_hiddenFrom < 0)
                m_hiddenFrom = m_depth; // All that is within.
            ++m_depth;
        } else if (c == '}' || c == ']') {
            m_isBalanced = m_isBalanced && m_depth > 0;
            m_depth = std::max<qsizetype>(0, m_depth - 1);
            if (m_depth <= m_hiddenFrom)
                m_hiddenFrom = -1;
        } else if (isHidden() && c != ',') {
            const qsizetype end = scalarEnd(m_all, begin);
            while (end == begin && m_at < m_all.size() && isLetter(m_all[m_at]))
                ++m_at; // A word.
            if (end > begin) {
                m_at = end;
                replace(begin, '"' + hidden.toByteArray() + '"');
            }
        }
        m_isSecretMember = false;
        while (m_hiddenFrom < 0 && m_at < m_all.size() && passedOver[uchar(m_all[m_at])]) // NOLINT: as above
            ++m_at;
    }

    void takeText()
    {
        const qsizetype begin = m_at;
        const auto [quoted, hasEscape, mayHold] = quotedAtStart(m_all.sliced(m_at));
        m_at += quoted.size();
        qsizetype next = m_at;
        while (next < m_all.size() && isJsonSpace(m_all[next]))
            ++next;
        const bool isName = next < m_all.size() && m_all[next] == ':';
        const bool isWhole = quoted.size() > 1 && quoted.back() == '"';
        if (isWhole && !hasEscape && !mayHold && !isHidden() && quoted[1] != '{' && quoted[1] != '[') {
            m_isSecretMember = isName && isSecretName(quoted.sliced(1, quoted.size() - 2), m_place);
            return; // As most: nothing can stand in it.
        }
        m_isBalanced = m_isBalanced && isWhole;
        const QByteArrayView inner = quoted.sliced(1, quoted.size() - (isWhole ? 2 : 1));
        const QByteArray decoded = hasEscape ? unescaped(inner) : QByteArray();
        const QByteArrayView text = hasEscape ? QByteArrayView(decoded) : inner;
        const bool hides = isHidden() && !isName && !text.isEmpty() && text != hidden;
        const std::optional<QByteArray> shown
            = hides ? std::optional(hidden.toByteArray()) : within(text, mayHold);
        if (shown && *shown != text) {
            // Two names shall not become one, which would be no JSON any more.
            const QByteArray number = isName && m_names++ > 0 ? QByteArray::number(m_names) : QByteArray();
            replace(begin, writeJson(QJsonValue(QString::fromUtf8(*shown + number))));
        }
        m_isSecretMember = isName && isSecretName(text, m_place);
    }

    QByteArray m_body;
    QByteArrayView m_all = m_body;
    Place m_place;
    int m_level; ///< How many texts it stands in.
    int m_names = 0; ///< That were masked.
    QByteArray m_out;
    qsizetype m_at = 0;
    qsizetype m_copied = 0;
    qsizetype m_depth = 0;
    qsizetype m_hiddenFrom = -1; ///< The depth of a secret member whose value is an object or array.
    bool m_isSecretMember = false; ///< Of the value that comes next.
    QByteArray m_clean; ///< What was within the last text and holds nothing to hide.
    static constexpr int mostMisses = 8; ///< Whoever sends what nearly fits shall gain nothing by that.
    int m_misses = 0; ///< How often it did not stand beside it.
    bool m_isBalanced = true; ///< Each bracket that ends has one that began, and each text its end.
    bool m_isCutShort = false; ///< Something stands too deep to be read as JSON.
    bool m_isJson = true; ///< As far as can be told from what stands outside of its texts.
};

} // namespace

QByteArray maskBody(const QByteArray &body, Place place)
{
    qsizetype start = 0;
    while (start < body.size() && isJsonSpace(body[start]))
        ++start;
    if (start == body.size() || (body[start] != '{' && body[start] != '['))
        return maskText(body, place);
    return BodyMask(body, place).masked();
}

QByteArray maskEventStream(const QByteArray &stream, Place place)
{
    // Event by event: its data may stand on several lines, with others between them.
    QByteArray out;
    qsizetype copied = 0;
    qsizetype eventBegin = 0;
    QByteArrayList others; // Lines that are no data, in their order, masked.
    QByteArrayList data;
    bool isChanged = false;
    const auto flush = [&](qsizetype end) {
        const QByteArray text = data.join('\n');
        const QByteArray masked = data.isEmpty() ? text : maskBody(text, place);
        if (isChanged || masked != text) {
            out += QByteArrayView(stream).sliced(copied, eventBegin - copied);
            for (const QByteArray &line : std::as_const(others))
                out += line + '\n';
            if (!data.isEmpty())
                out += "data: " + QByteArray(masked).replace('\n', "\ndata: ") + '\n';
            copied = end;
        }
        others.clear();
        data.clear();
        isChanged = false;
        eventBegin = end;
    };
    for (qsizetype begin = 0; begin < stream.size();) {
        const qsizetype lineEnd = stream.indexOf('\n', begin);
        const qsizetype next = lineEnd < 0 ? stream.size() : lineEnd + 1;
        QByteArrayView line = QByteArrayView(stream).sliced(begin, (lineEnd < 0 ? next : lineEnd) - begin);
        if (line.endsWith('\r'))
            line.chop(1);
        if (line.isEmpty()) {
            flush(begin);
            eventBegin = next;
        } else if (const qsizetype mark = line.startsWith("\xEF\xBB\xBF") ? 3 : 0;
                   line.sliced(mark).startsWith("data:")) {
            line = line.sliced(mark + 5);
            data.append(line.sliced(line.startsWith(' ') ? 1 : 0).toByteArray());
        } else {
            others.append(maskText(line, place));
            isChanged = isChanged || others.last() != line;
        }
        begin = next;
    }
    flush(stream.size());
    return copied == 0 ? stream : out + QByteArrayView(stream).sliced(copied).toByteArray();
}

} // namespace gatehouse::base
