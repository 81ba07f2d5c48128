// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clientview.h"

#include "app/clientpages.h"
#include "app/faultmenu.h"
#include "app/icons.h"
#include "app/pill.h"
#include "app/questions.h"
#include "app/runresult.h"
#include "app/steplist.h"
#include "app/strip.h"
#include "app/theme.h"
#include "app/wrappingrow.h"
#include "inspector/foreigntext.h"
#include "inspector/tokenwords.h"
#include "inspector/trafficmodel.h"

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using inspector::Tone;
using oauth::StepId;
using oauth::StepState;

QUrl dashboard()
{
    return QUrl(u"https://dashboard.workos.com/"_s);
}

} // namespace

ClientView::ClientView(inspector::TrafficModel *traffic, base::SecretStore *secrets, QWidget *parent)
    : View(parent)
    , m_traffic(traffic)
    , m_run(secrets)
{
    setObjectName(u"clientView"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_form = new ClientForm(this);
    column->addWidget(m_form);
    makeBar(column);
    m_result = new Strip(u"clientResult"_s, this);
    auto *look = m_result->addButton(u"showResult"_s, tr("Show"));
    connect(look, &QPushButton::clicked, this, [this] {
        m_list->setCurrentStep(m_resultStep);
        m_list->setFocus();
    });
    m_result->hide();
    column->addWidget(m_result);
    m_list = new StepList(this);
    m_pages = new ClientPages(&m_run, traffic, secrets, this);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setObjectName(u"clientSplitter"_s);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(m_pages);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    column->addWidget(m_splitter, 1);
    connectPages();
    m_questions = new Questions(this);
    connectRun();
    m_run.makeChecks(m_form->values());

    m_clock.setInterval(1000);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        updateExpiry();
        if (m_run.isWaiting() || m_run.runningMs() > 0)
            updatePage();
    });
    m_clock.start();
    connect(m_list, &StepList::currentItemChanged, this, [this] { updatePage(); });
    connect(m_form, &ClientForm::changed, this, [this] {
        m_run.setGrant(m_form->values().credentials.grant);
        if (!m_run.flow())
            updateRows();
        updateActions();
    });
    connect(m_form, &ClientForm::goWanted, this, &ClientView::next);
    // The server's side of a step arrives a moment after the client's. Under load that is ever so often.
    m_arrival.setSingleShot(true);
    m_arrival.setInterval(100);
    connect(&m_arrival, &QTimer::timeout, this, &ClientView::updatePage);
    connect(m_traffic, &inspector::TrafficModel::countsChanged, this, [this] {
        if (isVisible() && !m_arrival.isActive())
            m_arrival.start();
    });
    m_form->setRedirect(u"http://127.0.0.1:33418/callback"_s);
    m_list->setCurrentRow(0);
    updateRows();
    updateActions();
}

void ClientView::makeBar(QVBoxLayout *column)
{
    auto *bar = new QWidget(this);
    bar->setObjectName(u"clientBar"_s);
    bar->setAttribute(Qt::WA_StyledBackground);
    auto *groups = new WrappingRow(bar);
    auto *whole = new QHBoxLayout(bar);
    whole->setContentsMargins(12, 4, 12, 10);
    whole->addWidget(groups);
    auto *row = static_cast<QHBoxLayout *>(groups->addGroup()->layout());
    const std::tuple<QPushButton **, QString, QString, QString, void (ClientView::*)()> buttons[]
        = {{&m_next, u"nextStep"_s, tr("Next step"), u"start"_s, &ClientView::next},
           {&m_runAll, u"runAll"_s, tr("Run all"), u"resume"_s, &ClientView::runAll},
           {&m_cancel, u"cancelRun"_s, tr("Cancel"), u"stop"_s, &ClientView::cancel},
           {&m_startOver, u"startOver"_s, tr("Start over"), u"clear"_s, &ClientView::startOver}};
    for (const auto &[place, name, text, iconName, act] : buttons) {
        auto *button = new QPushButton(icon(iconName), text, bar);
        button->setObjectName(name);
        button->setAccessibleName(text);
        button->setToolTip(inspector::toolTipText(text));
        connect(button, &QPushButton::clicked, this, act);
        row->addWidget(button);
        *place = button;
    }
    auto *copy = new QPushButton(icon(u"copy"_s), tr("Copy report"), bar);
    copy->setObjectName(u"copyClientReport"_s);
    copy->setFlat(true);
    connect(copy, &QPushButton::clicked, this, &ClientView::copyReport);
    copy->setAccessibleName(copy->text());
    copy->setToolTip(inspector::toolTipText(copy->text()));
    row->addWidget(copy);
    row->addStretch();
    m_copyReport = copy;
    auto *state = static_cast<QHBoxLayout *>(groups->addGroup(1)->layout());
    state->addStretch();
    m_faults = new FaultMenu(m_run.fetcher(), bar);
    state->addWidget(m_faults);
    m_expiry = new Pill(bar);
    m_expiry->setObjectName(u"clientExpiry"_s);
    state->addWidget(m_expiry);
    column->addWidget(bar);
}

void ClientView::connectPages()
{
    connect(m_pages, &ClientPages::offered, this, &ClientView::offer);
    connect(m_pages, &ClientPages::repeatWanted, this, [this](int step) { retryFrom(StepId(step)); });
    connect(m_pages, &ClientPages::callWanted, this, &ClientView::call);
    connect(m_pages, &ClientPages::refreshWanted, this, &ClientView::refreshTokens);
    connect(m_pages, &ClientPages::checksWanted, this, &ClientView::runChecks);
    connect(m_pages, &ClientPages::trafficWanted, this, &ClientView::trafficWanted);
    connect(m_pages, &ClientPages::messageWanted, this, &ClientView::messageWanted);
}

void ClientView::connectRun()
{
    connect(&m_run, &ClientRun::flowMade, this, [this] {
        showRedirect();
        m_form->remember(m_run.begun().server);
    });
    m_run.setOffer(m_questions->offer([this] { return QUrl(m_run.begun().server).authority(); }));
    connect(m_questions, &Questions::asked, this, &ClientView::comeForward);
    connect(m_questions, &Questions::cancelWanted, this, &ClientView::cancel);
    connect(&m_run, &ClientRun::stepBegan, this,
            [this](int index) { m_list->setCurrentStep(StepId(index)); });
    connect(&m_run, &ClientRun::stepChanged, this, &ClientView::stepChanged);
    connect(&m_run, &ClientRun::legChanged, this, &ClientView::updatePage);
    connect(&m_run, &ClientRun::browserAwaited, this, [this] {
        if (m_run.isWaiting())
            m_list->setCurrentStep(StepId::Authorize);
        updatePage();
    });
    connect(&m_run, &ClientRun::browserReturned, this, &ClientView::comeForward);
    connect(&m_run, &ClientRun::finished, this, [this] {
        m_questions->end();
        showResult();
        m_faults->refresh(); // Some are used up by now.
        updateRows();
        updateActions();
    });
    connect(&m_run, &ClientRun::changed, this, &ClientView::updateActions);
    connect(&m_run, &ClientRun::accessJudged, this, [this](const auth::Verdict &verdict, qint64 at) {
        m_pages->showToken(TokensPage::Access, verdict, at);
        showResult(); // It may name whoever is in.
        updateExpiry();
        updateRow(StepList::TokensRow);
        updatePage();
    });
    connect(&m_run, &ClientRun::idJudged, this, [this](const auth::Verdict &verdict, qint64 at) {
        m_pages->showToken(TokensPage::Id, verdict, at);
        showResult();
    });
    connect(&m_run, &ClientRun::checksChanged, this, &ClientView::checksChanged);
}

void ClientView::setWorkOs(WorkOsDesk *workOs)
{
    m_pages->setWorkOs(workOs);
}

void ClientView::setServer(host::Host::State state, const host::Running &running)
{
    m_own = state == host::Host::State::Listening ? running.resource : QString();
    m_run.setServer(state, running);
    const bool isUp = state == host::Host::State::Listening;
    if (isUp)
        m_form->setOwnServer(running.resource);
    const QString redirect = isUp && m_door.open
        ? u"http://localhost:%1%2"_s.arg(running.port).arg(QLatin1StringView(oauth::ownRedirectPath))
        : QString();
    m_form->setOwnRedirect(redirect);
    m_run.setDoor(redirect, m_door);
    m_faults->setSandbox(m_run.sandbox());
    updateActions();
}

// The pace ------------------------------------------------------------------------------------------------

/// The usual one; what the user chose is there already.
void ClientView::showRedirect()
{
    if (m_run.begun().redirect.isEmpty())
        m_form->setRedirect(m_run.flow()->redirectUri());
}

bool ClientView::prepare()
{
    if (!m_form->judge().isEmpty())
        return false;
    m_run.prepare(m_form->values());
    return true;
}

void ClientView::next()
{
    if (m_run.isBusy() || !prepare() || m_run.flow()->failure())
        return;
    m_list->setFocus(); // The field or button that was used is disabled now.
    m_run.runTo(std::min(m_run.flow()->current(), oauth::stepCount - 1));
}

void ClientView::runAll()
{
    if (m_run.isBusy())
        return;
    // What is over stays until one begins anew, which this does.
    if (m_run.isOver())
        startOver();
    if (!prepare())
        return;
    if (isVisible())
        m_list->setFocus();
    m_run.runTo(oauth::stepCount - 1);
}

void ClientView::tryOwn()
{
    if (m_run.isBusy() || m_own.isEmpty())
        return;
    m_form->setUsual();
    m_form->setServer(m_own);
    if (m_run.flow())
        startOver();
    runAll();
}

void ClientView::tryFault(const QString &name)
{
    if (m_run.isBusy())
        return; // It would be another one's.
    const auto play = [this, name] { m_faults->setOnly(name, [this] { tryOwn(); }); };
    // A client that is kept needs no registration.
    if (m_run.flow())
        m_run.forget({true, true, true, true, false}, play);
    else
        play();
}

void ClientView::cancel()
{
    if (!m_run.isBusy())
        return;
    if (m_cancel->hasFocus())
        m_list->setFocus();
    m_run.cancel();
}

void ClientView::startOver()
{
    m_list->setCurrentRow(0);
    if (isVisible())
        m_list->setFocus(); // The button that was used is disabled now.
    m_run.startOver(m_form->values());
    updateRows();
}

void ClientView::retryFrom(StepId id)
{
    if (!m_run.mayRepeat())
        return;
    // Files may have gone since; what the form says of another run is no matter.
    if (m_run.begun() == m_form->values() && !m_form->judge().isEmpty())
        return;
    if (m_pages->isAncestorOf(QApplication::focusWidget()))
        lendFocus();
    m_run.retryFrom(id);
    updateRows();
}

/// To the list, while the button that was used is disabled: one may want to use it again and again.
void ClientView::lendFocus()
{
    m_lender = QApplication::focusWidget();
    m_list->setFocus();
}

void ClientView::giveFocusBack()
{
    if (m_lender && m_list->hasFocus() && m_lender->isVisible() && m_lender->isEnabled())
        m_lender->setFocus();
    m_lender = nullptr;
}

void ClientView::call(const QString &tool, const QJsonObject &arguments)
{
    if (!m_run.mayRepeat())
        return;
    lendFocus();
    m_run.flow()->setCall(tool, arguments);
    m_run.repeat(StepId::Call);
    updateRows();
}

void ClientView::refreshTokens()
{
    if (!m_run.mayRepeat() || m_run.flow()->tokens().refresh.isEmpty())
        return;
    lendFocus();
    m_run.repeat(StepId::Refresh);
}

void ClientView::openDashboard()
{
    m_run.open(dashboard());
}

void ClientView::offer(Offer what)
{
    oauth::Flow *flow = m_run.flow();
    const int failed = flow ? flow->current() : -1;
    switch (what) {
    case Offer::OpenDashboard:
        openDashboard();
        return;
    case Offer::UseClientId:
        m_form->askForClientId();
        return;
    case Offer::CopyResource:
        QApplication::clipboard()->setText(flow ? flow->resource().resource : QString());
        Q_EMIT messageWanted(tr("Copied. Add it to the dashboard exactly so."));
        return;
    case Offer::AllowRegistration:
        m_faults->set(u"registration-off"_s, false, [this] { retryFrom(StepId::Client); });
        return;
    case Offer::RegisterAgain:
        m_form->registerAnew();
        if (flow)
            flow->forget({true, true, true, true, false}, [this] { retryFrom(StepId::Client); });
        return;
    case Offer::GoOnAllTheSame:
        if (flow)
            flow->allow();
        retryFrom(std::min(StepId::Resource, StepId(std::max(failed, 0))));
        return;
    case Offer::TrustIssuer:
        if (flow)
            flow->trustTheIssuer();
        retryFrom(StepId::Client);
        return;
    case Offer::SignInAgain:
        retryFrom(StepId::Authorize);
        return;
    case Offer::TryAgain:
        if (failed >= 0 && failed < oauth::stepCount)
            retryFrom(StepId(failed));
        return;
    }
}

// What the engine says --------------------------------------------------------------------------------------

void ClientView::stepChanged(int index)
{
    const oauth::Step step = m_run.stepAt(index);
    if (step.id == StepId::Client && step.state != StepState::Waiting)
        showRedirect();
    if (step.state == StepState::Failed)
        m_list->setCurrentStep(step.id);
    updateRow(StepList::rowOf(step.id));
    updateRow(StepList::TokensRow);
    updatePage();
}

void ClientView::checksChanged(int index)
{
    m_pages->showChecks(index);
    updateRow(StepList::ChecksRow);
    if (index < 0)
        updateActions();
}

void ClientView::runChecks()
{
    if (m_run.checks()->isRunning() || !m_form->judge().isEmpty())
        return;
    m_run.makeChecks(m_form->values());
    m_list->setCurrentRow(StepList::ChecksRow);
    m_run.checks()->run();
    updateActions();
}

void ClientView::copyReport()
{
    QList<oauth::Step> steps;
    for (int i = 0; i < oauth::stepCount; ++i)
        steps.append(m_run.stepAt(i));
    QString text = oauth::reportOf(
        m_run.begun().server.isEmpty() ? m_form->values().server : m_run.begun().server, steps);
    const auto isRun
        = [](const oauth::NegativeCheck &check) { return check.state != oauth::CheckState::NotRun; };
    const QList<oauth::NegativeCheck> &checks = m_run.checks()->checks();
    if (std::any_of(checks.begin(), checks.end(), isRun))
        text += u"\n## "_s + tr("Negative checks") + u"\n\n"_s + oauth::textOf(checks);
    QApplication::clipboard()->setText(text);
    Q_EMIT messageWanted(tr("Copied the report. Its secrets are masked."));
}

// What is shown ---------------------------------------------------------------------------------------------

/// Nothing where no run has ended.
void ClientView::showResult()
{
    const oauth::Flow *flow = m_run.flow();
    const bool isShown = m_run.isOver() && !m_run.isBusy();
    m_result->setVisible(isShown);
    if (!isShown)
        return;
    const RunResult result = resultOf(*flow, m_pages->verdict(TokensPage::Id).claims,
                                      m_pages->verdict(TokensPage::Access).claims);
    m_resultStep = result.step;
    m_result->say(result.tone, result.sentence);
    m_result->setAccessibleName(result.sentence);
}

/// Whoever signed in looks at a browser.
void ClientView::comeForward()
{
    QWidget *top = window();
    if (top->isMinimized())
        top->showNormal();
    top->raise();
    top->activateWindow();
    QApplication::alert(top);
}

void ClientView::updateRows()
{
    for (int row = 0; row < StepList::RowCount; ++row)
        updateRow(row);
    updatePage();
}

void ClientView::updateRow(int row)
{
    if (const int index = StepList::stepOf(row); index >= 0)
        m_list->show(row, StepList::wordsOf(m_run.stepAt(index)));
    else if (row == StepList::TokensRow)
        m_list->show(row, StepList::wordsOf(m_pages->verdict(TokensPage::Access)));
    else if (row == StepList::ChecksRow)
        m_list->show(row, StepList::wordsOf(*m_run.checks()));
    else
        m_list->show(row, {tr("Forget"), {Tone::Muted, u"none"_s, {}}});
}

void ClientView::updatePage()
{
    m_pages->showRow(m_list->currentRow());
}

void ClientView::updateActions()
{
    const oauth::Flow *flow = m_run.flow();
    const bool busy = m_run.isBusy();
    showResult();
    m_form->setEditable(!busy);
    m_next->setEnabled(!busy && !(m_run.isOver() && m_run.begun() == m_form->values()));
    m_runAll->setEnabled(!busy);
    m_cancel->setEnabled(busy && !flow->isEnding());
    m_startOver->setEnabled(m_run.mayRepeat());
    m_pages->updateTokens();
    updatePage();
    if (!busy)
        giveFocusBack();
}

void ClientView::updateExpiry()
{
    const inspector::Expiry expiry
        = inspector::expiryOf(m_pages->verdict(TokensPage::Access), QDateTime::currentMSecsSinceEpoch());
    m_expiry->setVisible(!expiry.text.isEmpty());
    m_expiry->set(expiry.tone, expiry.text);
}

bool ClientView::knowsStep(const QByteArray &requestId) const
{
    return m_run.stepOf(requestId) >= 0 || m_run.checkOf(requestId) >= 0;
}

bool ClientView::showStep(const QByteArray &requestId)
{
    const int step = m_run.stepOf(requestId);
    const int check = m_run.checkOf(requestId);
    if (step < 0 && check < 0)
        return false;
    m_list->setCurrentRow(step >= 0 ? StepList::rowOf(StepId(step)) : int(StepList::ChecksRow));
    if (step < 0)
        m_pages->selectCheck(check);
    m_list->setFocus();
    return true;
}

QList<QWidget *> ClientView::panes() const
{
    return {m_form->firstField(), m_run.isBusy() ? m_cancel : m_runAll, m_list, m_pages->page()};
}

QWidget *ClientView::home() const
{
    return m_list;
}

QWidget *ClientView::entrance() const
{
    return m_form->firstField();
}

QByteArray ClientView::saveLayout() const
{
    return m_splitter->saveState();
}

void ClientView::restoreLayout(const QByteArray &state)
{
    if (!state.isEmpty())
        m_splitter->restoreState(state);
    else
        m_splitter->setSizes({m_list->sizeHint().width(), width() - m_list->sizeHint().width()});
    m_splitter->setHandleWidth(1);
}

void ClientView::fitWidth()
{
    const int wanted = fontMetrics().horizontalAdvance(u'x') * 48 + 48;
    const bool isLarge = Look::textPercent() > 130; // Then the page needs the room.
    m_list->setMinimumWidth(std::min(wanted, isLarge ? width() / 5 : width() * 2 / 5));
}

void ClientView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updatePage();
}

void ClientView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitWidth();
}

void ClientView::retheme()
{
    m_form->retheme();
    m_result->retheme();
    m_pages->retheme();
    m_list->retheme();
    // Large text leaves room for the words of what one does all the time.
    for (QPushButton *one : {m_startOver, m_copyReport})
        one->setText(Look::textPercent() > 130 ? QString() : one->accessibleName());
    fitWidth();
    updateRows();
    updateExpiry();
}

} // namespace gatehouse::app
