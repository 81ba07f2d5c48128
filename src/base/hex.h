// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace gatehouse::base {

/// The value of a hexadecimal digit in either case, or -1 (RFC 5234 §B.1 HEXDIG, which RFC 9112 §7.1 and RFC
/// 3986 §2.1 use in both cases).
[[nodiscard]] constexpr int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

} // namespace gatehouse::base
