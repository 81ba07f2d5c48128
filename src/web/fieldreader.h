// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace gatehouse::web {

/// A walk over the value of a header field, or over what else is written with the parts of RFC 9110 §5.6. It
/// never passes the end, and what it does not find it leaves where it is.
class FieldReader
{
public:
    /// The text must outlive the reader.
    explicit FieldReader(QByteArrayView text)
        : m_text(text)
    { }

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    /// NUL at the end.
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    [[nodiscard]] qsizetype at() const { return m_at; }
    void goBackTo(qsizetype at) { m_at = at; }

    /// Whether it was there.
    bool consume(char c);
    /// OWS (§5.6.3).
    void skipSpace();
    /// OWS and empty elements of a list (§5.6.1.2).
    void skipSpaceAndCommas();
    /// Empty where none is here (§5.6.2).
    [[nodiscard]] QByteArrayView token();
    /// token68 (§11.2), as in "Negotiate abc==": its part before the equals signs, with those.
    [[nodiscard]] QByteArrayView token68();
    /// Up to the first of these, which stays, or the end.
    [[nodiscard]] QByteArrayView upToAnyOf(QByteArrayView ends);
    /// What a quoted-string says, without its quotes and escapes (§5.6.4); nullopt where none is here, or it
    /// does not end, or holds a control character.
    [[nodiscard]] std::optional<QByteArray> quotedString();

private:
    QByteArrayView m_text;
    qsizetype m_at = 0;
};

} // namespace gatehouse::web
