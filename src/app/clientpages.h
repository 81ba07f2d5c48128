// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/signinpages.h"
#include "app/steppage.h"

#include <QJsonObject>
#include <QStackedWidget>

namespace gatehouse::inspector {
class TrafficModel;
}

namespace gatehouse::app {

class CallPage;
class ChecksPage;
class ClientRun;
class WorkOsDesk;

/// What stands beside the list of steps: a step with its legs, the tokens, the negative checks, forgetting.
/// Shows what the run has come to, and copies and forgets of it; what goes on from there is asked for by
/// signals.
class ClientPages : public QStackedWidget
{
    Q_OBJECT

public:
    /// All outlive it.
    ClientPages(ClientRun *run, inspector::TrafficModel *traffic, base::SecretStore *secrets,
                QWidget *parent = nullptr);

    /// The way to WorkOS's API; outlives it.
    void setWorkOs(WorkOsDesk *workOs) { m_workOs = workOs; }
    /// Of the list of steps, or the same anew; -1: nothing changes.
    void showRow(int row);
    /// The one at `index` has changed, or with -1 all of them may have.
    void showChecks(int index);
    void selectCheck(int index);
    void showToken(TokensPage::Kind kind, const auth::Verdict &verdict, qint64 atMs);
    [[nodiscard]] const auth::Verdict &verdict(TokensPage::Kind kind) const
    {
        return m_tokens->verdict(kind);
    }
    /// What may be done with the tokens.
    void updateTokens();
    /// The page that is shown.
    [[nodiscard]] QWidget *page() const;
    void retheme();

Q_SIGNALS:
    void offered(gatehouse::app::Offer offer);
    void repeatWanted(int step);
    void callWanted(const QString &tool, const QJsonObject &arguments);
    void refreshWanted();
    void checksWanted();
    void trafficWanted(const QByteArray &requestId);
    /// For the status bar.
    void messageWanted(const QString &text);

private:
    void connectStepPage();
    void connectTokensPage();
    void connectChecksPage();
    void openAgain();
    void paste(); ///< The address at which a browser elsewhere ended, from the clipboard.
    void forget(const oauth::Forgotten &what, bool isRevoked);
    void forgetHere(const oauth::Forgotten &what, const QString &said);
    [[nodiscard]] bool mayRevoke() const;
    [[nodiscard]] QString signedInUser() const; ///< `sub` of the access token, as it says itself.
    void turnTo(const QWidget *page);
    void fillForgetPage();
    void fillStepPage(int index);
    [[nodiscard]] StepPage::Wait waitOf(const oauth::Step &step) const;
    [[nodiscard]] StepPage::Verdicts verdictsOf(const oauth::Step &step) const;
    [[nodiscard]] QByteArray requestIdInTraffic(const oauth::Step &step) const;
    [[nodiscard]] bool isInTraffic(const QByteArray &requestId) const;

    ClientRun *m_run;
    inspector::TrafficModel *m_traffic;
    base::SecretStore *m_secrets;
    WorkOsDesk *m_workOs = nullptr;
    int m_row = 0; ///< That is shown.
    QWidget *m_stepSide;
    StepPage *m_step;
    CallPage *m_call;
    TokensPage *m_tokens;
    ChecksPage *m_checks;
    ForgetPage *m_forget;
};

} // namespace gatehouse::app
