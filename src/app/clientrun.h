// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clientform.h"
#include "auth/verdict.h"
#include "fetch/networkfetcher.h"
#include "host/host.h"
#include "oauth/flow.h"
#include "oauth/negativechecks.h"
#include "oauth/tokenjudge.h"
#include "sandbox/controlclient.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>

namespace gatehouse::app {

/// A sign-in and its pace, without what shows it: the flow up to where it is wanted, what its tokens are
/// worth, and the negative checks of its server.
class ClientRun : public QObject
{
    Q_OBJECT

public:
    /// `secrets` outlives it.
    explicit ClientRun(base::SecretStore *secrets, QObject *parent = nullptr);
    ~ClientRun() override;

    /// What MCP servers may ask of whoever sits here; nothing unless set.
    void setOffer(const client::ClientOffer &offer) { m_offer = offer; }
    /// How addresses are shown to the user; the desktop's browser unless set.
    void setOpener(oauth::Opener opener) { m_opener = std::move(opener); }
    void open(const QUrl &address) const { m_opener(address); }
    /// Where answers to a sign-in are awaited; the usual port unless set, a free one where it is 0.
    void setCallbackPort(quint16 port) { m_callbackPort = port; }
    /// Our own server's, and where that is.
    void setDoor(const QString &redirect, const oauth::CallbackDoor &door)
    {
        m_doorAddress = redirect;
        m_door = door;
    }
    /// This program's own; `running` counts where it is listening.
    void setServer(host::Host::State state, const host::Running &running);
    /// Of this program's server; empty where that has none.
    [[nodiscard]] sandbox::SandboxAddress sandbox() const;
    [[nodiscard]] base::Fetcher *fetcher() { return &m_fetcher; }

    /// How the next run will sign in, for what its steps are called before there is one.
    void setGrant(oauth::Grant grant) { m_grant = grant; }
    /// Null before the first step.
    [[nodiscard]] oauth::Flow *flow() const { return m_flow.get(); }
    /// What the flow was made for.
    [[nodiscard]] const ClientForm::Values &begun() const { return m_begun; }
    /// As it stands, or as it will be called.
    [[nodiscard]] oauth::Step stepAt(int index) const;
    [[nodiscard]] bool isBusy() const;
    /// There is something, and it rests.
    [[nodiscard]] bool mayRepeat() const { return m_flow && !isBusy(); }
    /// That the flow was made for, or the next one will be.
    [[nodiscard]] oauth::Grant grant() const { return m_flow ? m_begun.credentials.grant : m_grant; }
    /// Whose request this was; -1 where it was of none of them.
    [[nodiscard]] int stepOf(const QByteArray &requestId) const;
    [[nodiscard]] int checkOf(const QByteArray &requestId) const;
    /// It has failed, or has come to its end.
    [[nodiscard]] bool isOver() const;
    /// The authorization server that was found is this program's.
    [[nodiscard]] bool isOfSandbox() const;
    /// The authorization server is the one that our own server trusts.
    [[nodiscard]] bool isOfOwnIssuer() const;
    [[nodiscard]] bool isWaiting() const { return m_isWaiting; } ///< For the browser.
    [[nodiscard]] qint64 waitedMs() const { return m_waiting.elapsed(); }
    [[nodiscard]] bool isBrowserOpen() const { return m_isBrowserOpen; }
    /// For how long the step that runs has done so; 0 where none does.
    [[nodiscard]] qint64 runningMs() const { return m_runningStep < 0 ? 0 : m_stepClock.elapsed(); }
    /// What has to be typed elsewhere, while that is waited for; without a code: nothing.
    [[nodiscard]] const oauth::DeviceCode &deviceCode() const { return m_deviceCode; }

    /// A flow for these values, unless the one that there is was made for the same.
    void prepare(const ClientForm::Values &values);
    /// One step after the other up to this one. There is a flow, and it is not busy.
    void runTo(int step);
    /// Once more from there to where the run had come or was to come, at least that step.
    void retryFrom(oauth::StepId id);
    /// That step alone, once more.
    void repeat(oauth::StepId id);
    void cancel();
    void startOver(const ClientForm::Values &values);
    void forget(const oauth::Forgotten &what, const std::function<void()> &then);

    [[nodiscard]] oauth::NegativeChecks *checks() const { return m_checks.get(); }
    /// New ones for what the values name.
    void makeChecks(const ClientForm::Values &values);

Q_SIGNALS:
    void flowMade();
    void stepBegan(int index);
    void stepChanged(int index);
    void browserAwaited();
    void browserReturned(); ///< With an answer.
    void legChanged(int index);
    void finished();
    /// Something else: what may be done now, what is kept.
    void changed();
    /// Of the access token and of the ID token; without a fingerprint where there is none.
    void accessJudged(const gatehouse::auth::Verdict &verdict, qint64 atMs);
    void idJudged(const gatehouse::auth::Verdict &verdict, qint64 atMs);
    /// The check at `index`; -1 for all of them.
    void checksChanged(int index);

private:
    void advance();
    void rest();
    void readAnew();
    void takeStep(int index);
    void takePause();
    void judgeTokens();

    base::SecretStore *m_secrets;
    fetch::NetworkFetcher m_fetcher;
    oauth::Opener m_opener;
    quint16 m_callbackPort = 33418;
    QString m_doorAddress; ///< Empty: there is none.
    oauth::CallbackDoor m_door;
    host::Running m_running; ///< Empty where this program's server is not.

    std::unique_ptr<oauth::Flow> m_flow;
    ClientForm::Values m_begun;
    int m_goal = -1; ///< The last step that is to run by itself.
    oauth::Grant m_grant = oauth::Grant::Code;
    int m_interrupted = -1; ///< The goal of a run that failed on its way.
    int m_runningStep = -1;
    QElapsedTimer m_stepClock;
    client::ClientOffer m_offer;
    oauth::DeviceCode m_deviceCode;
    bool m_isWaiting = false;
    bool m_isBrowserOpen = false;
    QElapsedTimer m_waiting;
    std::unique_ptr<oauth::NegativeChecks> m_checks;
    oauth::TokenJudge m_accessJudge;
    oauth::TokenJudge m_idJudge;
    QByteArray m_judged; ///< Fingerprint of the tokens that were judged last.
};

} // namespace gatehouse::app
