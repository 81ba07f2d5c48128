// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <deque>
#include <optional>
#include <vector>

namespace gatehouse::base {

/// Judges one JSON text from front to back (RFC 8259), and builds nothing. For base/json.
class JsonJudge
{
public:
    /// `text` outlives it.
    JsonJudge(QByteArrayView text, const JsonLimits &limits)
        : m_text(text)
        , m_limits(limits)
    {
        m_names.reserve(16);
    }

    /// What is wrong with it. Once.
    [[nodiscard]] std::optional<JsonFault> fault();
    /// Where that stands, in bytes from the start.
    [[nodiscard]] qsizetype place() const { return m_at; }
    /// Some names lie beyond the first plane of Unicode, and others at its end: UTF-16 orders them otherwise
    /// than Unicode does, and QJsonDocument goes by the latter where QJsonObject looks by the former.
    [[nodiscard]] bool hasNamesOutOfOrder() const { return m_hasAstralNames && m_hasLateNames; }

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

    // Each returns false after fail(), and leaves the rest alone.
    bool readValue(int depth);
    bool readWord(QByteArrayView word);
    bool readObject(int depth);
    bool readMember(int depth);
    void keepName(QByteArrayView quoted, qsizetype at);
    /// Where a name stands that the object has already.
    std::optional<qsizetype> repeatedSince(size_t outer);
    bool readArray(int depth);
    bool readNumber();
    bool readDigits();
    bool readString();
    /// Of a string, most of which is letters that mean themselves.
    qsizetype behindPlain(qsizetype at) const;
    /// Ends on its last character.
    bool readEscape();
    bool readUnicodeEscape();
    /// Of the four digits behind the "u".
    std::optional<char16_t> readHex();

    QByteArrayView m_text;
    JsonLimits m_limits;
    qsizetype m_at = 0;
    JsonFault m_fault = JsonFault::Syntax;
    std::vector<Name> m_names; ///< Of the objects that are open, the innermost one's last.
    std::deque<QByteArray> m_unescaped; ///< What some of them are views of.
    bool m_hasAstralNames = false; ///< U+10000 and above: pairs of UTF-16 units, from U+D800 on.
    bool m_hasLateNames = false; ///< From U+E000 to U+FFFF.
};

} // namespace gatehouse::base
