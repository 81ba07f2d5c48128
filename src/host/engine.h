// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "exchange/sink.h"
#include "fetch/networkfetcher.h"
#include "host/batches.h"
#include "host/host.h"
#include "host/notice.h"
#include "host/offer.h"
#include "host/offered.h"
#include "host/proxywatch.h"
#include "host/settings.h"
#include "http/message.h"
#include "mcp/features.h"
#include "sandbox/people.h"
#include "server/issuerreport.h"

#include <QHash>
#include <QList>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>

namespace gatehouse::auth {
struct KeyReport;
struct Verdict;
} // namespace gatehouse::auth
namespace gatehouse::sandbox {
class Sandbox;
}
namespace gatehouse::server {
class Server;
}
namespace gatehouse::tools {
struct ApiAccess;
}

namespace gatehouse::host {

class OwnTools;

/// Everything that answers requests, put together: the server, the sandbox beside it, and the sinks of both.
/// Lives wholly on one thread; what it is made of is made there by start(), and it is deleted there.
class Engine : public QObject
{
    Q_OBJECT

public:
    explicit Engine(QObject *parent = nullptr);
    ~Engine() override;

    /// What the server offers and how it calls itself; this program's own tools and name unless set. Before
    /// start().
    void setOffer(Offer offer) { m_offer = std::move(offer); }
    /// One more that watches; outlives the engine. Before start().
    void addSink(exchange::Sink *sink) { m_sinks.add(sink); }

    /// See Batches::setInterval().
    void setBatchInterval(std::chrono::milliseconds interval) { m_batches.setInterval(interval); }

    /// Listens, or says why not. Called again it changes what runs, and only what the change concerns: calls
    /// under way are answered, sessions, tasks and streams live on unless their callers would not be let in
    /// any more, and the sandbox keeps its key, clients and grants. On an error what ran before goes on.
    [[nodiscard]] base::Expected<Running, StartError> start(const Settings &settings);

    /// See server::Server::drain().
    void drain(std::chrono::milliseconds longest, std::function<void()> done);

    /// Fetches the issuer's keys now and tells of it with a notice; does nothing without authorization.
    void fetchKeys();
    [[nodiscard]] bool endSession(const QByteArray &fingerprint);
    /// Nothing before start().
    [[nodiscard]] Offered offered() const;
    /// See server::Server; `done` hears nothing before start().
    void readIssuer(bool anew, std::function<void(const server::IssuerReport &)> done);
    void judge(const QByteArray &token, std::function<void(const auth::Verdict &)> done);

    /// Who is asked what to answer a browser that is sent to that path at the end of a sign-in; on this
    /// thread, and the answer may come later. Empty for nobody.
    using Redirected = std::function<void(const http::Request &request, quint64 number)>;
    void setRedirected(const QByteArray &path, Redirected redirected);
    void answerRedirected(quint64 number, const http::Response &response);

    /// The key to WorkOS's API; the sandbox has one of its own. From here on, also while it runs.
    void setApiKey(const QByteArray &key);

    /// Whoever takes the batches says so, from any thread: without it the engine keeps only a bounded number
    /// back.
    void tookBatch() { m_batches.took(); }

Q_SIGNALS:
    void exchanged(const QList<gatehouse::exchange::Exchange> &batch);
    void noticed(const gatehouse::host::Notice &notice);
    /// Of that organization; of any, where it is empty.
    void documentsChanged(const QString &organization);
    void offerChanged();
    /// See mcp::Dispatcher::sessionEnded().
    void sessionEnded(const QByteArray &fingerprint);

private:
    void makeServer();
    void openRedirect();
    [[nodiscard]] tools::ApiAccess apiOf(const Settings &settings) const;
    [[nodiscard]] base::Expected<void, StartError> runSandbox(const Settings &settings,
                                                              const QString &resource);
    [[nodiscard]] Running runningWith(const Settings &settings, const QString &issuer) const;
    void tellOfFailingKeys();
    void tellOfFault(const auth::KeyReport &report);

    Offer m_offer;
    Batches m_batches;
    ProxyWatch m_proxies;
    exchange::Sinks m_sinks;
    fetch::NetworkFetcher m_fetcher; ///< Of clients' documents, for the sandbox.
    std::unique_ptr<sandbox::Sandbox> m_sandbox;
    std::unique_ptr<server::Server> m_server; ///< Fetches the sandbox's keys, and goes before it.
    std::unique_ptr<OwnTools> m_tools; ///< Among what the server offers, and goes first.
    sandbox::People m_people; ///< Of the sandbox.
    Settings m_settings; ///< What runs.
    bool m_isRunning = false;
    QByteArray m_apiKey;
    QByteArray m_redirectPath;
    Redirected m_redirected;
    QHash<quint64, http::Respond> m_unanswered; ///< Browsers that wait.
    quint64 m_lastRedirected = 0;
    bool m_isToTell = false; ///< Of keys that are failing, in a turn of its own.
};

} // namespace gatehouse::host
