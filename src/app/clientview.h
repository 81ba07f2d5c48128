// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clientform.h"
#include "app/clientwords.h"
#include "app/steppage.h"
#include "fetch/networkfetcher.h"
#include "host/host.h"
#include "oauth/flow.h"
#include "oauth/negativechecks.h"
#include "oauth/tokenjudge.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <memory>

class QPushButton;
class QSplitter;
class QStackedWidget;
class QTreeWidget;
class QVBoxLayout;

namespace gatehouse::inspector {
class TrafficModel;
}

namespace gatehouse::app {

class CallPage;
class ChecksPage;
class FaultMenu;
class ForgetPage;
class Pill;
class TokensPage;

/// The built-in client: walks discovery, registration, login and call against any MCP server, each leg shown,
/// with the server's own record one click away.
class ClientView : public QWidget
{
    Q_OBJECT

public:
    /// `traffic` and `secrets` outlive it.
    ClientView(inspector::TrafficModel *traffic, base::SecretStore *secrets, QWidget *parent = nullptr);
    ~ClientView() override;

    /// How addresses are shown to the user; the desktop's browser unless set.
    void openDashboard(); ///< WorkOS's, in the browser.
    void setOpener(oauth::Opener opener) { m_opener = std::move(opener); }
    /// Where answers to a sign-in are awaited; the usual port unless set, a free one where it is 0.
    void setCallbackPort(quint16 port) { m_callbackPort = port; }
    void setServer(host::Host::State state, const host::Running &running);
    [[nodiscard]] ClientForm *form() const { return m_form; }
    /// Null before the first step.
    [[nodiscard]] const oauth::Flow *flow() const { return m_flow.get(); }

    void next();
    void runAll();
    void cancel();
    void startOver();
    void runChecks();
    void copyReport();

    [[nodiscard]] bool knowsStep(const QByteArray &requestId) const;
    /// Shows the step whose request this was; false where it was none of them.
    bool showStep(const QByteArray &requestId);
    /// For going from pane to pane by keys, in reading order.
    [[nodiscard]] QList<QWidget *> panes() const;
    /// The list of steps: where the focus is at home.
    [[nodiscard]] QWidget *steps() const;
    [[nodiscard]] QByteArray saveSplitter() const;
    void restoreSplitter(const QByteArray &state);
    void retheme();

Q_SIGNALS:
    void trafficWanted(const QByteArray &requestId);
    /// For the status bar.
    void messageWanted(const QString &text);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    /// What stands in the list, in order; the steps of the flow with what belongs between and behind them.
    enum Row { TokensRow = 6, ChecksRow = 11, ForgetRow = 12, RowCount = 13 };

    [[nodiscard]] static int rowOf(oauth::StepId id);
    [[nodiscard]] static int stepOf(int row); ///< -1 where it is no step.
    void makeBar(QVBoxLayout *column);
    void makePages();
    [[nodiscard]] bool prepare(); ///< A flow for what the form says; false where it says nothing useful.
    void advance();
    void retryFrom(oauth::StepId id);
    void lendFocus();
    void giveFocusBack();
    void call(const QString &tool, const QJsonObject &arguments);
    void refreshTokens();
    void forget(const oauth::Forgotten &what);
    void offer(Offer what);

    void stepChanged(int index);
    void paused();
    void judgeTokens();
    void updateRows();
    void updateRow(int row);
    void turnTo(const QWidget *page);
    void updatePage();
    void updateActions();
    void updateExpiry();
    void fitWidth();
    [[nodiscard]] oauth::Step stepAt(int index) const;
    [[nodiscard]] StepPage::Verdicts verdictsOf(const oauth::Step &step) const;
    [[nodiscard]] QByteArray requestIdInTraffic(const oauth::Step &step) const;
    [[nodiscard]] bool isOfSandbox() const;
    [[nodiscard]] bool isBusy() const;
    void makeChecks();

    inspector::TrafficModel *m_traffic;
    base::SecretStore *m_secrets;
    fetch::NetworkFetcher m_fetcher;
    oauth::Opener m_opener;
    quint16 m_callbackPort = 33418;
    bool m_isUp = false;
    host::Running m_running;

    std::unique_ptr<oauth::Flow> m_flow;
    ClientForm::Values m_begun; ///< What the flow was made for.
    int m_goal = -1; ///< The last step that is to run by itself.
    bool m_isWaiting = false; ///< For the browser.
    bool m_isBrowserOpen = false;
    QElapsedTimer m_waiting;
    std::unique_ptr<oauth::NegativeChecks> m_checks;
    oauth::TokenJudge m_accessJudge;
    oauth::TokenJudge m_idJudge;
    QByteArray m_judged; ///< Fingerprint of the access token that is shown.
    QTimer m_clock;
    QTimer m_arrival;

    ClientForm *m_form;
    QPushButton *m_next;
    QPushButton *m_runAll;
    QPushButton *m_cancel;
    QPushButton *m_startOver;
    FaultMenu *m_faults;
    Pill *m_expiry;
    QSplitter *m_splitter;
    QTreeWidget *m_list;
    QPointer<QWidget> m_lender; ///< Whose focus the list has for as long as it is disabled.
    QStackedWidget *m_pages;
    QWidget *m_stepSide;
    StepPage *m_step;
    CallPage *m_call;
    TokensPage *m_tokens;
    ChecksPage *m_checksPage;
    ForgetPage *m_forget;
};

} // namespace gatehouse::app
