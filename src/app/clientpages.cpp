// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clientpages.h"

#include "app/callpage.h"
#include "app/checkspage.h"
#include "app/clientrun.h"
#include "app/pagearea.h"
#include "app/steplist.h"
#include "app/workosdesk.h"
#include "base/secretstore.h"
#include "inspector/exchangewords.h"
#include "inspector/tokenwords.h"
#include "inspector/trafficmodel.h"

#include <QApplication>
#include <QClipboard>
#include <QPointer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

using inspector::Tone;
using oauth::StepId;
using oauth::StepState;

ClientPages::ClientPages(ClientRun *run, inspector::TrafficModel *traffic, base::SecretStore *secrets,
                         QWidget *parent)
    : QStackedWidget(parent)
    , m_run(run)
    , m_traffic(traffic)
    , m_secrets(secrets)
{
    m_stepSide = new QWidget(this);
    m_step = new StepPage(m_stepSide);
    m_call = new CallPage(m_stepSide);
    auto *side = new QVBoxLayout(m_stepSide);
    side->setContentsMargins(0, 0, 0, 0);
    side->setSpacing(0);
    side->addWidget(m_step, 1);
    m_step->addBelowHead(m_call);
    m_tokens = new TokensPage(this);
    m_checks = new ChecksPage(this);
    m_forget = new ForgetPage(this);
    for (QWidget *page : {m_stepSide, static_cast<QWidget *>(m_tokens), static_cast<QWidget *>(m_checks),
                          static_cast<QWidget *>(m_forget)})
        addWidget(new PageArea(page, this));
    connectStepPage();
    connectTokensPage();
    connectChecksPage();
    connect(m_call, &CallPage::callWanted, this, &ClientPages::callWanted);
    connect(m_forget, &ForgetPage::forgetWanted, this, &ClientPages::forget);
}

void ClientPages::connectStepPage()
{
    connect(m_step, &StepPage::offered, this, &ClientPages::offered);
    connect(m_step, &StepPage::copyAddressWanted, this, [this] {
        const oauth::Flow *flow = m_run->flow();
        QApplication::clipboard()->setText(flow ? flow->authorizationAddress().toString(QUrl::FullyEncoded)
                                                : QString());
        Q_EMIT messageWanted(tr("Copied. The address is good for this sign-in only."));
    });
    connect(m_step, &StepPage::openAgainWanted, this, &ClientPages::openAgain);
    connect(m_step, &StepPage::copyCodeWanted, this, [this] {
        QApplication::clipboard()->setText(m_run->deviceCode().user);
        Q_EMIT messageWanted(tr("Copied. Type or paste it on the page of the sign-in."));
    });
    connect(m_step, &StepPage::pasteWanted, this, &ClientPages::paste);
    const auto onStep = [this](void (StepPage::*wanted)(), auto act) {
        connect(m_step, wanted, this, [this, act] {
            if (const int index = StepList::stepOf(m_row); index >= 0)
                act(index);
        });
    };
    onStep(&StepPage::copyWanted,
           [this](int index) { QApplication::clipboard()->setText(oauth::reportOf(m_run->stepAt(index))); });
    onStep(&StepPage::trafficWanted,
           [this](int index) { Q_EMIT trafficWanted(requestIdInTraffic(m_run->stepAt(index))); });
    onStep(&StepPage::repeatWanted, [this](int index) { Q_EMIT repeatWanted(index); });
}

void ClientPages::connectTokensPage()
{
    connect(m_tokens, &TokensPage::refreshWanted, this, &ClientPages::refreshWanted);
    connect(m_tokens, &TokensPage::copyTokenWanted, this, [this](int kind) {
        if (!m_run->flow())
            return;
        const oauth::Tokens &tokens = m_run->flow()->tokens();
        QApplication::clipboard()->setText(
            QString::fromLatin1(kind == TokensPage::Access ? tokens.access : tokens.id));
        Q_EMIT messageWanted(tr("Copied the token itself. Whoever has it is the user until it expires."));
    });
}

void ClientPages::connectChecksPage()
{
    connect(m_checks, &ChecksPage::runWanted, this, &ClientPages::checksWanted);
    connect(m_checks, &ChecksPage::cancelWanted, this, [this] { m_run->checks()->cancel(); });
    connect(m_checks, &ChecksPage::copyWanted, this,
            [this] { QApplication::clipboard()->setText(oauth::textOf(m_run->checks()->checks())); });
    connect(m_checks, &ChecksPage::trafficWanted, this,
            [this] { Q_EMIT trafficWanted(m_checks->requestId()); });
    connect(m_checks, &ChecksPage::chosen, this,
            [this] { m_checks->setHasTraffic(isInTraffic(m_checks->requestId())); });
}

// What is done here
// ------------------------------------------------------------------------------------------

void ClientPages::openAgain()
{
    const oauth::DeviceCode &code = m_run->deviceCode();
    if (m_run->isWaiting())
        m_run->flow()->openAgain();
    else if (!code.user.isEmpty())
        m_run->open(code.whole.isEmpty() ? code.address : code.whole);
    showRow(m_row);
}

void ClientPages::paste()
{
    if (!m_run->isWaiting() || m_run->flow()->takePasted(QApplication::clipboard()->text().left(16 * 1024)))
        return;
    Q_EMIT messageWanted(tr("The clipboard does not hold the address at which this sign-in ends."));
}

void ClientPages::forget(const oauth::Forgotten &what, bool isRevoked)
{
    if (!m_run->mayRepeat())
        return;
    const QString client = m_run->flow()->client().id;
    if (!isRevoked || !m_workOs)
        return forgetHere(what, tr("Forgotten. Start over to sign in again."));
    m_forget->setEnabled(false);
    // First there: what is forgotten here could not be named there any more.
    m_workOs->revoke(
        signedInUser(), client,
        [here = QPointer(this), flow = QPointer(m_run->flow()), what](const QString &fault, bool wasThere) {
            if (!here)
                return;
            here->m_forget->setEnabled(true);
            if (!flow || here->m_run->flow() != flow || !here->m_run->mayRepeat())
                return; // Another sign-in has begun, and nothing of that is meant.
            if (!fault.isEmpty())
                return here->m_forget->say(tr("Nothing was forgotten. %1").arg(fault));
            here->forgetHere(what,
                             wasThere
                                 ? tr("Forgotten, and taken back at WorkOS. Start over to sign in again.")
                                 : tr("Forgotten. WorkOS knew of no consent for this client."));
        });
}

void ClientPages::forgetHere(const oauth::Forgotten &what, const QString &said)
{
    m_run->forget(what, [this, said] {
        showRow(m_row);
        m_forget->say(said);
    });
}

/// Only of the issuer that our server trusts, whose environment the key is for, and by a token that is good:
/// else a foreign server would name whose consent ends.
bool ClientPages::mayRevoke() const
{
    const oauth::Flow *flow = m_run->flow();
    return m_workOs && m_workOs->hasKey() && flow && !flow->client().id.isEmpty() && m_run->isOfOwnIssuer()
        && verdict(TokensPage::Access).accepted() && !signedInUser().isEmpty();
}

QString ClientPages::signedInUser() const
{
    return verdict(TokensPage::Access).claims.value("sub"_L1).toString();
}

// What is shown
// ----------------------------------------------------------------------------------------------

void ClientPages::showRow(int row)
{
    if (row < 0)
        return;
    m_row = row;
    if (row == StepList::TokensRow) {
        turnTo(m_tokens);
    } else if (row == StepList::ChecksRow) {
        turnTo(m_checks);
        m_checks->setHasTraffic(isInTraffic(m_checks->requestId()));
    } else if (row == StepList::ForgetRow) {
        fillForgetPage();
    } else {
        fillStepPage(StepList::stepOf(row));
    }
}

void ClientPages::turnTo(const QWidget *page)
{
    for (int i = 0; i < count(); ++i) {
        if (widget(i)->isAncestorOf(page))
            setCurrentIndex(i);
    }
}

QWidget *ClientPages::page() const
{
    return static_cast<QScrollArea *>(currentWidget())->widget();
}

void ClientPages::showChecks(int index)
{
    const bool isRunning = m_run->checks()->isRunning();
    m_checks->show(m_run->checks()->checks(), isRunning);
    if (isRunning && index >= 0)
        m_checks->select(index);
}

void ClientPages::selectCheck(int index)
{
    m_checks->select(index);
}

void ClientPages::showToken(TokensPage::Kind kind, const auth::Verdict &verdict, qint64 atMs)
{
    m_tokens->show(kind, verdict, atMs);
}

void ClientPages::updateTokens()
{
    const oauth::Flow *flow = m_run->flow();
    const bool hasRefresh = flow && !flow->tokens().refresh.isEmpty();
    m_tokens->setRefreshable(
        hasRefresh && !m_run->isBusy() && flow->current() >= int(StepId::Refresh),
        !flow || hasRefresh ? QString()
                            : tr("There is no refresh token: ask for offline_access and sign in again."));
}

void ClientPages::fillForgetPage()
{
    const oauth::Flow *flow = m_run->flow();
    const oauth::Tokens tokens = flow ? flow->tokens() : oauth::Tokens();
    m_forget->show({!tokens.access.isEmpty(), !tokens.refresh.isEmpty(), !tokens.id.isEmpty(),
                    flow && !flow->client().id.isEmpty() && m_run->begun().clientId.isEmpty(),
                    flow && flow->hasTrust()},
                   flow ? flow->server().issuer : QString(), m_secrets->outlivesTheProgram(), mayRevoke());
    turnTo(m_forget);
}

void ClientPages::fillStepPage(int index)
{
    const oauth::Flow *flow = m_run->flow();
    const oauth::Step step = m_run->stepAt(index);
    const bool hasFailed = step.state == StepState::Failed && flow && flow->failure();
    m_step->show(StepList::rowOf(step.id) + 1, step, m_run->grant(),
                 hasFailed ? offersFor(*flow->failure(), step.id, m_run->isOfSandbox()) : QList<Offer>(),
                 verdictsOf(step), waitOf(step));
    m_step->setHasTraffic(!requestIdInTraffic(step).isEmpty());
    m_step->setMayRepeat(m_run->mayRepeat() && index <= flow->current() && step.state != StepState::Waiting);
    m_call->setVisible(step.id == StepId::Call);
    m_call->setTools(flow ? flow->tools() : QList<client::ToolInfo>());
    m_call->setMayCall(m_run->mayRepeat() && flow->current() >= int(StepId::Call));
    turnTo(m_stepSide);
}

StepPage::Wait ClientPages::waitOf(const oauth::Step &step) const
{
    using For = StepPage::Wait::For;
    if (m_run->isWaiting() && step.id == StepId::Authorize)
        return {For::Browser, m_run->waitedMs(), m_run->isBrowserOpen()};
    if (step.state != StepState::Running)
        return {};
    if (!m_run->deviceCode().user.isEmpty())
        return {For::Device, m_run->waitedMs(), false, m_run->deviceCode()};
    return {For::Answer, m_run->runningMs()};
}

StepPage::Verdicts ClientPages::verdictsOf(const oauth::Step &step) const
{
    StepPage::Verdicts out;
    const bool hasToken = step.id == StepId::Session || step.id == StepId::List || step.id == StepId::Call;
    const auth::Verdict &own = verdict(TokensPage::Access);
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

bool ClientPages::isInTraffic(const QByteArray &requestId) const
{
    return m_traffic->serialOf(requestId) != 0;
}

/// The last request of a step that is there, and rather one with a token: others only look where to go on.
QByteArray ClientPages::requestIdInTraffic(const oauth::Step &step) const
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

void ClientPages::retheme()
{
    m_step->retheme();
    m_tokens->retheme();
    m_checks->retheme();
    m_forget->retheme();
}

} // namespace gatehouse::app
