// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/mediatype.h"

namespace gatehouse::endpoint {

QByteArray mediaType(const QByteArray &value)
{
    const qsizetype end = value.indexOf(';');
    return value.first(end < 0 ? value.size() : end).trimmed().toLower();
}

bool accepts(const base::Headers &headers, QByteArrayView wanted)
{
    const QList<QByteArray> values = base::valuesOf(headers, "Accept");
    const QByteArray family = wanted.first(wanted.indexOf('/')).toByteArray() + "/*";
    for (const QByteArray &value : values) {
        for (const QByteArray &part : value.split(',')) {
            const QByteArray type = mediaType(part);
            if (type == wanted || type == family || type == "*/*")
                return true;
        }
    }
    return values.isEmpty();
}

} // namespace gatehouse::endpoint
