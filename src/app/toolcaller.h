// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "client/mcpclient.h"
#include "fetch/networkfetcher.h"
#include "host/host.h"
#include "inspector/offer.h"
#include "sandbox/controlclient.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>
#include <optional>

namespace gatehouse::app {

/// As whom something is called.
struct Caller
{
    enum class Kind {
        Person, ///< Of the sandbox, which makes a token for it.
        SignedIn, ///< Whoever signed in last in this window.
        NoToken,
        Expired, ///< A token of the sandbox's first person, a minute too late.
    };
    Kind kind = Kind::NoToken;
    QString email = {};
    QString organization = {}; ///< Its id; of a person.
    QString name = {}; ///< In words.

    bool operator==(const Caller &) const = default;
};

/// Calls what a server offers, as somebody. One call at a time, each over a client that is made for it, so
/// that nothing of one caller is there for the next.
class ToolCaller : public QObject
{
    Q_OBJECT

public:
    explicit ToolCaller(QObject *parent = nullptr);
    ~ToolCaller() override;

    /// What a call came to.
    struct Outcome
    {
        base::Expected<client::Result, client::Error> answer;
        qint64 tookMs = 0; ///< Of the request itself.
        QByteArray requestId = {}; ///< Its X-Request-Id; empty where it was not sent.
        QString problem = {}; ///< Why there was no call at all, in one sentence; else empty.
    };

    /// This program's own; `running` counts where it listens. False where it has changed, and with it what a
    /// call under way there is about.
    [[nodiscard]] bool setServer(host::Host::State state, const host::Running &running);
    /// Of whoever signed in, for calls as Caller::Kind::SignedIn.
    struct SignIn
    {
        QByteArray token = {};
        bool trustsThisMachine = false; ///< As the sign-in was told to: base::FetchRequest::trustsThisMachine
    };
    void setSignedIn(std::function<SignIn()> signIn) { m_signedIn = std::move(signIn); }
    /// What servers may ask of whoever sits here; nothing unless set.
    void setOffer(const client::ClientOffer &offer) { m_offer = offer; }

    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] qint64 runningMs() const { return m_isBusy ? m_clock.elapsed() : 0; }
    /// `done` hears once; not where it is cancelled or the server changes. Nothing where one is under way.
    void call(const QUrl &server, const Caller &caller, const inspector::OfferItem &item,
              const QJsonObject &given, std::function<void(const Outcome &)> done);
    /// Whether the server has heard of the call: then it is told of its end as well.
    bool cancel();

Q_SIGNALS:
    void busyChanged();
    /// Progress, log messages, how far a task is.
    void told(const QString &method, const QJsonObject &params);

private:
    void askForToken(const Caller &caller);
    void open(const SignIn &as);
    void send();
    void end(const Outcome &outcome);
    void setBusy(bool isBusy);

    fetch::NetworkFetcher m_fetcher;
    client::McpClient *m_client = nullptr; ///< A child; goes when its session has ended.
    client::ClientOffer m_offer;
    std::function<SignIn()> m_signedIn;
    sandbox::SandboxAddress m_sandbox;
    QString m_resource;
    QUrl m_server;
    inspector::OfferItem m_item;
    inspector::OfferRequest m_request;
    std::function<void(const Outcome &)> m_done;
    QElapsedTimer m_clock;
    QElapsedTimer m_sent;
    QByteArray m_requestId;
    int m_number = 0; ///< Of the call: what comes for an earlier one is too late.
    bool m_isBusy = false;
    bool m_isSent = false; ///< The server has heard of it.
};

} // namespace gatehouse::app
