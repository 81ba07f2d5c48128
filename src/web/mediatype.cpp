// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/mediatype.h"

#include <algorithm>

namespace gatehouse::web {

namespace {

QByteArrayView withoutParameters(QByteArrayView value)
{
    const qsizetype end = value.indexOf(';');
    return value.first(end < 0 ? value.size() : end).trimmed();
}

/// "text/html" itself, "text/*" or "*/*".
bool allows(QByteArrayView range, QByteArrayView type)
{
    if (range == "*/*" || base::isSameName(range, type))
        return true;
    return range.endsWith("/*") && base::isSameName(range.chopped(1), type.first(type.indexOf('/') + 1));
}

} // namespace

bool isMediaType(QByteArrayView value, QByteArrayView type)
{
    return base::isSameName(withoutParameters(value), type);
}

bool hasMediaType(const base::Headers &headers, QByteArrayView type)
{
    const std::optional<QByteArray> value = base::onlyValueOf(headers, "Content-Type");
    return value && isMediaType(*value, type);
}

bool mayHaveMediaType(const base::Headers &headers, QByteArrayView type)
{
    return std::any_of(headers.begin(), headers.end(), [type](const base::Header &header) {
        const QByteArrayView value = QByteArrayView(header.second).trimmed();
        return base::isSameName(header.first, "Content-Type")
            && base::isSameName(value.first(std::min(value.size(), type.size())), type);
    });
}

bool accepts(const base::Headers &headers, QByteArrayView wanted)
{
    bool isThere = false;
    for (const auto &[name, value] : headers) {
        if (!base::isSameName(name, "Accept"))
            continue;
        isThere = true;
        for (QByteArrayView rest = value; !rest.isEmpty();) {
            const qsizetype comma = rest.indexOf(',');
            const qsizetype end = comma < 0 ? rest.size() : comma;
            if (allows(withoutParameters(rest.first(end)), wanted))
                return true;
            rest = rest.sliced(comma < 0 ? end : end + 1);
        }
    }
    return !isThere;
}

} // namespace gatehouse::web
