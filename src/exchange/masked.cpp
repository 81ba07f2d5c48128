// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/masked.h"

#include "base/mask.h"
#include "web/mediatype.h"

#include <algorithm>

namespace gatehouse::exchange {

namespace {

base::Header maskedHeader(const base::Header &header)
{
    return {base::maskText(header.first), base::maskHeader(header.first, header.second)};
}

} // namespace

base::Headers maskedHeaders(const base::Headers &headers)
{
    base::Headers out;
    out.reserve(headers.size());
    for (const base::Header &header : headers)
        out.append(maskedHeader(header));
    return out;
}

base::Headers HeaderMask::masked(const base::Headers &headers)
{
    base::Headers out;
    out.reserve(headers.size());
    for (qsizetype i = 0; i < headers.size(); ++i) {
        const bool isKnown = i < m_before.size() && m_before.at(i) == headers.at(i);
        out.append(isKnown ? m_masked.at(i) : maskedHeader(headers.at(i)));
    }
    constexpr qsizetype mostKept = 4 * 1024;
    const bool isKept = sizeOf(headers) <= mostKept;
    m_before = isKept ? headers : base::Headers();
    m_masked = isKept ? out : base::Headers();
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
