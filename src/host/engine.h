// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "exchange/exchange.h"
#include "host/host.h"
#include "host/notice.h"
#include "host/proxyremarks.h"
#include "host/settings.h"
#include "mcp/features.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>

namespace gatehouse::auth {
class KeySource;
struct KeyReport;
} // namespace gatehouse::auth
namespace gatehouse::http {
class HttpServer;
}

namespace gatehouse::host {

/// Everything that answers requests, put together: lives wholly on one thread, made there by start() and
/// deleted there.
class Engine : public QObject, private exchange::ExchangeObserver
{
    Q_OBJECT

public:
    explicit Engine(QObject *parent = nullptr);
    ~Engine() override;

    /// What the server offers beside our own tools: called once, on the engine's thread, before it first
    /// listens. What it is given stays until the engine's end; tools may come and go.
    void setOffer(std::function<void(mcp::Features &)> offer) { m_offer = std::move(offer); }

    /// Listens, or says why not. Called again it changes what runs, and only what the change concerns: calls
    /// under way are answered, sessions, tasks and streams live on unless their callers would not be let in
    /// any more, and the sandbox keeps its key, clients and grants. On an error what ran before goes on.
    [[nodiscard]] base::Expected<Running, StartError> start(const Settings &settings);

    /// Fetches the issuer's keys now and tells of it with a notice; does nothing without authorization.
    void fetchKeys();

    /// Whoever takes the batches says so, from any thread: without it the engine keeps only a bounded number
    /// back.
    void tookBatch() { --m_untaken; }

Q_SIGNALS:
    void exchanged(const QList<gatehouse::exchange::Exchange> &batch);
    void noticed(const gatehouse::host::Notice &notice);

private:
    void began(const exchange::Exchange &exchange) override;
    void streams(const exchange::Exchange &exchange) override;
    void ended(const exchange::Exchange &exchange) override;
    void record(exchange::Exchange exchange);
    void addBytes(qsizetype bytes);
    void flush(bool atAnyRate = false);
    void tellOfKeys(auth::KeySource &keys);
    void tellOfFailingKeys();
    void tellOfProxy(const exchange::Exchange &exchange);
    void tellOfFault(const auth::KeyReport &report);
    void retire(std::unique_ptr<http::HttpServer> server);

    struct Parts;
    std::function<void(mcp::Features &)> m_offer;
    std::unique_ptr<Parts> m_parts;
    QList<exchange::Exchange> m_batch;
    QHash<exchange::Key, qsizetype> m_places; ///< → place in the batch.
    /// Until they were taken, so that they end here: memory that another thread gives back makes this one
    /// wait.
    QList<QList<exchange::Exchange>> m_given;
    QTimer m_flush;
    QList<qsizetype> m_givenBytes; ///< Of each of them.
    qsizetype m_batchBytes = 0; ///< Of the batch, as exchange::sizeOf() has it.
    qsizetype m_heldBytes = 0; ///< With those that were given.
    bool m_isToTell = false; ///< Of keys that are failing, in a turn of its own.
    ProxyRemarks m_proxies;
    qint64 m_dropped = 0;
    qint64 m_thinned = 0;
    std::atomic<int> m_untaken = 0;
};

} // namespace gatehouse::host
