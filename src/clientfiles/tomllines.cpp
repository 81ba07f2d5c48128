// SPDX-License-Identifier: GPL-3.0-or-later
#include "clientfiles/tomllines.h"

#include "base/characters.h"

namespace gatehouse::clientfiles {

namespace {

using Kind = TomlLine::Kind;

bool isBareKey(char c)
{
    return base::isLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// Walks through one line after the other, and knows in what it is.
class Scanner
{
public:
    TomlLine read(QByteArrayView line);

private:
    [[nodiscard]] bool isInside() const { return !m_closing.isEmpty() || m_depth > 0; }
    void skipSpace()
    {
        while (m_at < m_line.size() && (m_line[m_at] == ' ' || m_line[m_at] == '\t'))
            ++m_at;
    }
    [[nodiscard]] bool isAt(QByteArrayView text) const { return m_line.sliced(m_at).startsWith(text); }
    bool readName(TomlLine &line);
    bool readPart();
    bool readHead(TomlLine &line);
    void walkValue();
    void walkString(QByteArrayView quote);

    QByteArrayView m_line;
    qsizetype m_at = 0;
    QByteArray m_closing; ///< What ends the text of several lines that it is in.
    bool m_isOdd = false; ///< Something stands in the value that no value has.
    int m_depth = 0; ///< Of arrays and inline tables.
};

bool Scanner::readPart()
{
    const qsizetype begin = m_at;
    if (isAt("\"") || isAt("'")) {
        const char quote = m_line[m_at++];
        while (m_at < m_line.size() && m_line[m_at] != quote)
            m_at += quote == '"' && m_line[m_at] == '\\' ? 2 : 1;
        return m_at++ < m_line.size();
    }
    while (m_at < m_line.size() && isBareKey(m_line[m_at]))
        ++m_at;
    return m_at > begin;
}

bool Scanner::readName(TomlLine &line)
{
    while (true) {
        skipSpace();
        if (!readPart())
            return false;
        ++line.parts;
        skipSpace();
        if (!isAt("."))
            return true;
        ++m_at;
    }
}

bool Scanner::readHead(TomlLine &line)
{
    const QByteArrayView open = isAt("[[") ? QByteArrayView("[[") : QByteArrayView("[");
    const QByteArrayView close = open.size() == 2 ? QByteArrayView("]]") : QByteArrayView("]");
    const qsizetype begin = m_at;
    m_at += open.size();
    if (!readName(line) || !isAt(close))
        return false;
    m_at += close.size();
    line.name = m_line.sliced(begin, m_at - begin).toByteArray();
    skipSpace();
    return m_at == m_line.size() || isAt("#");
}

/// To the end of the text that begins with that quote, or to the end of the line.
void Scanner::walkString(QByteArrayView quote)
{
    const bool isBasic = quote.startsWith('"');
    m_closing = quote.toByteArray();
    while (m_at < m_line.size()) {
        if (isAt(m_closing)) {
            m_at += m_closing.size();
            while (m_closing.size() == 3 && m_at < m_line.size() && m_line[m_at] == m_closing.at(0))
                ++m_at; // One or two quotes may stand before the end.
            m_closing.clear();
            return;
        }
        m_at += isBasic && m_line[m_at] == '\\' ? 2 : 1;
    }
    m_at = m_line.size();
    if (m_closing.size() == 1)
        m_closing.clear(); // Such a text has one line; that it does not end is a fault of its own.
}

void Scanner::walkValue()
{
    while (m_at < m_line.size()) {
        const char c = m_line[m_at];
        if (c == '#')
            return;
        if (c == '"' || c == '\'') {
            const QByteArrayView three = c == '"' ? QByteArrayView("\"\"\"") : QByteArrayView("'''");
            const QByteArrayView quote = isAt(three) ? three : three.first(1);
            m_at += quote.size();
            walkString(quote);
            continue;
        }
        m_isOdd = m_isOdd || uchar(c) >= 0x80; // Other letters stand in texts and comments alone.
        m_depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
        m_depth = std::max(m_depth, 0);
        ++m_at;
    }
}

TomlLine Scanner::read(QByteArrayView whole)
{
    m_line = whole;
    m_isOdd = false;
    while (m_line.endsWith('\n') || m_line.endsWith('\r'))
        m_line.chop(1);
    m_at = 0;
    TomlLine line;
    if (isInside()) {
        line.kind = Kind::Inside;
        if (!m_closing.isEmpty())
            walkString(QByteArray(m_closing));
        walkValue();
        if (m_isOdd)
            line.kind = Kind::Other;
        return line;
    }
    skipSpace();
    const qsizetype begin = m_at;
    if (m_at == m_line.size())
        return line;
    if (isAt("#")) {
        line.kind = Kind::Comment;
    } else if (isAt("[")) {
        line.kind = readHead(line) ? Kind::Head : Kind::Other;
    } else if (readName(line) && isAt("=")) {
        line.kind = Kind::Key;
        line.name = m_line.sliced(begin, m_at - begin).trimmed().toByteArray();
        const qsizetype value = ++m_at;
        walkValue();
        line.value = m_line.sliced(value).trimmed().toByteArray();
        if (m_isOdd)
            line.kind = Kind::Other;
    } else {
        line.kind = Kind::Other;
    }
    return line;
}

} // namespace

QByteArrayList linesOf(const QByteArray &text)
{
    QByteArrayList lines;
    for (qsizetype from = 0; from < text.size();) {
        const qsizetype end = text.indexOf('\n', from);
        lines.append(text.sliced(from, (end < 0 ? text.size() : end + 1) - from));
        from += lines.last().size();
    }
    return lines;
}

QList<TomlLine> tomlLinesOf(const QByteArray &text)
{
    const bool hasMark = text.startsWith("\xEF\xBB\xBF");
    QList<TomlLine> lines;
    Scanner scanner;
    const QByteArrayList all = linesOf(text);
    for (const QByteArray &one : all)
        lines.append(
            scanner.read(hasMark && lines.isEmpty() ? QByteArrayView(one).sliced(3) : QByteArrayView(one)));
    return lines;
}

} // namespace gatehouse::clientfiles
