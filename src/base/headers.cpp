// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/headers.h"

#include "base/characters.h"

#include <algorithm>

namespace gatehouse::base {

bool isSameName(QByteArrayView a, QByteArrayView b)
{
    // ASCII: two letters differ in their case alone where only that bit differs.
    constexpr unsigned caseBit = 0x20;
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) {
               const unsigned difference = uchar(x) ^ uchar(y);
               return difference == 0 || (difference == caseBit && isLetter(x));
           });
}

QList<QByteArray> valuesOf(const Headers &headers, QByteArrayView name)
{
    QList<QByteArray> values;
    for (const auto &[key, value] : headers) {
        if (isSameName(key, name))
            values.append(value);
    }
    return values;
}

std::optional<QByteArray> onlyValueOf(const Headers &headers, QByteArrayView name)
{
    const auto isIt = [name](const Header &header) { return isSameName(header.first, name); };
    const auto first = std::find_if(headers.begin(), headers.end(), isIt);
    if (first == headers.end() || std::any_of(first + 1, headers.end(), isIt))
        return std::nullopt;
    return first->second;
}

} // namespace gatehouse::base
