// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clientview.h"

#include "app/callpage.h"
#include "app/checkspage.h"
#include "app/faultmenu.h"
#include "app/icons.h"
#include "app/pagearea.h"
#include "app/pill.h"
#include "app/signinpages.h"
#include "app/theme.h"
#include "app/wrappingrow.h"
#include "base/clock.h"
#include "base/mask.h"
#include "base/random.h"
#include "base/secretstore.h"
#include "host/minting.h"
#include "inspector/exchangewords.h"
#include "inspector/tokenwords.h"
#include "inspector/trafficmodel.h"
#include "inspector/words.h"

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QStyledItemDelegate>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using inspector::Tone;
using oauth::StepId;
using oauth::StepState;

enum ListColumn { TitleColumn, StatusColumn, TimeColumn };

/// Selection is a tint with a bar at its left, as everywhere; Fusion's focus frame would lie over it.
class RowDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        if (option.state.testFlag(QStyle::State_Selected) && index.column() == TitleColumn)
            painter->fillRect(0, option.rect.top(), 3, option.rect.height(), Look::theme().accent);
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->state.setFlag(QStyle::State_HasFocus, false);
    }
};

sandbox::SandboxAddress sandboxOf(const host::Running &running)
{
    return {running.issuer, running.sandboxSecret};
}

QUrl dashboard()
{
    return QUrl(u"https://dashboard.workos.com/"_s);
}

} // namespace

ClientView::ClientView(inspector::TrafficModel *traffic, base::SecretStore *secrets, QWidget *parent)
    : QWidget(parent)
    , m_traffic(traffic)
    , m_secrets(secrets)
    , m_opener([](const QUrl &url) { return QDesktopServices::openUrl(url); })
    , m_accessJudge(&m_fetcher, base::systemClock())
    , m_idJudge(&m_fetcher, base::systemClock())
{
    setObjectName(u"clientView"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_form = new ClientForm(this);
    column->addWidget(m_form);
    makeBar(column);
    m_list = new QTreeWidget(this);
    m_list->setObjectName(u"steps"_s);
    m_list->setAccessibleName(tr("Steps"));
    m_list->setProperty("plain", true);
    m_list->setColumnCount(3);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setItemDelegate(new RowDelegate(m_list));
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(TitleColumn, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(StatusColumn, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(TimeColumn, QHeaderView::ResizeToContents);
    m_list->header()->setMinimumSectionSize(20);
    for (int row = 0; row < RowCount; ++row) {
        auto *item = new QTreeWidgetItem(m_list);
        item->setTextAlignment(StatusColumn, Qt::AlignRight | Qt::AlignVCenter);
        item->setTextAlignment(TimeColumn, Qt::AlignRight | Qt::AlignVCenter);
    }
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
    makeChecks();

    m_clock.setInterval(1000);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        updateExpiry();
        if (m_isWaiting)
            updatePage();
    });
    m_clock.start();
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this] { updatePage(); });
    connect(m_form, &ClientForm::changed, this, &ClientView::updateActions);
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
    m_list->setCurrentItem(m_list->topLevelItem(0));
    updateRows();
    updateActions();
}

ClientView::~ClientView()
{
    // Before the fetcher that they use, and before what their signals lead to.
    m_checks.reset();
    m_flow.reset();
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
    m_faults = new FaultMenu(&m_fetcher, bar);
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
    connect(m_step, &StepPage::offered, this, &ClientView::offer);
    connect(m_step, &StepPage::copyAddressWanted, this, [this] {
        QApplication::clipboard()->setText(
            m_flow ? m_flow->authorizationAddress().toString(QUrl::FullyEncoded) : QString());
        Q_EMIT messageWanted(tr("Copied. The address is good for this sign-in only."));
    });
    connect(m_step, &StepPage::openAgainWanted, this, [this] {
        if (m_flow && m_isWaiting)
            m_flow->openAgain();
        updatePage();
    });
    connect(m_step, &StepPage::copyWanted, this, [this] {
        const int index = stepOf(m_list->indexOfTopLevelItem(m_list->currentItem()));
        if (index >= 0)
            QApplication::clipboard()->setText(oauth::reportOf(stepAt(index)));
    });
    connect(m_step, &StepPage::trafficWanted, this, [this] {
        const int index = stepOf(m_list->indexOfTopLevelItem(m_list->currentItem()));
        if (index >= 0)
            Q_EMIT trafficWanted(requestIdInTraffic(stepAt(index)));
    });
    connect(m_step, &StepPage::repeatWanted, this, [this] {
        const int index = stepOf(m_list->indexOfTopLevelItem(m_list->currentItem()));
        if (index >= 0)
            retryFrom(StepId(index));
    });
    connect(m_call, &CallPage::callWanted, this, &ClientView::call);
    connect(m_tokens, &TokensPage::refreshWanted, this, &ClientView::refreshTokens);
    connect(m_tokens, &TokensPage::copyTokenWanted, this, [this](int kind) {
        if (!m_flow)
            return;
        const oauth::Tokens &tokens = m_flow->tokens();
        QApplication::clipboard()->setText(
            QString::fromLatin1(kind == TokensPage::Access ? tokens.access : tokens.id));
        Q_EMIT messageWanted(tr("Copied the token itself. Whoever has it is the user until it expires."));
    });
    connect(m_checksPage, &ChecksPage::runWanted, this, &ClientView::runChecks);
    connect(m_checksPage, &ChecksPage::cancelWanted, this, [this] { m_checks->cancel(); });
    connect(m_checksPage, &ChecksPage::copyWanted, this,
            [this] { QApplication::clipboard()->setText(oauth::textOf(m_checks->checks())); });
    connect(m_checksPage, &ChecksPage::trafficWanted, this,
            [this] { Q_EMIT trafficWanted(m_checksPage->requestId()); });
    connect(m_checksPage, &ChecksPage::chosen, this,
            [this] { m_checksPage->setHasTraffic(m_traffic->serialOf(m_checksPage->requestId()) != 0); });
    connect(m_forget, &ForgetPage::forgetWanted, this, &ClientView::forget);
}

int ClientView::rowOf(StepId id)
{
    return int(id) <= int(StepId::Token) ? int(id) : int(id) + 1;
}

int ClientView::stepOf(int row)
{
    if (row < 0 || row == TokensRow || row >= ChecksRow)
        return -1;
    return row < TokensRow ? row : row - 1;
}

void ClientView::setServer(host::Host::State state, const host::Running &running)
{
    m_isUp = state == host::Host::State::Listening;
    m_running = m_isUp ? running : host::Running();
    if (m_isUp)
        m_form->setOwnServer(running.resource);
    m_faults->setSandbox(m_isUp && running.sandbox ? sandboxOf(running) : sandbox::SandboxAddress());
    updateActions();
}

bool ClientView::isBusy() const
{
    return m_flow && (m_flow->isRunning() || m_flow->isEnding() || m_goal >= 0);
}

bool ClientView::isOfSandbox() const
{
    return m_isUp && m_running.sandbox && m_flow && m_flow->server().issuer == m_running.issuer;
}

oauth::Step ClientView::stepAt(int index) const
{
    if (m_flow)
        return m_flow->steps().at(index);
    oauth::Step step;
    step.id = StepId(index);
    step.title = oauth::titleOf(step.id);
    return step;
}

// The pace ------------------------------------------------------------------------------------------------

bool ClientView::prepare()
{
    if (!m_form->judge().isEmpty())
        return false;
    const ClientForm::Values now = m_form->values();
    if (m_flow && m_begun == now)
        return true;
    m_begun = now;
    oauth::FlowSettings settings;
    settings.server = now.server;
    settings.clientId = now.clientId;
    settings.scopes = now.scopes;
    settings.useKept = now.useKept;
    settings.refreshAtEnd = true;
    settings.callbackPort = m_callbackPort;
    settings.opener = [this](const QUrl &url) { return m_opener(url); };
    settings.lockFolder
        = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + u"/gatehouse"_s;
    m_flow = std::make_unique<oauth::Flow>(
        settings, oauth::FlowParts{&m_fetcher, m_secrets, base::systemClock(), base::systemRandom()});
    m_form->setRedirect(m_flow->redirectUri());
    m_form->remember(now.server);
    m_judged.clear();
    judgeTokens();
    makeChecks();
    connect(m_flow.get(), &oauth::Flow::stepChanged, this, &ClientView::stepChanged);
    connect(m_flow.get(), &oauth::Flow::paused, this, &ClientView::paused);
    connect(m_flow.get(), &oauth::Flow::finished, this, [this] {
        m_goal = -1;
        m_faults->refresh(); // Some are used up by now.
        updateRows();
        updateActions();
    });
    connect(m_flow.get(), &oauth::Flow::browserAwaited, this, [this](bool isOpen) {
        m_isWaiting = true;
        m_isBrowserOpen = isOpen;
        m_waiting.start();
        m_list->setCurrentItem(m_list->topLevelItem(rowOf(StepId::Authorize)));
        updatePage();
    });
    return true;
}

void ClientView::next()
{
    if (isBusy() || !prepare() || m_flow->failure())
        return;
    m_goal = std::min(m_flow->current(), oauth::stepCount - 1);
    m_list->setFocus(); // The field or button that was used is disabled now.
    advance();
}

void ClientView::runAll()
{
    if (isBusy())
        return;
    // What is over stays until one begins anew, which this does.
    if (m_flow && (m_flow->failure() || m_flow->current() >= oauth::stepCount))
        startOver();
    if (!prepare())
        return;
    m_goal = oauth::stepCount - 1;
    m_list->setFocus();
    advance();
}

/// One step towards the goal. The flow's own runAll() would not stop in the middle.
void ClientView::advance()
{
    if (m_flow->failure() || m_flow->current() > m_goal) {
        m_goal = -1;
        updateActions();
        return;
    }
    m_flow->next();
    updateActions();
}

void ClientView::cancel()
{
    if (!isBusy())
        return;
    m_goal = -1;
    if (m_cancel->hasFocus())
        m_list->setFocus();
    m_flow->cancel();
    updateActions();
}

void ClientView::startOver()
{
    if (m_checks)
        m_checks->cancel();
    m_goal = -1;
    m_isWaiting = false;
    m_flow.reset();
    m_judged.clear();
    judgeTokens();
    makeChecks();
    m_list->setCurrentItem(m_list->topLevelItem(0));
    m_list->setFocus(); // The button that was used is disabled now.
    updateRows();
    updateActions();
}

void ClientView::retryFrom(StepId id)
{
    if (!m_flow || isBusy())
        return;
    if (m_pages->isAncestorOf(QApplication::focusWidget()))
        lendFocus();
    // To where the run had come, at least to this step.
    const int reached = std::min(m_flow->current(), oauth::stepCount - 1);
    m_flow->retryFrom(id);
    m_goal = std::max(reached, int(id));
    updateRows();
    advance();
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
    if (!m_flow || isBusy())
        return;
    lendFocus();
    m_flow->setCall(tool, arguments);
    m_flow->retryFrom(StepId::Call);
    m_goal = int(StepId::Call);
    updateRows();
    advance();
}

void ClientView::refreshTokens()
{
    if (!m_flow || isBusy() || m_flow->tokens().refresh.isEmpty())
        return;
    lendFocus();
    m_flow->retryFrom(StepId::Refresh);
    m_goal = int(StepId::Refresh);
    advance();
}

void ClientView::forget(const oauth::Forgotten &what)
{
    if (!m_flow || isBusy())
        return;
    m_flow->forget(what, [this] {
        judgeTokens();
        updatePage();
        m_forget->say(tr("Forgotten. Start over to sign in again."));
        updateActions();
    });
}

void ClientView::openDashboard()
{
    m_opener(dashboard());
}

void ClientView::offer(Offer what)
{
    const int failed = m_flow ? m_flow->current() : -1;
    switch (what) {
    case Offer::OpenDashboard:
        openDashboard();
        return;
    case Offer::UseClientId:
        m_form->askForClientId();
        return;
    case Offer::CopyResource:
        QApplication::clipboard()->setText(m_flow ? m_flow->resource().resource : QString());
        Q_EMIT messageWanted(tr("Copied. Add it to the dashboard exactly so."));
        return;
    case Offer::AllowRegistration:
        m_faults->set(u"registration-off"_s, false, [this] { retryFrom(StepId::Client); });
        return;
    case Offer::RegisterAgain:
        m_form->registerAnew();
        if (m_flow)
            m_flow->forget({true, true, true, true, false}, [this] { retryFrom(StepId::Client); });
        return;
    case Offer::TrustIssuer:
        if (m_flow)
            m_flow->trustTheIssuer();
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
    const oauth::Step &step = m_flow->steps().at(index);
    if (step.state != StepState::Running && step.id == StepId::Authorize)
        m_isWaiting = false;
    if (step.id == StepId::Client && step.state != StepState::Waiting)
        m_form->setRedirect(m_flow->redirectUri());
    if (step.state == StepState::Running || step.state == StepState::Failed)
        m_list->setCurrentItem(m_list->topLevelItem(rowOf(step.id)));
    if (step.state == StepState::Done && (step.id == StepId::Token || step.id == StepId::Refresh))
        judgeTokens();
    updateRow(rowOf(step.id));
    updateRow(TokensRow);
    updatePage();
}

void ClientView::paused()
{
    if (m_goal >= 0 && !m_flow->failure())
        // Not from within the signal: the next step may end the flow.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_flow && m_goal >= 0 && !m_flow->isRunning())
                    advance();
            },
            Qt::QueuedConnection);
    else
        m_goal = -1;
    judgeTokens(); // A kept sign-in brings its own.
    updateActions();
    updatePage();
}

void ClientView::judgeTokens()
{
    const oauth::Tokens tokens = m_flow ? m_flow->tokens() : oauth::Tokens();
    const QByteArray now = tokens.access.isEmpty() && tokens.id.isEmpty()
        ? QByteArray()
        : base::fingerprint(tokens.access + ' ' + tokens.id);
    if (now == m_judged && !now.isEmpty())
        return;
    m_judged = now;
    const qint64 at = QDateTime::currentMSecsSinceEpoch();
    m_tokens->show(TokensPage::Access, {}, at);
    m_tokens->show(TokensPage::Id, {}, at);
    updateExpiry();
    // What is asked about the tokens of before shall not be shown any more.
    m_accessJudge.judge({}, {}, {});
    m_idJudge.judge({}, {}, {});
    if (now.isEmpty())
        return;
    const oauth::AuthorizationServer &server = m_flow->server();
    m_accessJudge.judge(tokens.access,
                        {server.issuer, m_flow->resource().resource, server.keysAddress, m_begun.server},
                        [this, at](const auth::Verdict &verdict) {
                            m_tokens->show(TokensPage::Access, verdict, at);
                            updateExpiry();
                            updateRow(TokensRow);
                            updatePage();
                        });
    m_idJudge.judge(
        tokens.id, {server.issuer, m_flow->client().id, server.keysAddress, m_begun.server, true},
        [this, at](const auth::Verdict &verdict) { m_tokens->show(TokensPage::Id, verdict, at); });
}

void ClientView::makeChecks()
{
    oauth::NegativeChecks::Parts parts{&m_fetcher, base::systemClock(), base::systemRandom()};
    const QString server = m_form->values().server;
    // The form may name another one by now, which must get nothing that is good at the first.
    const bool isSignedInThere = m_flow && m_begun.server == server;
    if (m_isUp && m_running.sandbox && server == m_running.resource)
        parts.mint = host::mintFrom(&m_fetcher, sandboxOf(m_running), m_running.resource);
    else if (isSignedInThere && isOfSandbox())
        parts.mint = host::mintFrom(&m_fetcher, sandboxOf(m_running), m_flow->resource().resource);
    if (isSignedInThere)
        parts.token = m_flow->accessToken();
    m_checks = std::make_unique<oauth::NegativeChecks>(server, parts);
    connect(m_checks.get(), &oauth::NegativeChecks::checkChanged, this, [this](int index) {
        m_checksPage->show(m_checks->checks(), m_checks->isRunning());
        if (m_checks->isRunning())
            m_checksPage->select(index);
        updateRow(ChecksRow);
    });
    connect(m_checks.get(), &oauth::NegativeChecks::finished, this, [this] {
        m_checksPage->show(m_checks->checks(), false);
        updateRow(ChecksRow);
        updateActions();
    });
    m_checksPage->show(m_checks->checks(), false);
    updateRow(ChecksRow);
}

void ClientView::runChecks()
{
    if (m_checks->isRunning() || !m_form->judge().isEmpty())
        return;
    makeChecks();
    m_list->setCurrentItem(m_list->topLevelItem(ChecksRow));
    m_checks->run();
    updateActions();
}

void ClientView::copyReport()
{
    QList<oauth::Step> steps;
    for (int i = 0; i < oauth::stepCount; ++i)
        steps.append(stepAt(i));
    QString text
        = oauth::reportOf(m_begun.server.isEmpty() ? m_form->values().server : m_begun.server, steps);
    const auto isRun
        = [](const oauth::NegativeCheck &check) { return check.state != oauth::CheckState::NotRun; };
    if (std::any_of(m_checks->checks().begin(), m_checks->checks().end(), isRun))
        text += u"\n## "_s + tr("Negative checks") + u"\n\n"_s + oauth::textOf(m_checks->checks());
    QApplication::clipboard()->setText(text);
    Q_EMIT messageWanted(tr("Copied the report. Its secrets are masked."));
}

// What is shown ---------------------------------------------------------------------------------------------

void ClientView::updateRows()
{
    for (int row = 0; row < RowCount; ++row)
        updateRow(row);
    updatePage();
}

void ClientView::updateRow(int row)
{
    QTreeWidgetItem *item = m_list->topLevelItem(row);
    StateWords state = stateWordsOf(StepState::Waiting);
    QString title;
    QString status;
    QString time;
    if (const int index = stepOf(row); index >= 0) {
        const oauth::Step step = stepAt(index);
        state = stateWordsOf(step.state);
        title = step.title;
        if (step.state != StepState::Waiting && step.state != StepState::Skipped) {
            status = step.status() > 0 ? QString::number(step.status()) : QString();
            time = step.state == StepState::Running ? u"…"_s : durationOf(step.tookMs);
        }
    } else if (row == TokensRow) {
        title = tr("Look at the token");
        const auth::Verdict &verdict = m_tokens->verdict(TokensPage::Access);
        if (!verdict.fingerprint.isEmpty()) {
            const Tone tone = verdict.claims.isEmpty() ? Tone::Muted : inspector::headlineOf(verdict).tone;
            state = {tone, iconNameOf(tone), tone == Tone::Good ? tr("good") : tr("see there")};
        }
    } else if (row == ChecksRow) {
        title = tr("Negative checks");
        const QList<oauth::NegativeCheck> checks
            = m_checks ? m_checks->checks() : QList<oauth::NegativeCheck>();
        int passed = 0;
        int failed = 0;
        for (const oauth::NegativeCheck &check : checks) {
            passed += check.state == oauth::CheckState::Passed ? 1 : 0;
            failed += check.state == oauth::CheckState::Failed ? 1 : 0;
        }
        if (m_checks && m_checks->isRunning())
            state = stateWordsOf(StepState::Running);
        else if (passed + failed > 0)
            state = stateWordsOf(failed > 0 ? StepState::Failed : StepState::Done);
        status = u"%1/%2"_s.arg(passed).arg(oauth::checkCount);
    } else {
        title = tr("Forget");
        state = {Tone::Muted, u"none"_s, {}};
    }
    item->setText(TitleColumn, u"%1  %2"_s.arg(row + 1).arg(title));
    item->setIcon(TitleColumn, icon(state.icon, state.tone));
    item->setText(StatusColumn, status);
    item->setText(TimeColumn, time);
    const Theme &theme = Look::theme();
    item->setForeground(StatusColumn, theme.muted);
    item->setForeground(TimeColumn, theme.muted);
    item->setForeground(TitleColumn,
                        state.tone == Tone::Bad       ? theme.bad
                            : state.icon == "ring"_L1 ? theme.muted
                                                      : theme.text);
    item->setToolTip(TitleColumn, inspector::toolTipText(title));
    item->setData(TitleColumn, Qt::AccessibleTextRole,
                  QStringList{item->text(TitleColumn), state.word, status, time}.join(u", "_s));
}

QByteArray ClientView::requestIdInTraffic(const oauth::Step &step) const
{
    for (auto leg = step.legs.crbegin(); leg != step.legs.crend(); ++leg) {
        if (m_traffic->serialOf(leg->requestId) != 0)
            return leg->requestId;
    }
    return {};
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
    const inspector::Entry *entry = m_traffic->entryOf(m_traffic->serialOf(requestIdInTraffic(step)));
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
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    if (row == TokensRow) {
        turnTo(m_tokens);
        return;
    }
    if (row == ChecksRow) {
        turnTo(m_checksPage);
        m_checksPage->setHasTraffic(m_traffic->serialOf(m_checksPage->requestId()) != 0);
        return;
    }
    if (row == ForgetRow) {
        const oauth::Tokens tokens = m_flow ? m_flow->tokens() : oauth::Tokens();
        m_forget->show({!tokens.access.isEmpty(), !tokens.refresh.isEmpty(), !tokens.id.isEmpty(),
                        m_flow && !m_flow->client().id.isEmpty() && m_begun.clientId.isEmpty(),
                        m_flow && m_flow->hasTrust()},
                       m_flow ? m_flow->server().issuer : QString(), m_secrets->outlivesTheProgram());
        turnTo(m_forget);
        return;
    }
    const int index = stepOf(row);
    if (index < 0)
        return;
    const oauth::Step step = stepAt(index);
    const bool hasFailed = step.state == StepState::Failed && m_flow && m_flow->failure();
    m_step->show(row + 1, step,
                 hasFailed ? offersFor(*m_flow->failure(), step.id, isOfSandbox()) : QList<Offer>(),
                 verdictsOf(step));
    if (m_isWaiting && step.id == StepId::Authorize)
        m_step->showWaiting(m_waiting.elapsed(), m_isBrowserOpen);
    m_step->setHasTraffic(!requestIdInTraffic(step).isEmpty());
    m_step->setMayRepeat(m_flow && !isBusy() && index <= m_flow->current()
                         && step.state != StepState::Waiting);
    m_call->setVisible(step.id == StepId::Call);
    m_call->setTools(m_flow ? m_flow->tools() : QList<client::ToolInfo>());
    m_call->setMayCall(m_flow && !isBusy() && m_flow->current() >= int(StepId::Call));
    turnTo(m_stepSide);
}

void ClientView::updateActions()
{
    const bool busy = isBusy();
    const bool isOver = m_flow && (m_flow->failure() || m_flow->current() >= oauth::stepCount)
        && m_begun == m_form->values();
    m_form->setEditable(!busy);
    m_next->setEnabled(!busy && !isOver);
    m_runAll->setEnabled(!busy);
    m_cancel->setEnabled(busy && !m_flow->isEnding());
    m_startOver->setEnabled(m_flow != nullptr && !busy);
    const bool hasRefresh = m_flow && !m_flow->tokens().refresh.isEmpty();
    const bool mayRefresh = hasRefresh && !busy && m_flow->current() >= int(StepId::Refresh);
    m_tokens->setRefreshable(
        mayRefresh,
        !m_flow || hasRefresh ? QString()
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
    const auto has = [&requestId](const oauth::Leg &leg) { return leg.requestId == requestId; };
    if (m_flow) {
        for (const oauth::Step &step : m_flow->steps()) {
            if (std::any_of(step.legs.begin(), step.legs.end(), has))
                return true;
        }
    }
    return std::any_of(m_checks->checks().begin(), m_checks->checks().end(),
                       [&has](const oauth::NegativeCheck &check) { return has(check.leg); });
}

bool ClientView::showStep(const QByteArray &requestId)
{
    for (int i = 0; m_flow && i < oauth::stepCount; ++i) {
        const QList<oauth::Leg> &legs = m_flow->steps().at(i).legs;
        if (std::any_of(legs.begin(), legs.end(),
                        [&](const oauth::Leg &leg) { return leg.requestId == requestId; })) {
            m_list->setCurrentItem(m_list->topLevelItem(rowOf(StepId(i))));
            m_list->setFocus();
            return true;
        }
    }
    for (int i = 0; i < oauth::checkCount; ++i) {
        if (m_checks->checks().at(i).leg.requestId == requestId) {
            m_list->setCurrentItem(m_list->topLevelItem(ChecksRow));
            m_checksPage->select(i);
            m_list->setFocus();
            return true;
        }
    }
    return false;
}

QList<QWidget *> ClientView::panes() const
{
    const auto *area = static_cast<QScrollArea *>(m_pages->currentWidget());
    return {m_form->firstField(), isBusy() ? m_cancel : m_runAll, m_list, area->widget()};
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
    m_step->retheme();
    m_tokens->retheme();
    m_checksPage->retheme();
    m_forget->retheme();
    const int size = fontMetrics().height();
    m_list->setIconSize({size, size});
    fitWidth();
    updateRows();
    updateExpiry();
}

} // namespace gatehouse::app
