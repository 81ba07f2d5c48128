// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/masked.h"

#include "base/mask.h"

namespace gatehouse::exchange {

base::Headers maskedHeaders(const base::Headers &headers)
{
    base::Headers out;
    out.reserve(headers.size());
    for (const auto &[name, value] : headers)
        out.append({base::maskText(name), base::maskHeader(name, value)});
    return out;
}

Body maskedBody(const QByteArray &body)
{
    return {base::maskBody(body.size() <= shownBodyBytes ? body : body.first(shownBodyBytes)), body.size()};
}

QString productOf(const base::Headers &headers)
{
    const QByteArray userAgent = base::onlyValueOf(headers, "User-Agent").value_or(QByteArray());
    const qsizetype end = userAgent.indexOf(' ');
    QByteArray product = userAgent.first(end < 0 ? userAgent.size() : end);
    return QString::fromUtf8(base::maskText(product.replace('/', ' '))).left(60);
}

} // namespace gatehouse::exchange
