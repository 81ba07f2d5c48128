// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/headers.h"

#include <algorithm>

namespace gatehouse::base {

bool isSameName(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && a.compare(b, Qt::CaseInsensitive) == 0;
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
    const QList<QByteArray> values = valuesOf(headers, name);
    return values.size() == 1 ? std::optional(values.first()) : std::nullopt;
}

} // namespace gatehouse::base
