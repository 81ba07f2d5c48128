// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/hex.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace gatehouse::base {

/// The byte that an escape of three characters (RFC 3986 §2.1) stands for; nullopt where none is here.
[[nodiscard]] inline std::optional<char> escapedByteAt(QByteArrayView text, qsizetype at)
{
    if (text[at] != '%' || at + 2 >= text.size())
        return std::nullopt;
    const int high = hexDigit(text[at + 1]);
    const int low = hexDigit(text[at + 2]);
    return high < 0 || low < 0 ? std::nullopt : std::optional(char(high * 16 + low));
}

/// What is no escape stays as it is (WHATWG URL §1.3). Qt's own makes a byte of two characters that are no
/// digits.
[[nodiscard]] inline QByteArray percentDecoded(QByteArrayView text)
{
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const std::optional<char> byte = escapedByteAt(text, i);
        out += byte.value_or(text[i]);
        i += byte ? 2 : 0;
    }
    return out;
}

} // namespace gatehouse::base
