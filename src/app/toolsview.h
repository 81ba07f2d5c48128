// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/toolcaller.h"
#include "app/view.h"
#include "inspector/offermodel.h"
#include "inspector/trafficmodel.h"

#include <QTimer>

class QButtonGroup;
class QLineEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTabBar;
class QTableWidget;
class QTreeView;

namespace gatehouse::app {

class AnswerPage;
class EmptyState;
class OfferPage;
class Questions;
class Strip;

/// What servers offer, each with a form, called as one or another, and what came of it.
class ToolsView : public View
{
    Q_OBJECT

public:
    /// Both outlive it.
    ToolsView(inspector::OfferModel *model, inspector::TrafficModel *traffic, QWidget *parent = nullptr);

    /// This program's own server.
    void setServer(host::Host::State state, const host::Running &running);
    void setOffered(const host::Offered &offered);
    /// A server that somebody signed in to in this window, with what its list said; empty: none.
    void setSignedIn(const QString &server, const QString &user, const QList<client::ToolInfo> &tools,
                     const std::function<ToolCaller::SignIn()> &signIn);
    /// Something of the traffic is new.
    void lookAtTraffic();

    /// Of this program's own server.
    [[nodiscard]] const QList<inspector::OfferItem> &ownItems() const { return m_own; }
    /// Calls what is shown, as its button does.
    void call();
    /// That tool, prompt or resource of this server.
    void goTo(inspector::OfferItem::Kind kind, const QString &name);

    [[nodiscard]] QWidget *home() const override;
    [[nodiscard]] QList<QWidget *> panes() const override;
    void retheme() override;
    [[nodiscard]] QByteArray saveLayout() const override;
    void restoreLayout(const QByteArray &state) override;
    /// What was last given to what is offered, for the next start.
    [[nodiscard]] QByteArray savedArguments() const;
    void restoreArguments(const QByteArray &saved);

Q_SIGNALS:
    void startWanted();
    void trafficWanted(const QByteArray &requestId);
    void messageWanted(const QString &text);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void split();
    /// What is shown where there is no room for all of it side by side.
    enum Part { Form, Answer, Trial };
    void fit();
    void turnToPart(Part part);
    [[nodiscard]] QWidget *makeList();
    [[nodiscard]] QWidget *makeTrial();
    [[nodiscard]] QWidget *makeRightSide();
    void updateGroups();
    void updateCallers();
    void updateEmptyState();
    void choose();
    void turnTo(inspector::OfferItem::Kind kind);
    void begin(const Caller &caller, const QJsonObject &given);
    void askForTrial();
    void tryNext();
    void showOutcome(const Caller &caller, const inspector::OfferItem &item,
                     const ToolCaller::Outcome &outcome);
    void noteTrial(const Caller &caller, const ToolCaller::Outcome &outcome);
    void clearTrial();
    [[nodiscard]] bool isOwn() const; ///< What is shown is of this program's server.
    [[nodiscard]] QString addressOf(const QString &group) const;
    void show(const QModelIndex &index);
    /// The call under way and all that would follow; says so where `isSaid`.
    void cancel(bool isSaid);
    void showNothing();

    inspector::OfferModel *m_model;
    inspector::TrafficModel *m_traffic;
    ToolCaller m_caller;
    Questions *m_questions;
    host::Running m_running;
    host::Host::State m_state = host::Host::State::Stopped;
    QList<inspector::OfferItem> m_own;
    QString m_signedInServer;
    QString m_signedInUser;
    QList<inspector::OfferItem> m_theirs;
    inspector::OfferItem::Kind m_kind = inspector::OfferItem::Kind::Tool;
    QString m_group; ///< Of what is shown.
    QByteArray m_shownRequest; ///< Whose verdict is to be shown once it is known.
    QString m_shownAs;
    QString m_shownAddress; ///< Of the server of what is shown; empty: nothing is.
    QList<Caller> m_asked; ///< Those who are to try, once somebody says so.
    QList<Caller> m_trial; ///< Those who have still to try …
    QJsonObject m_given; ///< … and with what.

    QLineEdit *m_search;
    QButtonGroup *m_kinds;
    QTreeView *m_list;
    QSplitter *m_splitter;
    QTabBar *m_parts; ///< Where there is little room.
    QSplitter *m_inner;
    QWidget *m_middle;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    OfferPage *m_page;
    AnswerPage *m_answer;
    QWidget *m_trialPlace;
    QTableWidget *m_trialTable;
    QPushButton *m_tryAll;
    Strip *m_question;
    QTimer m_clock;
    bool m_isNarrow = false;
    bool m_isSplit = false; ///< The list has had a width.
};

} // namespace gatehouse::app
