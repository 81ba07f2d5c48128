// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clientrun.h"
#include "app/clientwords.h"
#include "app/steplist.h"
#include "app/view.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QPushButton;
class QSplitter;
class QVBoxLayout;

namespace gatehouse::inspector {
class TrafficModel;
}

namespace gatehouse::app {

class ClientPages;
class FaultMenu;
class Pill;
class Questions;
class Strip;
class WorkOsDesk;

/// The built-in client: walks discovery, registration, login and call against any MCP server, each leg shown,
/// with the server's own record one click away.
class ClientView : public View
{
    Q_OBJECT

public:
    /// `traffic` and `secrets` outlive it.
    ClientView(inspector::TrafficModel *traffic, base::SecretStore *secrets, QWidget *parent = nullptr);

    void setServer(host::Host::State state, const host::Running &running);
    /// Where our own server takes the browser back. Before setServer().
    void setDoor(const oauth::CallbackDoor &door) { m_door = door; }
    /// The way to WorkOS's API; outlives it.
    void setWorkOs(WorkOsDesk *workOs);
    [[nodiscard]] ClientForm *form() const { return m_form; }
    [[nodiscard]] ClientRun *run() { return &m_run; }

    void openDashboard(); ///< WorkOS's, in the browser.
    void next();
    void runAll();
    /// A run at this program's own server from the beginning, whatever the form says.
    void tryOwn();
    /// The same, with that way for the sandbox to fail switched on.
    void tryFault(const QString &name);
    void cancel();
    void startOver();
    void runChecks();
    void copyReport();

    [[nodiscard]] bool knowsStep(const QByteArray &requestId) const;
    /// Shows the step whose request this was; false where it was none of them.
    bool showStep(const QByteArray &requestId);
    [[nodiscard]] QList<QWidget *> panes() const override;
    [[nodiscard]] QWidget *home() const override; ///< The list of steps.
    [[nodiscard]] QWidget *entrance() const override;
    [[nodiscard]] QByteArray saveLayout() const override;
    void restoreLayout(const QByteArray &state) override;
    void retheme() override;

Q_SIGNALS:
    void trafficWanted(const QByteArray &requestId);
    /// For the status bar.
    void messageWanted(const QString &text);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void makeBar(QVBoxLayout *column);
    void connectPages();
    void connectRun();
    [[nodiscard]] bool prepare(); ///< A flow for what the form says; false where it says nothing useful.
    void retryFrom(oauth::StepId id);
    void lendFocus();
    void giveFocusBack();
    void call(const QString &tool, const QJsonObject &arguments);
    void refreshTokens();
    void showRedirect();
    void offer(Offer what);
    void comeForward();
    void showResult();

    void stepChanged(int index);
    void checksChanged(int index);
    void updateRows();
    void updateRow(int row);
    void updatePage();
    void updateActions();
    void updateExpiry();
    void fitWidth();

    inspector::TrafficModel *m_traffic;
    ClientRun m_run;
    QTimer m_clock;
    QTimer m_arrival;

    ClientForm *m_form;
    QPushButton *m_next;
    QPushButton *m_runAll;
    QPushButton *m_cancel;
    QPushButton *m_startOver;
    QPushButton *m_copyReport;
    FaultMenu *m_faults;
    Pill *m_expiry;
    Strip *m_result; ///< Of the run, once it has ended.
    oauth::StepId m_resultStep = oauth::StepId::Ask;
    QSplitter *m_splitter;
    StepList *m_list;
    QPointer<QWidget> m_lender; ///< Whose focus the list has for as long as it is disabled.
    ClientPages *m_pages;
    Questions *m_questions;
    oauth::CallbackDoor m_door;
    QString m_own; ///< This program's own server; empty while it does not run.
};

} // namespace gatehouse::app
