// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clientview.h"

#include "app/callpage.h"
#include "app/checkspage.h"
#include "app/faultmenu.h"
#include "app/icons.h"
#include "app/pagearea.h"
#include "app/pill.h"
#include "app/questiondialog.h"
#include "app/runresult.h"
#include "app/signinpages.h"
#include "app/steplist.h"
#include "app/strip.h"
#include "app/workosdesk.h"
#include "app/wrappingrow.h"
#include "base/secretstore.h"
#include "client/offer.h"
#include "inspector/exchangewords.h"
#include "inspector/tokenwords.h"
#include "inspector/trafficmodel.h"

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
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
    : QWidget(parent)
    , m_traffic(traffic)
    , m_secrets(secrets)
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
    m_pages = new QStackedWidget(this);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setObjectName(u"clientSplitter"_s);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(m_pages);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    column->addWidget(m_splitter, 1);
    makePages();
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
        connect(button, &QPushButton::clicked, this, act);
        row->addWidget(button);
        *place = button;
    }
    auto *copy = new QPushButton(icon(u"copy"_s), tr("Copy report"), bar);
    copy->setObjectName(u"copyClientReport"_s);
    copy->setFlat(true);
    connect(copy, &QPushButton::clicked, this, &ClientView::copyReport);
    row->addWidget(copy);
    row->addStretch();
    auto *state = static_cast<QHBoxLayout *>(groups->addGroup(1)->layout());
    state->addStretch();
    m_faults = new FaultMenu(m_run.fetcher(), bar);
    state->addWidget(m_faults);
    m_expiry = new Pill(bar);
    m_expiry->setObjectName(u"clientExpiry"_s);
    state->addWidget(m_expiry);
    column->addWidget(bar);
}

void ClientView::makePages()
{
    m_stepSide = new QWidget(m_pages);
    m_step = new StepPage(m_stepSide);
    m_call = new CallPage(m_stepSide);
    auto *side = new QVBoxLayout(m_stepSide);
    side->setContentsMargins(0, 0, 0, 0);
    side->setSpacing(0);
    side->addWidget(m_step, 1);
    m_step->addBelowHead(m_call);
    m_tokens = new TokensPage(m_pages);
    m_checksPage = new ChecksPage(m_pages);
    m_forget = new ForgetPage(m_pages);
    for (QWidget *page : {m_stepSide, static_cast<QWidget *>(m_tokens), static_cast<QWidget *>(m_checksPage),
                          static_cast<QWidget *>(m_forget)})
        m_pages->addWidget(new PageArea(page, m_pages));
    connectStepPage();
    connect(m_call, &CallPage::callWanted, this, &ClientView::call);
    connect(m_tokens, &TokensPage::refreshWanted, this, &ClientView::refreshTokens);
    connect(m_tokens, &TokensPage::copyTokenWanted, this, [this](int kind) {
        if (!m_run.flow())
            return;
        const oauth::Tokens &tokens = m_run.flow()->tokens();
        QApplication::clipboard()->setText(
            QString::fromLatin1(kind == TokensPage::Access ? tokens.access : tokens.id));
        Q_EMIT messageWanted(tr("Copied the token itself. Whoever has it is the user until it expires."));
    });
    connect(m_checksPage, &ChecksPage::runWanted, this, &ClientView::runChecks);
    connect(m_checksPage, &ChecksPage::cancelWanted, this, [this] { m_run.checks()->cancel(); });
    connect(m_checksPage, &ChecksPage::copyWanted, this,
            [this] { QApplication::clipboard()->setText(oauth::textOf(m_run.checks()->checks())); });
    connect(m_checksPage, &ChecksPage::trafficWanted, this,
            [this] { Q_EMIT trafficWanted(m_checksPage->requestId()); });
    connect(m_checksPage, &ChecksPage::chosen, this,
            [this] { m_checksPage->setHasTraffic(m_traffic->serialOf(m_checksPage->requestId()) != 0); });
    connect(m_forget, &ForgetPage::forgetWanted, this, &ClientView::forget);
}

void ClientView::connectStepPage()
{
    connect(m_step, &StepPage::offered, this, &ClientView::offer);
    connect(m_step, &StepPage::copyAddressWanted, this, [this] {
        const oauth::Flow *flow = m_run.flow();
        QApplication::clipboard()->setText(flow ? flow->authorizationAddress().toString(QUrl::FullyEncoded)
                                                : QString());
        Q_EMIT messageWanted(tr("Copied. The address is good for this sign-in only."));
    });
    connect(m_step, &StepPage::openAgainWanted, this, [this] {
        if (m_run.isWaiting())
            m_run.flow()->openAgain();
        else if (!m_run.deviceCode().user.isEmpty())
            m_run.open(m_run.deviceCode().whole.isEmpty() ? m_run.deviceCode().address
                                                          : m_run.deviceCode().whole);
        updatePage();
    });
    connect(m_step, &StepPage::copyCodeWanted, this, [this] {
        QApplication::clipboard()->setText(m_run.deviceCode().user);
        Q_EMIT messageWanted(tr("Copied. Type or paste it on the page of the sign-in."));
    });
    connect(m_step, &StepPage::pasteWanted, this, &ClientView::paste);
    const auto onStep = [this](void (StepPage::*wanted)(), auto act) {
        connect(m_step, wanted, this, [this, act] {
            if (const int index = StepList::stepOf(m_list->currentRow()); index >= 0)
                act(index);
        });
    };
    onStep(&StepPage::copyWanted,
           [this](int index) { QApplication::clipboard()->setText(oauth::reportOf(m_run.stepAt(index))); });
    onStep(&StepPage::trafficWanted,
           [this](int index) { Q_EMIT trafficWanted(requestIdInTraffic(m_run.stepAt(index))); });
    onStep(&StepPage::repeatWanted, [this](int index) { retryFrom(StepId(index)); });
}

void ClientView::connectRun()
{
    connect(&m_run, &ClientRun::flowMade, this, [this] {
        showRedirect();
        m_form->remember(m_run.begun().server);
    });
    m_run.setOffer(
        askingOffer([this](const QString &method, const QJsonObject &params,
                           const client::ClientOffer::Reply &reply) { ask(method, params, reply); }));
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
        endQuestions();
        showResult();
        m_faults->refresh(); // Some are used up by now.
        updateRows();
        updateActions();
    });
    connect(&m_run, &ClientRun::changed, this, &ClientView::updateActions);
    connect(&m_run, &ClientRun::accessJudged, this, [this](const auth::Verdict &verdict, qint64 at) {
        m_tokens->show(TokensPage::Access, verdict, at);
        showResult(); // It may name whoever is in.
        updateExpiry();
        updateRow(StepList::TokensRow);
        updatePage();
    });
    connect(&m_run, &ClientRun::idJudged, this, [this](const auth::Verdict &verdict, qint64 at) {
        m_tokens->show(TokensPage::Id, verdict, at);
        showResult();
    });
    connect(&m_run, &ClientRun::checksChanged, this, &ClientView::checksChanged);
}

void ClientView::setServer(host::Host::State state, const host::Running &running)
{
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
    m_list->setFocus();
    m_run.runTo(oauth::stepCount - 1);
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
    m_list->setFocus(); // The button that was used is disabled now.
    m_run.startOver(m_form->values());
    updateRows();
}

bool ClientView::mayRepeat() const
{
    return m_run.flow() && !m_run.isBusy();
}

void ClientView::retryFrom(StepId id)
{
    if (!mayRepeat())
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
    if (!mayRepeat())
        return;
    lendFocus();
    m_run.flow()->setCall(tool, arguments);
    m_run.repeat(StepId::Call);
    updateRows();
}

void ClientView::refreshTokens()
{
    if (!mayRepeat() || m_run.flow()->tokens().refresh.isEmpty())
        return;
    lendFocus();
    m_run.repeat(StepId::Refresh);
}

void ClientView::forget(const oauth::Forgotten &what, bool isRevoked)
{
    if (!mayRepeat())
        return;
    const QString client = m_run.flow() ? m_run.flow()->client().id : QString();
    if (!isRevoked || !m_workOs)
        return forgetHere(what, tr("Forgotten. Start over to sign in again."));
    m_forget->setEnabled(false);
    // First there: what is forgotten here could not be named there any more.
    m_workOs->revoke(
        signedInUser(), client,
        [here = QPointer(this), flow = QPointer(m_run.flow()), what](const QString &fault, bool wasThere) {
            if (!here)
                return;
            here->m_forget->setEnabled(true);
            if (!flow || here->m_run.flow() != flow || !here->mayRepeat())
                return; // Another sign-in has begun, and nothing of that is meant.
            if (!fault.isEmpty())
                return here->m_forget->say(tr("Nothing was forgotten. %1").arg(fault));
            here->forgetHere(what,
                             wasThere
                                 ? tr("Forgotten, and taken back at WorkOS. Start over to sign in again.")
                                 : tr("Forgotten. WorkOS knew of no consent for this client."));
        });
}

void ClientView::forgetHere(const oauth::Forgotten &what, const QString &said)
{
    m_run.forget(what, [this, said] {
        updatePage();
        m_forget->say(said);
    });
}

/// Only of the issuer that our server trusts, whose environment the key is for, and by a token that is good:
/// else a foreign server would name whose consent ends.
bool ClientView::mayRevoke() const
{
    const oauth::Flow *flow = m_run.flow();
    return m_workOs && m_workOs->hasKey() && flow && !flow->client().id.isEmpty() && m_run.isOfOwnIssuer()
        && m_tokens->verdict(TokensPage::Access).accepted() && !signedInUser().isEmpty();
}

QString ClientView::signedInUser() const
{
    return m_tokens->verdict(TokensPage::Access).claims.value("sub"_L1).toString();
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
    const bool isRunning = m_run.checks()->isRunning();
    m_checksPage->show(m_run.checks()->checks(), isRunning);
    if (isRunning && index >= 0)
        m_checksPage->select(index);
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
    const RunResult result = resultOf(*flow, m_tokens->verdict(TokensPage::Id).claims,
                                      m_tokens->verdict(TokensPage::Access).claims);
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

void ClientView::paste()
{
    if (!m_run.isWaiting() || m_run.flow()->takePasted(QApplication::clipboard()->text().left(16 * 1024)))
        return;
    Q_EMIT messageWanted(tr("The clipboard does not hold the address at which this sign-in ends."));
}

void ClientView::ask(const QString &method, const QJsonObject &params,
                     const client::ClientOffer::Reply &reply)
{
    constexpr qsizetype most = 20;
    if (m_questions.size() >= most) // Nobody answers so many.
        return reply(base::failure(client::rejected()));
    m_questions.append({method, params, reply});
    if (!m_question)
        showQuestion(m_questions.takeFirst());
}

void ClientView::showQuestion(const Question &question)
{
    auto *dialog = new QuestionDialog(QUrl(m_run.begun().server).authority(), question.method,
                                      question.params, question.reply, window());
    m_question = dialog;
    connect(dialog, &QuestionDialog::cancelWanted, this, &ClientView::cancel);
    connect(dialog, &QDialog::finished, this, [this] {
        m_question = nullptr;
        if (!m_questions.isEmpty())
            showQuestion(m_questions.takeFirst());
    });
    comeForward();
    dialog->open();
}

/// Nobody waits for them any more.
void ClientView::endQuestions()
{
    for (const Question &question : std::exchange(m_questions, {}))
        question.reply(base::failure(client::rejected()));
    if (const QPointer<QDialog> dialog = std::exchange(m_question, nullptr))
        dialog->reject();
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
        m_list->show(row, wordsOfTokens(m_tokens->verdict(TokensPage::Access)));
    else if (row == StepList::ChecksRow)
        m_list->show(row, wordsOfChecks(*m_run.checks()));
    else
        m_list->show(row, {tr("Forget"), {Tone::Muted, u"none"_s, {}}});
}

StepList::Words ClientView::wordsOfTokens(const auth::Verdict &verdict)
{
    StepList::Words words{tr("Look at the token"), stateWordsOf(StepState::Waiting)};
    if (!verdict.fingerprint.isEmpty()) {
        const Tone tone = verdict.claims.isEmpty() ? Tone::Muted : inspector::headlineOf(verdict).tone;
        words.state = {tone, iconNameOf(tone), tone == Tone::Good ? tr("good") : tr("see there")};
    }
    return words;
}

StepList::Words ClientView::wordsOfChecks(const oauth::NegativeChecks &checks)
{
    using oauth::CheckState;
    StepList::Words words{tr("Negative checks"), stateWordsOf(StepState::Waiting)};
    const auto count = [&checks](CheckState state) {
        return std::count_if(checks.checks().begin(), checks.checks().end(),
                             [state](const oauth::NegativeCheck &one) { return one.state == state; });
    };
    const auto passed = count(CheckState::Passed);
    const auto failed = count(CheckState::Failed);
    if (checks.isRunning())
        words.state = stateWordsOf(StepState::Running);
    else if (passed + failed > 0)
        words.state = stateWordsOf(failed > 0 ? StepState::Failed : StepState::Done);
    words.status = u"%1/%2"_s.arg(passed).arg(oauth::checkCount);
    return words;
}

/// The last request of a step that is there, and rather one with a token: others only look where to go on.
QByteArray ClientView::requestIdInTraffic(const oauth::Step &step) const
{
    QByteArray last;
    for (auto leg = step.legs.crbegin(); leg != step.legs.crend(); ++leg) {
        const auto entry = m_traffic->entryOf(m_traffic->serialOf(leg->requestId));
        if (entry && !entry->exchange.verdict.fingerprint.isEmpty())
            return leg->requestId;
        if (entry && last.isEmpty())
            last = leg->requestId;
    }
    return last;
}

StepPage::Verdicts ClientView::verdictsOf(const oauth::Step &step) const
{
    StepPage::Verdicts out;
    const bool hasToken = step.id == StepId::Session || step.id == StepId::List || step.id == StepId::Call;
    const auth::Verdict &own = m_tokens->verdict(TokensPage::Access);
    if (!hasToken || step.legs.isEmpty() || own.fingerprint.isEmpty())
        return out;
    const inspector::Headline ours = inspector::headlineOf(own);
    out.clientTone = own.claims.isEmpty() ? Tone::Muted : ours.tone;
    out.client = own.claims.isEmpty() ? tr("It is no JWT, so the client cannot read it.") : ours.sentence;
    const auto entry = m_traffic->entryOf(m_traffic->serialOf(requestIdInTraffic(step)));
    if (entry) {
        const inspector::Headline theirs = inspector::headlineOf(entry->exchange);
        out.serverTone = theirs.tone;
        out.server = theirs.sentence;
    } else {
        out.server = tr("It is not a server of this program: only its answer is known.");
    }
    return out;
}

void ClientView::turnTo(const QWidget *page)
{
    for (int i = 0; i < m_pages->count(); ++i) {
        if (m_pages->widget(i)->isAncestorOf(page))
            m_pages->setCurrentIndex(i);
    }
}

void ClientView::updatePage()
{
    const int row = m_list->currentRow();
    if (row == StepList::TokensRow) {
        turnTo(m_tokens);
    } else if (row == StepList::ChecksRow) {
        turnTo(m_checksPage);
        m_checksPage->setHasTraffic(m_traffic->serialOf(m_checksPage->requestId()) != 0);
    } else if (row == StepList::ForgetRow) {
        fillForgetPage();
    } else if (row >= 0) {
        fillStepPage(StepList::stepOf(row));
    }
}

void ClientView::fillForgetPage()
{
    const oauth::Flow *flow = m_run.flow();
    const oauth::Tokens tokens = flow ? flow->tokens() : oauth::Tokens();
    m_forget->show({!tokens.access.isEmpty(), !tokens.refresh.isEmpty(), !tokens.id.isEmpty(),
                    flow && !flow->client().id.isEmpty() && m_run.begun().clientId.isEmpty(),
                    flow && flow->hasTrust()},
                   flow ? flow->server().issuer : QString(), m_secrets->outlivesTheProgram(), mayRevoke());
    turnTo(m_forget);
}

StepPage::Wait ClientView::waitOf(const oauth::Step &step) const
{
    using For = StepPage::Wait::For;
    if (m_run.isWaiting() && step.id == StepId::Authorize)
        return {For::Browser, m_run.waitedMs(), m_run.isBrowserOpen()};
    if (step.state != StepState::Running)
        return {};
    if (!m_run.deviceCode().user.isEmpty())
        return {For::Device, m_run.waitedMs(), false, m_run.deviceCode()};
    return {For::Answer, m_run.runningMs()};
}

void ClientView::fillStepPage(int index)
{
    const oauth::Flow *flow = m_run.flow();
    const oauth::Step step = m_run.stepAt(index);
    const bool hasFailed = step.state == StepState::Failed && flow && flow->failure();
    m_step->show(StepList::rowOf(step.id) + 1, step,
                 flow ? m_run.begun().credentials.grant : m_form->values().credentials.grant,
                 hasFailed ? offersFor(*flow->failure(), step.id, m_run.isOfSandbox()) : QList<Offer>(),
                 verdictsOf(step), waitOf(step));
    m_step->setHasTraffic(!requestIdInTraffic(step).isEmpty());
    m_step->setMayRepeat(mayRepeat() && index <= flow->current() && step.state != StepState::Waiting);
    m_call->setVisible(step.id == StepId::Call);
    m_call->setTools(flow ? flow->tools() : QList<client::ToolInfo>());
    m_call->setMayCall(mayRepeat() && flow->current() >= int(StepId::Call));
    turnTo(m_stepSide);
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
    m_startOver->setEnabled(mayRepeat());
    const bool hasRefresh = flow && !flow->tokens().refresh.isEmpty();
    m_tokens->setRefreshable(
        hasRefresh && !busy && flow->current() >= int(StepId::Refresh),
        !flow || hasRefresh ? QString()
                            : tr("There is no refresh token: ask for offline_access and sign in again."));
    updatePage();
    if (!busy)
        giveFocusBack();
}

void ClientView::updateExpiry()
{
    const inspector::Expiry expiry
        = inspector::expiryOf(m_tokens->verdict(TokensPage::Access), QDateTime::currentMSecsSinceEpoch());
    m_expiry->setVisible(!expiry.text.isEmpty());
    m_expiry->set(expiry.tone, expiry.text);
}

bool ClientView::knowsStep(const QByteArray &requestId) const
{
    return rowOf(requestId) >= 0;
}

int ClientView::rowOf(const QByteArray &requestId) const
{
    const auto has = [&requestId](const oauth::Leg &leg) { return leg.requestId == requestId; };
    for (int i = 0; m_run.flow() && i < oauth::stepCount; ++i) {
        const QList<oauth::Leg> &legs = m_run.flow()->steps().at(i).legs;
        if (std::any_of(legs.begin(), legs.end(), has))
            return StepList::rowOf(StepId(i));
    }
    return checkOf(requestId) >= 0 ? int(StepList::ChecksRow) : -1;
}

int ClientView::checkOf(const QByteArray &requestId) const
{
    const QList<oauth::NegativeCheck> &checks = m_run.checks()->checks();
    const auto found = std::find_if(checks.begin(), checks.end(), [&](const oauth::NegativeCheck &check) {
        return check.leg.requestId == requestId;
    });
    return found == checks.end() ? -1 : int(found - checks.begin());
}

bool ClientView::showStep(const QByteArray &requestId)
{
    const int row = rowOf(requestId);
    if (row < 0)
        return false;
    m_list->setCurrentRow(row);
    if (row == StepList::ChecksRow)
        m_checksPage->select(checkOf(requestId));
    m_list->setFocus();
    return true;
}

QList<QWidget *> ClientView::panes() const
{
    const auto *area = static_cast<QScrollArea *>(m_pages->currentWidget());
    return {m_form->firstField(), m_run.isBusy() ? m_cancel : m_runAll, m_list, area->widget()};
}

QWidget *ClientView::steps() const
{
    return m_list;
}

QByteArray ClientView::saveSplitter() const
{
    return m_splitter->saveState();
}

void ClientView::restoreSplitter(const QByteArray &state)
{
    m_splitter->restoreState(state);
    m_splitter->setHandleWidth(1);
}

void ClientView::fitWidth()
{
    const int wanted = fontMetrics().horizontalAdvance(u'x') * 48 + 48;
    m_list->setMinimumWidth(std::min(wanted, width() * 2 / 5));
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
    m_step->retheme();
    m_tokens->retheme();
    m_checksPage->retheme();
    m_forget->retheme();
    m_list->retheme();
    fitWidth();
    updateRows();
    updateExpiry();
}

} // namespace gatehouse::app
