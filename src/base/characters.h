// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QStringView>

#include <array>
#include <string_view>

namespace gatehouse::base {

/// Which characters may stand where, in HTTP and OAuth: each rule is written here and nowhere else. Every
/// function takes any bytes, and says no to an empty text where nothing else is said. Here, and not in the
/// room `web`, since what looks for secrets needs them.

namespace detail {

constexpr std::string_view lettersAndDigits
    = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

constexpr std::array<bool, 256> tableOf(std::string_view marks)
{
    std::array<bool, 256> table{};
    for (const std::string_view part : {lettersAndDigits, marks}) {
        for (const char c : part)
            table[static_cast<unsigned char>(c)] = true;
    }
    return table;
}

inline constexpr std::array<bool, 256> token = tableOf("!#$%&'*+-.^_`|~");
inline constexpr std::array<bool, 256> bearer = tableOf("-._~+/=");
inline constexpr std::array<bool, 256> unreserved = tableOf("-._~");

constexpr bool isAllOf(const std::array<bool, 256> &table, QByteArrayView text)
{
    bool isIt = !text.isEmpty();
    for (const char c : text) // Most are: to look for the end at each costs more than to go on.
        isIt = isIt & table[static_cast<unsigned char>(c)];
    return isIt;
}

/// The same by a rule instead of a table: a compiler makes of it what looks at sixteen bytes at a time, for
/// texts that are long.
template <typename Rule> constexpr bool isEach(Rule rule, QByteArrayView text)
{
    unsigned char isOther = 0;
    const char *const bytes = text.data();
    for (qsizetype i = 0; i < text.size(); ++i)
        isOther |= static_cast<unsigned char>(!rule(static_cast<unsigned char>(bytes[i])));
    return isOther == 0;
}

constexpr bool isInFieldValue(unsigned char c)
{
    return ((c >= 0x20) & (c != 0x7F)) | (c == '\t');
}

} // namespace detail

/// Of a token (RFC 9110 §5.6.2): names of header fields, methods, schemes of authentication, parameters.
[[nodiscard]] constexpr bool isTokenCharacter(char c)
{
    return detail::token[static_cast<unsigned char>(c)];
}
[[nodiscard]] constexpr bool isToken(QByteArrayView text)
{
    return detail::isAllOf(detail::token, text);
}

/// Of a field's value (RFC 9110 §5.5): no control character but the tab; another could end the field and
/// begin the next. A value may be empty.
[[nodiscard]] constexpr bool isFieldCharacter(char c)
{
    return detail::isInFieldValue(static_cast<unsigned char>(c));
}
[[nodiscard]] constexpr bool isFieldValue(QByteArrayView text)
{
    return detail::isEach(detail::isInFieldValue, text);
}

[[nodiscard]] constexpr bool isLetter(char c) ///< Of ASCII.
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// What may stand behind "Bearer " (b64token, RFC 6750 §2.1).
[[nodiscard]] constexpr bool isBearerCharacter(char c)
{
    return detail::bearer[static_cast<unsigned char>(c)];
}
[[nodiscard]] constexpr bool isBearerText(QByteArrayView text)
{
    return detail::isAllOf(detail::bearer, text);
}

/// What needs no escape in a URL (RFC 3986 §2.3); a PKCE verifier is made of it (RFC 7636 §4.1).
[[nodiscard]] constexpr bool isUnreserved(QByteArrayView text)
{
    return detail::isAllOf(detail::unreserved, text);
}

/// One scope: visible ASCII but for the quotation mark and the backslash (scope-token, RFC 6749 §3.3).
[[nodiscard]] inline bool isScope(QStringView text)
{
    for (const QChar c : text) {
        if (c.unicode() <= 0x20 || c.unicode() >= 0x7F || c == u'"' || c == u'\\')
            return false;
    }
    return !text.isEmpty();
}

} // namespace gatehouse::base
