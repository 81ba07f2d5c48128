// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/workerthread.h"
#include "exchange/sink.h"
#include "host/batches.h"
#include "host/notice.h"
#include "host/offer.h"
#include "host/offered.h"
#include "host/settings.h"
#include "http/message.h"
#include "sandbox/people.h"
#include "server/issuerreport.h"
#include "tools/workosapi.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace gatehouse::auth {
struct Verdict;
}
namespace gatehouse::store {
class Documents;
}

namespace gatehouse::host {

class Engine;

/// What is running, for a title line or the first line of `serve`.
struct Running
{
    QString resource
        = {}; ///< The address as published: where clients send requests, and what tokens must name.
    QString issuer = {}; ///< Empty without authorization.
    bool sandbox = false;
    QString sandboxSecret = {}; ///< Of this run, where the sandbox is private.
    bool verifyJwt = true;
    int port = 0;
    /// For whoever administers them. Gone where none are offered, and once this does not run any more: to be
    /// held for a question only.
    std::weak_ptr<store::Documents> documents = {};
    QHash<QString, QString> organizations = {}; ///< Of the sandbox's people: id → name.
    sandbox::People people = {}; ///< The sandbox's; nobody without one.
    tools::ApiAccess sandboxApi = {}; ///< Its stand-in for WorkOS's API, while it runs.
    QList<Notice> notices = {}; ///< What a user should know from the start on.
};

/// The whole server without a window. Lives on the thread that made it; the engine runs on a thread of its
/// own, and only values cross.
class Host : public QObject
{
    Q_OBJECT

public:
    enum class State { Stopped, Starting, Listening, Failed };
    Q_ENUM(State)

    explicit Host(QObject *parent = nullptr);
    ~Host() override;

    /// One more that watches, on the engine's thread and through all starts. Outlives the host. Before
    /// start().
    void addSink(exchange::Sink *sink) { m_sinks.append(sink); }

    /// See Engine::setOffer(). For each start from now on.
    void setOffer(Offer offer) { m_offer = std::move(offer); }
    /// How long exchanges wait for others before exchanged() tells of them: the longer, the more it takes to
    /// tell of them at once. Before start().
    void setBatchInterval(std::chrono::milliseconds interval) { m_batchInterval = interval; }

    /// Stops what runs and starts with these settings; the outcome comes with stateChanged().
    void start(const Settings &settings);
    /// Changes what runs; the sandbox's key and tokens live on. `done` hears once why not, or nullopt; then
    /// what ran before goes on. The same as start() where nothing runs. Not called when the host goes
    /// meanwhile.
    void apply(const Settings &settings, std::function<void(std::optional<StartError>)> done);
    void stop();
    /// The same after what is under way was answered, but not later than that; takes nothing further from now
    /// on. `done` is called once it is stopped, also by somebody else; not where the host goes
    /// meanwhile.
    void drain(std::chrono::milliseconds longest, std::function<void()> done);
    /// Answers browsers that are sent to that path of the server, on this thread; empty for nobody. From here
    /// on, also while it runs.
    using Redirected = std::function<http::Response(const http::Request &)>;
    void setRedirected(const QByteArray &path, Redirected redirected);
    /// The key to WorkOS's API, empty for none. From here on, also while it runs.
    void setApiKey(const QByteArray &key);
    /// Fetches the issuer's keys now; what came of it is told by noticed(). Does nothing where nothing runs.
    void fetchKeys();
    /// Ends the session of that fingerprint (Exchange::session). `done` hears whether there was one, and
    /// nothing where the server does not listen or ends first.
    void endSession(const QByteArray &fingerprint, std::function<void(bool wasThere)> done);
    /// What the server says of itself, and has read of its issuer; `anew` asks the issuer now. `done` hears
    /// nothing where the server does not listen or ends first.
    void readIssuer(bool anew, std::function<void(const server::IssuerReport &)> done);
    /// What the server would say of that token. `done` as above.
    void judge(const QByteArray &token, std::function<void(const auth::Verdict &)> done);
    /// What the server offers. `done` hears nothing where it does not listen or ends first.
    void listOffer(std::function<void(const Offered &)> done);

    [[nodiscard]] State state() const { return m_state; }
    /// Counts the starts; apply() goes on within one, and so do the ids of its exchanges.
    [[nodiscard]] int run() const { return m_generation; }
    [[nodiscard]] const Running &running() const { return m_running; } ///< Valid while Listening.
    [[nodiscard]] const StartError &error() const { return m_error; } ///< Valid while Failed.

Q_SIGNALS:
    void stateChanged();
    /// Exchanges that began or ended since the last time, in order; one that comes again with the same id
    /// replaces what came before. Those that have not ended have the outcome Running.
    void exchanged(const QList<gatehouse::exchange::Exchange> &batch);
    void noticed(const gatehouse::host::Notice &notice);
    /// Of that organization; of any, where it is empty.
    void documentsChanged(const QString &organization);
    void offerChanged(); ///< Something of listOffer().
    /// See mcp::Dispatcher::sessionEnded(); what passed before it may be told after it.
    void sessionEnded(const QByteArray &fingerprint);

private:
    using Done = std::function<void(std::optional<StartError>)>;
    void setState(State state);
    void openRedirect();
    void finish(quint64 number, const std::optional<StartError> &error);

    State m_state = State::Stopped;
    Running m_running;
    StartError m_error;
    QList<exchange::Sink *> m_sinks;
    Offer m_offer;
    QByteArray m_apiKey;
    QByteArray m_redirectPath;
    Redirected m_redirected;
    std::chrono::milliseconds m_batchInterval = Batches::usualInterval;
    base::WorkerThread m_thread;
    Engine *m_engine = nullptr; ///< Deleted on its own thread.
    QHash<quint64, Done> m_applying; ///< By the number of the apply().
    quint64 m_lastApply = 0;
    QList<std::function<void()>> m_drained; ///< Who waits for the end.
    int m_generation = 0; ///< Answers of an engine that was stopped meanwhile are told by an older number.
};

} // namespace gatehouse::host
