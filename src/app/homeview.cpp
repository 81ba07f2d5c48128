// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/homeview.h"

#include "app/clientrun.h"
#include "app/clientwords.h"
#include "app/flowlayout.h"
#include "app/icons.h"
#include "app/label.h"
#include "app/pagearea.h"
#include "app/pill.h"
#include "app/runresult.h"
#include "app/sessioncards.h"
#include "app/settingeditor.h"
#include "app/steplanes.h"
#include "app/strip.h"
#include "app/theme.h"
#include "app/workosdesk.h"
#include "app/wrappingrow.h"
#include "auth/issuer.h"
#include "base/clock.h"
#include "base/random.h"
#include "inspector/words.h"

#include <QApplication>
#include <QClipboard>
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gatehouse::app {

namespace {

using host::Host;
using inspector::Tone;
using oauth::CheckState;
using oauth::IssuerFinding;
using oauth::StepId;
using oauth::StepState;
using Lane = StepLanes::Lane;

/// The five lines: four findings, and whether this server's address is among the issuer's resources.
constexpr int addressLine = 4;

StepLanes::State stateOf(StepState state)
{
    switch (state) {
    case StepState::Running:
        return StepLanes::State::Running;
    case StepState::Done:
        return StepLanes::State::Done;
    case StepState::Failed:
        return StepLanes::State::Failed;
    case StepState::Skipped:
        return StepLanes::State::Skipped;
    case StepState::Waiting:
        break;
    }
    return StepLanes::State::Waiting;
}

/// Of several steps as one: what is wrong or under way first, and done only where all are.
StepLanes::State together(const QList<StepLanes::State> &all)
{
    using State = StepLanes::State;
    for (const State one : {State::Failed, State::Running}) {
        if (all.contains(one))
            return one;
    }
    const auto isOver = [](State one) { return one == State::Done || one == State::Skipped; };
    if (std::all_of(all.begin(), all.end(), isOver))
        return all.contains(State::Done) ? State::Done : State::Skipped;
    return std::any_of(all.begin(), all.end(), isOver) ? State::Running : State::Waiting;
}

QString wordsOf(const IssuerFinding &finding)
{
    using What = IssuerFinding::What;
    switch (finding.what) {
    case What::Nothing:
        return {};
    case What::Answers:
        return HomeView::tr("%1 answers").arg(finding.detail);
    case What::NotReached:
        return HomeView::tr("cannot be reached: %1").arg(finding.detail);
    case What::NotTrusted:
        return HomeView::tr("shows no certificate that is trusted: %1").arg(finding.detail);
    case What::Unknown:
        return HomeView::tr("There is no AuthKit environment at %1. Copy the AuthKit domain from the "
                            "dashboard.")
            .arg(finding.detail);
    case What::DocumentsRead:
        return finding.count > 1 ? HomeView::tr("both read; the issuer is whom it says, PKCE with S256")
                                 : HomeView::tr("read; the issuer is whom it says, PKCE with S256");
    case What::DocumentsUnusable:
        return HomeView::tr("cannot be used: %1").arg(finding.detail);
    case What::NoPkce:
        return HomeView::tr("name no PKCE with S256: MCP clients do not sign in without it");
    case What::KeysRead:
        return HomeView::tr("good for signatures: %1").arg(finding.count);
    case What::NoKeys:
        return HomeView::tr("there is none that can be used");
    case What::KeysUnusable:
        return HomeView::tr("cannot be used: %1").arg(finding.detail);
    case What::RegistrationOpen:
        return HomeView::tr("is open; asked with an empty form, so no client was left behind");
    case What::RegistrationCareless:
        return HomeView::tr(
            "is open; it made a client of an empty form, which is to be removed in the dashboard");
    case What::RegistrationOff:
    case What::RegistrationMissing:
        return finding.readsDocuments
            ? HomeView::tr("is off, but clients with a document of their own need none")
            : HomeView::tr("is off. Clients need it, or a client ID of yours. Dashboard: Connect › "
                           "Configuration. No client was left behind.");
    case What::RegistrationUnclear:
        return HomeView::tr("answers what is neither yes nor no: %1").arg(finding.detail);
    }
    return {};
}

} // namespace

HomeView::HomeView(ClientRun *run, WorkOsDesk *workOs, QWidget *parent)
    : View(parent)
    , m_run(run)
    , m_workOs(workOs)
    , m_probe(&m_fetcher, base::systemClock(), base::systemRandom())
{
    setObjectName(u"homeView"_s);
    auto *page = new QWidget(this);
    page->setObjectName(u"homePage"_s);
    m_title
        = new Label(tr("Put an MCP server behind AuthKit, and see everything that passes the gate"), page);
    m_title->setProperty("title", true);
    m_title->setWordWrap(true);
    m_about = new Label(page);
    m_about->setObjectName(u"homeAbout"_s);
    m_about->setProperty("quiet", true);
    m_about->setWordWrap(true);
    m_problem = new Strip(u"homeProblem"_s, page);
    m_otherPort = m_problem->addButton(u"homeOtherPort"_s, tr("Use port %1").arg(0));
    m_start = m_problem->addButton(u"homeStart"_s, tr("Start"));
    connect(m_start, &QPushButton::clicked, this, &HomeView::startWanted);
    connect(m_otherPort, &QPushButton::clicked, this, [this] { Q_EMIT portWanted(m_error.nextFree); });
    m_cards = new WrappingRow(page);
    for (QWidget *one : {makeTry(), makeOwn()}) {
        QWidget *group = m_cards->addGroup(1);
        group->layout()->addWidget(one);
    }
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_about);
    column->addWidget(m_problem);
    column->addWidget(m_cards);
    column->addWidget(makeFaults());
    m_sessions = new SessionCards(page);
    column->addWidget(m_sessions);
    column->addStretch();
    m_area = new PageArea(page, this);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_area);
    m_clock.setInterval(500ms);
    connect(&m_clock, &QTimer::timeout, this, &HomeView::updateTry);
    for (const auto signal : {&ClientRun::finished, &ClientRun::changed, &ClientRun::flowMade,
                              &ClientRun::browserAwaited, &ClientRun::browserReturned})
        connect(m_run, signal, this, &HomeView::updateTry);
    connect(m_run, &ClientRun::stepChanged, this, &HomeView::updateTry);
    connect(m_run, &ClientRun::checksChanged, this, &HomeView::updateTry);
    connect(m_run, &ClientRun::finished, this, [this] {
        const oauth::Flow *flow = m_run->flow();
        if (std::exchange(m_isTrying, false) && flow && !flow->failure() && m_run->isOfSandbox())
            Q_EMIT attacksWanted();
    });
    connect(m_run, &ClientRun::accessJudged, this, [this](const auth::Verdict &verdict) {
        m_accessClaims = verdict.claims;
        updateTry();
    });
    connect(m_run, &ClientRun::idJudged, this, [this](const auth::Verdict &verdict) {
        m_idClaims = verdict.claims;
        updateTry();
    });
    connect(&m_probe, &oauth::IssuerProbe::changed, this, &HomeView::showFindings);
    connect(&m_probe, &oauth::IssuerProbe::finished, this, &HomeView::showFindings);
    connect(m_workOs, &WorkOsDesk::changed, this, &HomeView::showAddressLine);
    updateTry();
    showFindings();
}

HomeView::~HomeView() = default;

QFrame *HomeView::card(const QString &name, QWidget *parent)
{
    auto *made = new QFrame(parent);
    made->setObjectName(name);
    made->setProperty("card", true);
    return made;
}

QWidget *HomeView::makeTry()
{
    QFrame *made = card(u"tryCard"_s, this);
    auto *title = new Label(tr("Try it"), made);
    title->setProperty("strong", true);
    m_tryPill = new Pill(made);
    m_tryAbout = new Label(made);
    m_tryAbout->setProperty("quiet", true);
    m_tryAbout->setWordWrap(true);
    m_lanes = new StepLanes(made);
    m_wait = new Strip(u"homeWait"_s, made);
    m_openAgain = m_wait->addButton(u"homeOpenAgain"_s, tr("Open again"));
    connect(m_openAgain, &QPushButton::clicked, this, [this] {
        if (m_run->isWaiting())
            m_run->flow()->openAgain();
    });
    m_result = new Strip(u"homeResult"_s, made);
    m_lookAtStep = m_result->addButton(u"homeLookAtStep"_s, tr("See the calls"));
    m_connect = m_result->addButton(u"homeConnect"_s, tr("Connect a client…"));
    connect(m_connect, &QPushButton::clicked, this, &HomeView::connectWanted);
    connect(m_lookAtStep, &QPushButton::clicked, this,
            [this] { m_run->flow() && m_run->flow()->failure() ? stepsWanted() : trafficWanted(); });
    m_runIt = new QPushButton(tr("Run it"), made);
    m_runIt->setObjectName(u"homeRunIt"_s);
    m_runIt->setDefault(true);
    connect(m_runIt, &QPushButton::clicked, this, &HomeView::runTry);
    m_cancel = new QPushButton(tr("Cancel"), made);
    m_cancel->setObjectName(u"homeCancel"_s);
    connect(m_cancel, &QPushButton::clicked, this, &HomeView::cancelWanted);
    m_steps = new QPushButton(tr("Step by step"), made);
    m_steps->setObjectName(u"homeSteps"_s);
    connect(m_steps, &QPushButton::clicked, this, &HomeView::stepsWanted);
    auto *head = new QHBoxLayout;
    head->addWidget(title, 1);
    head->addWidget(m_tryPill);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_runIt);
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    buttons->addWidget(m_steps);
    auto *column = new QVBoxLayout(made);
    column->setContentsMargins(16, 12, 16, 12);
    column->addLayout(head);
    column->addWidget(m_tryAbout);
    column->addWidget(m_lanes);
    column->addWidget(m_wait);
    column->addWidget(m_result);
    column->addStretch();
    column->addLayout(buttons);
    return made;
}

QWidget *HomeView::makeLines(QWidget *parent)
{
    auto *place = new QWidget(parent);
    auto *grid = new QGridLayout(place);
    grid->setContentsMargins(0, 4, 0, 4);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(2, 1);
    const QString titles[]
        = {tr("Address"), tr("Documents"), tr("Keys"), tr("Registration"), tr("This server's address")};
    for (int row = 0; row < int(std::size(titles)); ++row) {
        const Line line{new Label(place), new Label(titles[row], place), new Label(place), new Label(place)};
        line.title->setProperty("strong", true);
        line.words->setObjectName(u"issuerLine%1"_s.arg(row));
        line.words->setWordWrap(true);
        line.took->setProperty("quiet", true);
        grid->addWidget(line.icon, row, 0, Qt::AlignTop);
        grid->addWidget(line.title, row, 1, Qt::AlignTop);
        grid->addWidget(line.words, row, 2);
        grid->addWidget(line.took, row, 3, Qt::AlignTop | Qt::AlignRight);
        m_lines.append(line);
    }
    return place;
}

QWidget *HomeView::makeOwn()
{
    QFrame *made = card(u"ownCard"_s, this);
    auto *title = new Label(tr("Use my AuthKit"), made);
    title->setProperty("strong", true);
    auto *pill = new Pill(made);
    pill->set(Tone::Muted, tr("needs a WorkOS environment"));
    m_subdomain = new QLineEdit(made);
    m_subdomain->setObjectName(u"homeSubdomain"_s);
    m_subdomain->setPlaceholderText(tr("acme, or acme.authkit.app, or its address"));
    auto *label = new Label(tr("Sub&domain"), made);
    label->setBuddy(m_subdomain);
    m_test = new QPushButton(tr("Test"), made);
    m_test->setObjectName(u"homeTest"_s);
    m_subdomainFault = new Label(made);
    m_subdomainFault->setObjectName(u"homeSubdomainFault"_s);
    m_subdomainFault->setProperty("fault", true);
    m_subdomainFault->setWordWrap(true);
    m_subdomainFault->hide();
    connect(m_test, &QPushButton::clicked, this, &HomeView::test);
    connect(m_subdomain, &QLineEdit::returnPressed, this, &HomeView::test);
    connect(m_subdomain, &QLineEdit::textChanged, this, &HomeView::showFindings);
    QWidget *lines = makeLines(made);
    m_dashboard = new QPushButton(tr("Open dashboard"), made);
    m_dashboard->setObjectName(u"homeDashboard"_s);
    connect(m_dashboard, &QPushButton::clicked, this, &HomeView::dashboardWanted);
    m_copyAddress = new QPushButton(icon(u"copy"_s), tr("Copy this server's address"), made);
    m_copyAddress->setObjectName(u"homeCopyAddress"_s);
    connect(m_copyAddress, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_running.resource); });
    m_use = new QPushButton(made);
    m_use->setObjectName(u"homeUse"_s);
    connect(m_use, &QPushButton::clicked, this,
            [this] { Q_EMIT issuerWanted(m_subdomain->text().trimmed()); });
    m_sandbox = new QPushButton(tr("Back to the sandbox"), made);
    m_sandbox->setObjectName(u"homeSandbox"_s);
    connect(m_sandbox, &QPushButton::clicked, this, [this] { Q_EMIT issuerWanted({}); });
    m_useNote = new Label(tr("The server goes on with other keys; the traffic is kept."), made);
    m_useNote->setProperty("quiet", true);
    m_useNote->setWordWrap(true);
    auto *head = new QHBoxLayout;
    head->addWidget(title, 1);
    head->addWidget(pill);
    auto *ask = new QHBoxLayout;
    ask->addWidget(label);
    ask->addWidget(m_subdomain, 1);
    ask->addWidget(m_test);
    auto *place = new QWidget(made);
    auto *buttons = new FlowLayout(place);
    for (QWidget *one : {m_use, m_sandbox, m_copyAddress, m_dashboard})
        buttons->addWidget(one);
    auto *column = new QVBoxLayout(made);
    column->setContentsMargins(16, 12, 16, 12);
    column->addLayout(head);
    column->addLayout(ask);
    column->addWidget(m_subdomainFault);
    column->addWidget(lines);
    column->addStretch();
    column->addWidget(m_useNote);
    column->addWidget(place);
    return made;
}

QWidget *HomeView::makeFaults()
{
    m_faults = new QWidget(this);
    auto *title = new Label(tr("Break something"), m_faults);
    title->setProperty("strong", true);
    auto *more = new Label(tr("each ends in the exact explanation"), m_faults);
    more->setProperty("quiet", true);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(title);
    head->addWidget(more, 1);
    auto *place = new WrappingRow(m_faults);
    const std::tuple<QString, QString, QString> all[]
        = {{u"registration-off"_s, tr("Registration off"), tr("The sign-in stops at its registration.")},
           {u"token-audience"_s, tr("Token for another address"),
            tr("The sign-in works, and the call is refused.")},
           {u"token-expired"_s, tr("Token has expired"), tr("The first call is refused, and refreshed.")}};
    for (const auto &[name, text, about] : all) {
        QFrame *one = card(u"fault_"_s + name, place);
        auto *heading = new Label(text, one);
        heading->setProperty("strong", true);
        auto *words = new Label(about, one);
        words->setProperty("quiet", true);
        words->setWordWrap(true);
        words->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        auto *show = new QPushButton(tr("Show me"), one);
        show->setObjectName(u"showMe_"_s + name);
        show->setAccessibleName(tr("Show me: %1").arg(text));
        connect(show, &QPushButton::clicked, this, [this, fault = name] { Q_EMIT faultWanted(fault); });
        auto *column = new QVBoxLayout(one);
        column->setContentsMargins(12, 10, 12, 10);
        column->addWidget(heading);
        column->addWidget(words, 1);
        column->addWidget(show, 0, Qt::AlignLeft);
        QWidget *group = place->addGroup(1);
        group->layout()->addWidget(one);
    }
    auto *column = new QVBoxLayout(m_faults);
    column->setContentsMargins(0, 8, 0, 0);
    column->addLayout(head);
    column->addWidget(place);
    return m_faults;
}

void HomeView::showFaults()
{
    const QList<QPushButton *> buttons = m_faults->findChildren<QPushButton *>();
    if (buttons.isEmpty())
        return;
    m_area->ensureWidgetVisible(m_faults);
    buttons.first()->setFocus(Qt::OtherFocusReason);
}

void HomeView::setServer(Host::State state, const host::Running &running, const host::StartError &error)
{
    const bool isNew = m_state != state;
    m_state = state;
    m_running = running;
    m_error = error;
    if (state != Host::State::Listening)
        m_isTrying = false;
    updateHead();
    updateTry();
    showFindings();
    // What is to be done first has changed; nobody is taken from where they went.
    const QWidget *now = focusWidget();
    const bool isNowhere = !now || !now->isVisibleTo(this) || !now->isEnabled() || now == m_steps;
    if (isNew && isVisible() && isNowhere
        && (!window()->focusWidget() || isAncestorOf(window()->focusWidget())))
        home()->setFocus();
}

void HomeView::setToolCount(int count)
{
    m_tools = count;
    updateHead();
}

void HomeView::updateHead()
{
    const bool isUp = m_state == Host::State::Listening;
    const QString serving
        = isUp ? tr("Serving at %1, tools: %2.").arg(m_running.resource).arg(m_tools) : QString();
    m_about->setText(!isUp ? tr("The server does not run.")
                         : m_running.sandbox
                         ? serving + u' ' + tr("The sandbox signs people in. Nothing leaves this computer.")
                         : m_running.issuer.isEmpty()
                         ? serving + u' ' + tr("Nobody is asked for a token.")
                         : serving + u' ' + tr("%1 signs people in.").arg(m_running.issuer));
    const bool hasFailed = m_state == Host::State::Failed;
    m_problem->say(hasFailed ? Tone::Bad : Tone::Muted,
                   hasFailed ? host::sentenceOf(m_error) : tr("The server is stopped."), {},
                   hasFailed ? QString() : u"stop"_s);
    m_problem->setVisible(hasFailed || m_state == Host::State::Stopped);
    const bool isTaken = hasFailed && m_error.kind == host::StartError::Kind::PortInUse
        && m_error.field == "port"_L1 && m_error.nextFree > 0;
    m_otherPort->setText(tr("Use port %1").arg(m_error.nextFree));
    m_otherPort->setVisible(isTaken);
    m_start->setText(hasFailed ? tr("Try again") : tr("Start"));
    m_faults->setVisible(isUp && m_running.sandbox);
    const bool isReal = isUp && !m_running.sandbox;
    m_tryPill->set(Tone::Muted, isReal ? tr("with your own account") : tr("no account, about 30 s"));
    m_tryAbout->setText(
        isReal
            ? tr("Signs you in at your AuthKit as a client does, and calls a tool.")
            : tr(
                "A small AuthKit look-alike on this computer signs in a person of your choice, calls a tool, "
                "and then tries to get in without permission."));
    m_sandbox->setVisible(isUp && !m_running.sandbox);
}

void HomeView::runTry()
{
    Q_EMIT tryWanted();
    m_isTrying = m_run->isBusy(); // Else it could not begin.
    updateTry();
}

void HomeView::updateTry()
{
    using State = StepLanes::State;
    const bool isOwn = !m_run->flow() || m_run->begun().server == m_running.resource;
    const auto state = [&](std::initializer_list<StepId> ids) {
        QList<State> all;
        for (const StepId id : ids)
            all.append(isOwn ? stateOf(m_run->stepAt(int(id)).state) : State::Waiting);
        return together(all);
    };
    const auto took = [&](std::initializer_list<StepId> ids) {
        qint64 ms = 0;
        for (const StepId id : ids) {
            const oauth::Step step = m_run->stepAt(int(id));
            ms += step.state == StepState::Done ? step.tookMs : 0;
            if (isOwn && step.state == StepState::Running)
                return m_run->isWaiting() ? clockOf(m_run->waitedMs()) : QString();
        }
        return ms > 0 && isOwn ? durationOf(ms) : QString();
    };
    const auto row = [&](const QString &title, std::initializer_list<StepId> ids,
                         const QList<StepLanes::Arrow> &arrows) {
        return StepLanes::Row{title, took(ids), state(ids), arrows};
    };
    const StepLanes::Arrow toGate{Lane::Client, Lane::Gate};
    const StepLanes::Arrow toIssuer{Lane::Client, Lane::Issuer};
    QList<StepLanes::Row> rows{
        row(tr("Ask without a token"), {StepId::Ask}, {toGate}),
        row(tr("Read the metadata"), {StepId::Resource, StepId::Server}, {toGate, toIssuer}),
        row(tr("Register a client"), {StepId::Client}, {toIssuer}),
        row(tr("Sign in, in the browser"), {StepId::Authorize},
            {{Lane::Client, Lane::Browser, true}, {Lane::Browser, Lane::Issuer, true}}),
        row(tr("Get the token"), {StepId::Token}, {toIssuer}),
        row(tr("Call a tool"), {StepId::Session, StepId::List, StepId::Call}, {toGate})};
    const QList<oauth::NegativeCheck> &checks = m_run->checks()->checks();
    const auto count = [&checks](CheckState wanted) {
        return std::count_if(checks.begin(), checks.end(),
                             [wanted](const oauth::NegativeCheck &one) { return one.state == wanted; });
    };
    const bool isAttacking = isOwn && m_run->checks()->isRunning();
    const bool areDone = count(CheckState::NotRun) < checks.size() && !isAttacking;
    rows.append({tr("Try forged calls"),
                 {},
                 isAttacking                                  ? State::Running
                     : isOwn && count(CheckState::Failed) > 0 ? State::Failed
                     : areDone && isOwn                       ? State::Done
                                                              : State::Waiting,
                 {toGate}});
    m_lanes->setRows(rows);
    const bool isBusy = m_run->isBusy() || m_run->checks()->isRunning();
    const bool mayRun = !isBusy && m_state == Host::State::Listening;
    // First the one that takes the focus of the other.
    if (isBusy) {
        m_cancel->setEnabled(true);
        if (m_runIt->hasFocus())
            m_cancel->setFocus();
    }
    m_runIt->setEnabled(mayRun);
    if (!isBusy) {
        if (m_cancel->hasFocus())
            (mayRun ? m_runIt : m_steps)->setFocus();
        m_cancel->setEnabled(false);
    }
    const QList<QPushButton *> shows = m_faults->findChildren<QPushButton *>();
    for (QPushButton *show : shows)
        show->setEnabled(!isBusy);
    isBusy ? m_clock.start() : m_clock.stop();
    m_wait->setVisible(isOwn && m_run->isWaiting());
    if (isOwn && m_run->isWaiting())
        m_wait->say(Tone::Plain, tr("Waiting for you in the browser, %1.").arg(clockOf(m_run->waitedMs())),
                    m_running.sandbox ? tr("Choose a person, then Allow.") : QString(), u"running"_s);
    showResult();
}

void HomeView::showResult()
{
    const oauth::Flow *flow = m_run->flow();
    const bool isOwn = flow && m_run->begun().server == m_running.resource;
    const bool isThere = isOwn && m_run->isOver() && !m_run->checks()->isRunning();
    m_result->setVisible(isThere);
    if (!isThere)
        return;
    const RunResult result = resultOf(*flow, m_idClaims, m_accessClaims);
    const QList<oauth::NegativeCheck> &checks = m_run->checks()->checks();
    const auto passed = std::count_if(checks.begin(), checks.end(), [](const oauth::NegativeCheck &one) {
        return one.state == CheckState::Passed;
    });
    const auto run = std::count_if(checks.begin(), checks.end(), [](const oauth::NegativeCheck &one) {
        return one.state == CheckState::Passed || one.state == CheckState::Failed;
    });
    const QString more = run == 0 ? QString() : tr("%1 of %2 attacks refused.").arg(passed).arg(run);
    m_result->say(run > passed ? Tone::Bad : result.tone, result.sentence, more);
    m_connect->setVisible(!flow->failure());
    m_lookAtStep->setText(flow->failure() ? tr("Look at the step") : tr("See the calls"));
}

QString HomeView::typedIssuer() const
{
    const auto issuer = auth::issuerFromSubdomain(m_subdomain->text().trimmed());
    return issuer ? *issuer : QString();
}

void HomeView::test()
{
    const auto issuer = auth::issuerFromSubdomain(m_subdomain->text().trimmed());
    m_subdomainFault->setText(issuer ? QString() : issuer.error());
    m_subdomainFault->setVisible(!issuer);
    if (!issuer)
        return m_subdomain->setFocus();
    m_probe.start(*issuer);
    if (m_workOs->hasKey() && m_workOs->source() != WorkOsDesk::KeySource::Sandbox)
        m_workOs->look();
}

void HomeView::showLine(int index, IssuerFinding::State state, const QString &words, const QString &took)
{
    using State = IssuerFinding::State;
    const Tone tone = state == State::Passed ? Tone::Good : state == State::Failed ? Tone::Bad : Tone::Muted;
    const QString sign = state == State::Running ? u"running"_s
        : state == State::Waiting                ? u"ring"_s
        : state == State::NotChecked             ? u"none"_s
                                                 : iconNameOf(tone);
    const Line &line = m_lines.at(index);
    line.icon->setPixmap(
        iconPixmap(sign, Look::theme().colorOf(tone), fontMetrics().height(), devicePixelRatioF()));
    line.words->setText(state == State::Waiting       ? tr("not checked yet")
                            : state == State::Running ? tr("asking")
                            : state == State::NotChecked && words.isEmpty()
                            ? tr("not checked: what stands above has to be right first")
                            : words);
    line.words->setProperty("fault", state == State::Failed);
    line.words->style()->unpolish(line.words);
    line.words->style()->polish(line.words);
    line.took->setText(took);
}

void HomeView::showFindings()
{
    const QString typed = typedIssuer();
    const bool isOfTyped = m_probe.issuer() == typed && !typed.isEmpty();
    bool isOff = false;
    for (int i = 0; i < int(m_probe.findings().size()); ++i) {
        const IssuerFinding &finding = m_probe.findings().at(i);
        using State = IssuerFinding::State;
        showLine(i, isOfTyped ? finding.state : State::Waiting, isOfTyped ? wordsOf(finding) : QString(),
                 isOfTyped && finding.tookMs > 0 ? durationOf(finding.tookMs) : QString());
        isOff = isOff
            || (isOfTyped && finding.id == IssuerFinding::Id::Registration && finding.state == State::Failed);
    }
    m_test->setText(isOfTyped ? tr("Test again") : tr("Test"));
    m_test->setEnabled(!m_subdomain->text().trimmed().isEmpty());
    m_dashboard->setVisible(isOff);
    const bool isInUse = !typed.isEmpty() && typed == m_running.issuer;
    m_use->setText(typed.isEmpty() ? tr("Use it")
                                   : tr("Use %1").arg(inspector::lineText(QUrl(typed).host())));
    m_use->setEnabled(!typed.isEmpty() && !isInUse);
    showAddressLine();
}

/// WorkOS gives tokens for this server only where its address is listed there, byte for byte.
void HomeView::showAddressLine()
{
    using State = IssuerFinding::State;
    using Known = WorkOsDesk::Indicators::State;
    const WorkOsDesk::Indicators &there = m_workOs->indicators();
    const bool isReal = m_workOs->source() != WorkOsDesk::KeySource::Sandbox;
    m_copyAddress->setEnabled(!m_running.resource.isEmpty());
    if (isReal && there.state == Known::Known)
        return showLine(
            addressLine, there.hasOurs() ? State::Passed : State::Failed,
            there.hasOurs()
                ? tr("is among the MCP resource indicators")
                : tr("is not among the MCP resource indicators: add %1 exactly so").arg(m_running.resource),
            {});
    if (isReal && there.state == Known::Asking)
        return showLine(addressLine, State::Running, {}, {});
    QString why = m_workOs->source() == WorkOsDesk::KeySource::None
        ? tr("not checked, that needs an API key.")
        : !isReal                       ? tr("not checked while the sandbox is in use.")
        : there.state == Known::Failed  ? tr("not checked: %1").arg(there.fault)
        : there.state == Known::NoRoute ? tr("not checked: the API of this environment does not have them.")
                                        : tr("not checked yet.");
    if (!m_running.resource.isEmpty())
        why += u' ' + tr("Under MCP resource indicators must stand exactly %1").arg(m_running.resource);
    showLine(addressLine, State::NotChecked, why, {});
}

QWidget *HomeView::home() const
{
    if (m_problem->isVisibleTo(this))
        return m_otherPort->isVisibleTo(this) ? m_otherPort : m_start;
    return m_runIt->isEnabled() ? m_runIt : m_cancel->isEnabled() ? m_cancel : m_steps;
}

QList<QWidget *> HomeView::panes() const
{
    return {findChild<QWidget *>(u"tryCard"_s), findChild<QWidget *>(u"ownCard"_s), m_faults, m_sessions};
}

void HomeView::retheme()
{
    for (Strip *strip : {m_problem, m_wait, m_result})
        strip->retheme();
    m_lanes->update();
    showFindings();
    updateHead();
}

} // namespace gatehouse::app
