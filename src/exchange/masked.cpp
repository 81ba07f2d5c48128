// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/masked.h"

#include "base/mask.h"
#include "web/mediatype.h"

#include <algorithm>

namespace gatehouse::exchange {

base::Headers maskedHeaders(const base::Headers &headers)
{
    base::Headers out;
    out.reserve(headers.size());
    for (const auto &[name, value] : headers)
        out.append({base::maskText(name), base::maskHeader(name, value)});
    return out;
}

Body maskedBody(const QByteArray &body, const base::Headers &headers, base::Place place, qsizetype budget,
                qsizetype size)
{
    const qsizetype whole = std::max(size, body.size());
    const QByteArray piece = body.size() <= lookedAtBytes(budget) ? body : body.first(lookedAtBytes(budget));
    const QByteArray masked = web::mayHaveMediaType(headers, "text/event-stream")
        ? base::maskEventStream(piece, place)
        : base::maskBody(piece, place);
    const bool isWhole = piece.size() == whole;
    const QByteArray shown = base::beginningOfMasked(masked, budget, isWhole);
    return {shown, whole, !isWhole || shown.size() < masked.size()};
}

base::Place placeOf(bool isMcp, const base::Headers &headers)
{
    return isMcp && !web::mayHaveMediaType(headers, "application/x-www-form-urlencoded")
        ? base::Place::Elsewhere
        : base::Place::OAuthRequest;
}

QString productOf(const base::Headers &headers)
{
    const QByteArray userAgent = base::onlyValueOf(headers, "User-Agent").value_or(QByteArray());
    const qsizetype end = userAgent.indexOf(' ');
    QByteArray product = userAgent.first(end < 0 ? userAgent.size() : end);
    return QString::fromUtf8(base::maskText(product.replace('/', ' '))).left(60);
}

} // namespace gatehouse::exchange
