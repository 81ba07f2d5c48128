// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/fieldreader.h"

#include "base/characters.h"

namespace gatehouse::web {

bool FieldReader::consume(char c)
{
    if (atEnd() || m_text[m_at] != c)
        return false;
    ++m_at;
    return true;
}

void FieldReader::skipSpace()
{
    while (peek() == ' ' || peek() == '\t')
        ++m_at;
}

void FieldReader::skipSpaceAndCommas()
{
    while (peek() == ' ' || peek() == '\t' || peek() == ',')
        ++m_at;
}

QByteArrayView FieldReader::token()
{
    const qsizetype from = m_at;
    while (!atEnd() && base::isTokenCharacter(m_text[m_at]))
        ++m_at;
    return m_text.sliced(from, m_at - from);
}

QByteArrayView FieldReader::token68()
{
    const qsizetype from = m_at;
    while (!atEnd() && (base::isTokenCharacter(m_text[m_at]) || m_text[m_at] == '/'))
        ++m_at;
    while (peek() == '=')
        ++m_at;
    return m_text.sliced(from, m_at - from);
}

QByteArrayView FieldReader::upToAnyOf(QByteArrayView ends)
{
    const qsizetype from = m_at;
    while (!atEnd() && !ends.contains(m_text[m_at]))
        ++m_at;
    return m_text.sliced(from, m_at - from);
}

std::optional<QByteArray> FieldReader::quotedString()
{
    const qsizetype from = m_at;
    QByteArray out;
    if (consume('"')) {
        while (!atEnd()) {
            if (consume('"'))
                return out;
            if (consume('\\') && atEnd())
                break;
            if (!base::isFieldCharacter(m_text[m_at]))
                break;
            out += m_text[m_at++];
        }
    }
    m_at = from;
    return std::nullopt;
}

} // namespace gatehouse::web
