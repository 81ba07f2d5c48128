// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/batches.h"

#include <algorithm>
#include <utility>

namespace gatehouse::host {

namespace {

constexpr int untakenBatches = 4; ///< After so many it waits for whoever watches …
constexpr qsizetype keptExchanges = 20'000; ///< … and keeps so many exchanges meanwhile …
constexpr qsizetype keptBytes = 32 * 1024 * 1024; ///< … and so much of them, with those on their way.

/// Without what its peer could make long.
exchange::Exchange outlineOf(exchange::Exchange exchange)
{
    exchange.query.clear();
    exchange.requestHeaders.clear();
    exchange.requestBody.shown.clear();
    exchange.responseHeaders.clear();
    exchange.responseBody.shown.clear();
    exchange.verdict.header = {};
    exchange.verdict.claims = {};
    exchange.verdict.claimsText.clear();
    exchange.verdict.jsonBytes = 0;
    return exchange;
}

} // namespace

Batches::Batches(QObject *parent)
    : QObject(parent)
{
    m_flush.setParent(this);
    m_flush.setSingleShot(true);
    m_flush.setInterval(usualInterval);
    connect(&m_flush, &QTimer::timeout, this, [this] { flush(false); });
}

void Batches::ended(const exchange::Exchange &exchange)
{
    const auto place = m_places.constFind(keyOf(exchange));
    if (place == m_places.cend())
        return record(exchange);
    addBytes(-exchange::sizeOf(m_batch[*place]));
    m_batch[*place] = fitted(exchange);
    addBytes(exchange::sizeOf(m_batch[*place]));
}

qsizetype Batches::bodyBudget() const
{
    constexpr qsizetype most = 1024 * 1024; // To mask more would make others wait.
    return std::clamp<qsizetype>((keptBytes - m_heldBytes) / 8, 0, most);
}

/// Whole, or what there is room for: a row must not stay open for ever.
exchange::Exchange Batches::fitted(const exchange::Exchange &exchange)
{
    if (m_heldBytes + exchange::sizeOf(exchange) <= keptBytes)
        return exchange;
    m_thinned += exchange.outcome == exchange::Outcome::Running ? 0 : 1;
    return outlineOf(exchange);
}

void Batches::addBytes(qsizetype bytes)
{
    m_batchBytes += bytes;
    m_heldBytes += bytes;
}

void Batches::record(exchange::Exchange exchange)
{
    const bool isRunning = exchange.outcome == exchange::Outcome::Running;
    if (m_batch.size() >= keptExchanges) {
        m_dropped += isRunning ? 0 : 1;
        return;
    }
    if (isRunning && m_heldBytes + exchange::sizeOf(exchange) > keptBytes)
        return; // Its end comes by itself.
    exchange = fitted(exchange);
    addBytes(exchange::sizeOf(exchange));
    m_places.insert(keyOf(exchange), m_batch.size());
    m_batch.append(exchange);
    if (!m_flush.isActive())
        m_flush.start();
}

void Batches::flush(bool atAnyRate)
{
    while (m_given.size() > m_untaken) {
        m_given.removeFirst();
        m_heldBytes -= m_givenBytes.takeFirst();
    }
    const bool mayGive = atAnyRate || m_untaken < untakenBatches;
    if (mayGive && !m_batch.isEmpty()) {
        m_places.clear();
        const QList<exchange::Exchange> batch = std::exchange(m_batch, {});
        m_given.append(batch);
        m_givenBytes.append(std::exchange(m_batchBytes, 0));
        ++m_untaken;
        Q_EMIT exchanged(batch);
        if (const qint64 count = std::exchange(m_dropped, 0); count > 0)
            Q_EMIT dropped(count);
        if (const qint64 count = std::exchange(m_thinned, 0); count > 0)
            Q_EMIT thinned(count);
    }
    if (!m_batch.isEmpty() || !m_given.isEmpty())
        m_flush.start();
}

} // namespace gatehouse::host
