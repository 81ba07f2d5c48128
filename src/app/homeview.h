// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/view.h"
#include "fetch/networkfetcher.h"
#include "host/host.h"
#include "oauth/issuerprobe.h"

#include <QTimer>

class QFrame;
class QLineEdit;
class QPushButton;

namespace gatehouse::app {

class ClientRun;
class Label;
class PageArea;
class Pill;
class SessionCards;
class StepLanes;
class Strip;
class WorkOsDesk;
class WrappingRow;

/// Where one begins: a whole sign-in with one button, the way to an AuthKit of one's own, and what goes wrong
/// in it to look at.
class HomeView : public View
{
    Q_OBJECT

public:
    /// Both outlive it. The run is the Sign-in view's: what happens there is shown here as well.
    HomeView(ClientRun *run, WorkOsDesk *workOs, QWidget *parent = nullptr);
    ~HomeView() override;

    void setServer(host::Host::State state, const host::Running &running, const host::StartError &error);
    void setToolCount(int count);
    [[nodiscard]] SessionCards *sessions() const { return m_sessions; }
    /// Scrolls to what can be broken, with the focus there.
    void showFaults();

    [[nodiscard]] QWidget *home() const override;
    [[nodiscard]] QList<QWidget *> panes() const override;
    void retheme() override;

Q_SIGNALS:
    void startWanted();
    void portWanted(int port);
    void tryWanted(); ///< A sign-in at this program's own server, from the beginning.
    void cancelWanted();
    void attacksWanted(); ///< The negative checks, once somebody is in.
    void stepsWanted(); ///< The Sign-in view.
    void trafficWanted();
    void connectWanted(); ///< Another program.
    /// The server is to trust this issuer; empty: the sandbox.
    void issuerWanted(const QString &subdomain);
    void dashboardWanted(); ///< WorkOS's.
    /// A way for the sandbox to fail, to be played.
    void faultWanted(const QString &name);
    void messageWanted(const QString &text);

private:
    [[nodiscard]] QWidget *makeTry();
    [[nodiscard]] QWidget *makeOwn();
    [[nodiscard]] QWidget *makeFaults();
    [[nodiscard]] static QFrame *card(const QString &name, QWidget *parent);
    void runTry();
    void updateTry();
    void showResult();
    void test();
    void showFindings();
    void showLine(int index, oauth::IssuerFinding::State state, const QString &words, const QString &took);
    [[nodiscard]] QWidget *makeLines(QWidget *parent);
    void updateHead();
    void showAddressLine();
    [[nodiscard]] QString typedIssuer() const; ///< Empty where it cannot be one.

    ClientRun *m_run;
    WorkOsDesk *m_workOs;
    fetch::NetworkFetcher m_fetcher;
    oauth::IssuerProbe m_probe;
    host::Host::State m_state = host::Host::State::Stopped;
    host::Running m_running;
    host::StartError m_error;
    int m_tools = 0;
    QJsonObject m_accessClaims; ///< Of the run's tokens.
    QJsonObject m_idClaims;
    bool m_isTrying = false; ///< The run was begun here, and the attacks follow.

    SessionCards *m_sessions;
    PageArea *m_area;
    Label *m_title;
    Label *m_about;
    Strip *m_problem;
    QPushButton *m_start;
    QPushButton *m_otherPort;
    WrappingRow *m_cards;
    Pill *m_tryPill;
    Label *m_tryAbout;
    StepLanes *m_lanes;
    Strip *m_wait;
    QPushButton *m_openAgain;
    Strip *m_result;
    QPushButton *m_lookAtStep;
    QPushButton *m_connect;
    QPushButton *m_runIt;
    QPushButton *m_cancel;
    QPushButton *m_steps;
    QLineEdit *m_subdomain;
    Label *m_subdomainFault;
    QPushButton *m_test;
    /// One of the lines below the subdomain.
    struct Line
    {
        Label *icon = nullptr;
        Label *title = nullptr;
        Label *words = nullptr;
        Label *took = nullptr;
    };
    QList<Line> m_lines; ///< Of the findings, and one for this server's address.
    QPushButton *m_dashboard;
    QPushButton *m_copyAddress;
    QPushButton *m_use;
    QPushButton *m_sandbox;
    Label *m_useNote;
    QWidget *m_faults;
    QTimer m_clock;
};

} // namespace gatehouse::app
