// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/sink.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <chrono>

namespace gatehouse::host {

/// The sink of whoever watches from another thread: hands over what passed meanwhile, folded, so that what
/// began and ended meanwhile crosses once. Keeps a bounded number back while nothing is taken, thins out what
/// is too large, and says so. Lives on the server's thread.
class Batches : public QObject, public exchange::Sink
{
    Q_OBJECT

public:
    explicit Batches(QObject *parent = nullptr);

    /// How long something waits for what else comes. A window need not know earlier than it can be seen.
    static constexpr std::chrono::milliseconds usualInterval{50};
    void setInterval(std::chrono::milliseconds interval) { m_flush.setInterval(interval); }

    void began(const exchange::Exchange &exchange) override { record(exchange); }
    void streams(const exchange::Exchange &exchange) override { ended(exchange); }
    void ended(const exchange::Exchange &exchange) override;

    /// Of what is left for all: nothing of it is kept where one body would take most.
    [[nodiscard]] qsizetype bodyBudget() const override;

    /// Whoever takes the batches says so, from any thread.
    void took() { --m_untaken; }
    /// Whatever is there, also where nothing was taken yet: before the end.
    void giveAll() { flush(true); }

Q_SIGNALS:
    void exchanged(const QList<gatehouse::exchange::Exchange> &batch);
    void dropped(qint64 count); ///< So many were not recorded.
    void thinned(qint64 count); ///< Of so many there is only the outline.

private:
    void record(exchange::Exchange exchange);
    [[nodiscard]] exchange::Exchange fitted(const exchange::Exchange &exchange);
    void addBytes(qsizetype bytes);
    void flush(bool atAnyRate);

    QList<exchange::Exchange> m_batch;
    QHash<exchange::Key, qsizetype> m_places; ///< → place in the batch.
    /// Until they were taken, so that they end here: memory that another thread gives back makes this one
    /// wait.
    QList<QList<exchange::Exchange>> m_given;
    QTimer m_flush;
    QList<qsizetype> m_givenBytes; ///< Of each of them.
    qsizetype m_batchBytes = 0; ///< Of the batch, as exchange::sizeOf() has it.
    qsizetype m_heldBytes = 0; ///< With those that were given.
    qint64 m_dropped = 0;
    qint64 m_thinned = 0;
    std::atomic<int> m_untaken = 0;
};

} // namespace gatehouse::host
