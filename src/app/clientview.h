// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clientrun.h"
#include "app/clientwords.h"
#include "app/steplist.h"
#include "app/steppage.h"

#include <QDialog>
#include <QPointer>
#include <QTimer>
#include <QWidget>

class QPushButton;
class QSplitter;
class QStackedWidget;
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
class Strip;
class TokensPage;
class WorkOsDesk;

/// The built-in client: walks discovery, registration, login and call against any MCP server, each leg shown,
/// with the server's own record one click away.
class ClientView : public QWidget
{
    Q_OBJECT

public:
    /// `traffic` and `secrets` outlive it.
    ClientView(inspector::TrafficModel *traffic, base::SecretStore *secrets, QWidget *parent = nullptr);

    void setServer(host::Host::State state, const host::Running &running);
    /// Where our own server takes the browser back. Before setServer().
    void setDoor(const oauth::CallbackDoor &door) { m_door = door; }
    /// The way to WorkOS's API; outlives it.
    void setWorkOs(WorkOsDesk *workOs) { m_workOs = workOs; }
    [[nodiscard]] ClientForm *form() const { return m_form; }
    [[nodiscard]] ClientRun *run() { return &m_run; }

    void openDashboard(); ///< WorkOS's, in the browser.
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
    struct Question
    {
        QString method;
        QJsonObject params;
        client::ClientOffer::Reply reply;
    };
    void makeBar(QVBoxLayout *column);
    void makePages();
    void connectStepPage();
    void connectRun();
    [[nodiscard]] bool prepare(); ///< A flow for what the form says; false where it says nothing useful.
    [[nodiscard]] bool mayRepeat() const; ///< There is something, and it rests.
    void retryFrom(oauth::StepId id);
    void lendFocus();
    void giveFocusBack();
    void call(const QString &tool, const QJsonObject &arguments);
    void refreshTokens();
    void forget(const oauth::Forgotten &what, bool isRevoked);
    void showRedirect();
    void forgetHere(const oauth::Forgotten &what, const QString &said);
    [[nodiscard]] bool mayRevoke() const;
    [[nodiscard]] QString signedInUser() const; ///< `sub` of the access token, as it says itself.
    void offer(Offer what);
    void paste(); ///< The address at which a browser elsewhere ended, from the clipboard.
    void ask(const QString &method, const QJsonObject &params, const client::ClientOffer::Reply &reply);
    void showQuestion(const Question &question);
    void endQuestions();
    void comeForward();
    void showResult();

    void stepChanged(int index);
    void checksChanged(int index);
    void updateRows();
    void updateRow(int row);
    void turnTo(const QWidget *page);
    void updatePage();
    void fillForgetPage();
    void fillStepPage(int index);
    [[nodiscard]] StepPage::Wait waitOf(const oauth::Step &step) const;
    void updateActions();
    void updateExpiry();
    void fitWidth();
    [[nodiscard]] static StepList::Words wordsOfTokens(const auth::Verdict &verdict);
    [[nodiscard]] static StepList::Words wordsOfChecks(const oauth::NegativeChecks &checks);
    /// Of the step or check whose request this was; -1 where it was none of them.
    [[nodiscard]] int rowOf(const QByteArray &requestId) const;
    [[nodiscard]] int checkOf(const QByteArray &requestId) const;
    [[nodiscard]] StepPage::Verdicts verdictsOf(const oauth::Step &step) const;
    [[nodiscard]] QByteArray requestIdInTraffic(const oauth::Step &step) const;

    inspector::TrafficModel *m_traffic;
    base::SecretStore *m_secrets;
    ClientRun m_run;
    QTimer m_clock;
    QTimer m_arrival;

    ClientForm *m_form;
    QPushButton *m_next;
    QPushButton *m_runAll;
    QPushButton *m_cancel;
    QPushButton *m_startOver;
    FaultMenu *m_faults;
    Pill *m_expiry;
    Strip *m_result; ///< Of the run, once it has ended.
    oauth::StepId m_resultStep = oauth::StepId::Ask;
    QPointer<QDialog> m_question; ///< Of a server, that is open: one at a time.
    QList<Question> m_questions; ///< That wait for it.
    QSplitter *m_splitter;
    StepList *m_list;
    QPointer<QWidget> m_lender; ///< Whose focus the list has for as long as it is disabled.
    QStackedWidget *m_pages;
    QWidget *m_stepSide;
    StepPage *m_step;
    CallPage *m_call;
    TokensPage *m_tokens;
    ChecksPage *m_checksPage;
    ForgetPage *m_forget;
    WorkOsDesk *m_workOs = nullptr;
    oauth::CallbackDoor m_door;
};

} // namespace gatehouse::app
