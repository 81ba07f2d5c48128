// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clientrun.h"

#include "base/clock.h"
#include "base/mask.h"
#include "base/random.h"
#include "host/minting.h"

#include <QDateTime>
#include <QDesktopServices>
#include <QStandardPaths>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

using oauth::StepId;
using oauth::StepState;

ClientRun::ClientRun(base::SecretStore *secrets, QObject *parent)
    : QObject(parent)
    , m_secrets(secrets)
    , m_opener([](const QUrl &url) { return QDesktopServices::openUrl(url); })
    , m_accessJudge(&m_fetcher, base::systemClock())
    , m_idJudge(&m_fetcher, base::systemClock())
{ }

ClientRun::~ClientRun()
{
    blockSignals(true); // Whoever hears them is on its way as well.
    m_checks.reset();
    m_flow.reset();
}

void ClientRun::setServer(host::Host::State state, const host::Running &running)
{
    m_running = state == host::Host::State::Listening ? running : host::Running();
}

sandbox::SandboxAddress ClientRun::sandbox() const
{
    return m_running.sandbox ? sandbox::SandboxAddress{m_running.issuer, m_running.sandboxSecret}
                             : sandbox::SandboxAddress();
}

oauth::Step ClientRun::stepAt(int index) const
{
    if (m_flow)
        return m_flow->steps().at(index);
    oauth::Step step;
    step.id = StepId(index);
    step.title = oauth::titleOf(step.id, m_grant);
    return step;
}

int ClientRun::stepOf(const QByteArray &requestId) const
{
    const auto isThat = [&requestId](const oauth::Leg &leg) { return leg.requestId == requestId; };
    for (int i = 0; m_flow && i < oauth::stepCount; ++i) {
        const QList<oauth::Leg> &legs = m_flow->steps().at(i).legs;
        if (std::any_of(legs.begin(), legs.end(), isThat))
            return i;
    }
    return -1;
}

int ClientRun::checkOf(const QByteArray &requestId) const
{
    const QList<oauth::NegativeCheck> &checks = m_checks->checks();
    const auto found = std::find_if(checks.begin(), checks.end(), [&](const oauth::NegativeCheck &check) {
        return check.leg.requestId == requestId;
    });
    return found == checks.end() ? -1 : int(found - checks.begin());
}

bool ClientRun::isBusy() const
{
    return m_flow && (m_flow->isRunning() || m_flow->isEnding() || m_goal >= 0);
}

bool ClientRun::isOver() const
{
    return m_flow && (m_flow->failure() || m_flow->current() >= oauth::stepCount);
}

bool ClientRun::isOfSandbox() const
{
    return m_running.sandbox && m_flow && m_flow->server().issuer == m_running.issuer;
}

bool ClientRun::isOfOwnIssuer() const
{
    return m_flow && !m_running.issuer.isEmpty() && m_flow->server().issuer == m_running.issuer;
}

// The pace ------------------------------------------------------------------------------------------------

void ClientRun::prepare(const ClientForm::Values &values)
{
    if (m_flow && m_begun == values)
        return;
    m_begun = values;
    oauth::FlowSettings settings;
    settings.server = values.server;
    settings.clientId = values.clientId;
    settings.clientSecret = values.clientSecret;
    settings.clientMetadataUrl = values.clientMetadataUrl;
    // What does not fit was said by the form; a file that has gone since then is missing as it would be
    // there.
    (void)oauth::takeCredentials(values.credentials, settings);
    settings.offer = m_offer;
    settings.scopes = values.scopes;
    settings.useKept = values.useKept;
    settings.refreshAtEnd = true;
    settings.callbackPort = m_callbackPort;
    if (const auto redirect = oauth::readRedirect(values.redirect)) {
        settings.redirect = *redirect;
        if (values.redirect == m_doorAddress)
            settings.door = m_door;
    }
    settings.opener = [this](const QUrl &url) { return m_opener(url); };
    settings.lockFolder
        = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + u"/gatehouse"_s;
    m_flow = std::make_unique<oauth::Flow>(
        settings, oauth::FlowParts{&m_fetcher, m_secrets, base::systemClock(), base::systemRandom()});
    Q_EMIT flowMade();
    m_judged.clear();
    judgeTokens();
    makeChecks(values);
    connect(m_flow.get(), &oauth::Flow::stepChanged, this, &ClientRun::takeStep);
    connect(m_flow.get(), &oauth::Flow::paused, this, &ClientRun::takePause);
    connect(m_flow.get(), &oauth::Flow::legChanged, this, &ClientRun::legChanged);
    connect(m_flow.get(), &oauth::Flow::deviceAwaited, this, [this](const oauth::DeviceCode &code) {
        m_deviceCode = code;
        m_waiting.start();
        Q_EMIT browserAwaited();
    });
    connect(m_flow.get(), &oauth::Flow::finished, this, [this] {
        rest();
        Q_EMIT finished();
    });
    connect(m_flow.get(), &oauth::Flow::browserAwaited, this, [this](bool isOpen) {
        m_isWaiting = true;
        m_isBrowserOpen = isOpen;
        m_waiting.start();
        Q_EMIT browserAwaited();
    });
}

void ClientRun::runTo(int step)
{
    m_goal = step;
    m_interrupted = -1;
    advance();
}

/// One step towards the goal. The flow's own runAll() would not stop in the middle.
void ClientRun::advance()
{
    if (m_flow->failure() || m_flow->current() > m_goal)
        rest();
    else
        m_flow->next();
    Q_EMIT changed();
}

/// Assertions and ID tokens live for minutes: what lies in their files by now is meant.
void ClientRun::readAnew()
{
    m_flow->takeAssertions(m_begun.credentials);
}

void ClientRun::retryFrom(StepId id)
{
    readAnew();
    const int reached = std::max(std::min(m_flow->current(), oauth::stepCount - 1), m_interrupted);
    m_flow->retryFrom(id);
    runTo(std::max(reached, int(id)));
}

void ClientRun::repeat(StepId id)
{
    m_flow->retryFrom(id);
    runTo(int(id));
}

void ClientRun::cancel()
{
    m_goal = -1;
    m_flow->cancel();
    Q_EMIT changed();
}

/// A run that failed is taken up again to where it was to go; one that was cancelled is not meant any more.
void ClientRun::rest()
{
    const bool isToGoOn
        = m_flow->failure() && m_flow->failure()->kind != oauth::Failure::Kind::Cancelled && m_goal >= 0;
    if (isToGoOn)
        m_interrupted = m_goal;
    m_goal = -1;
}

void ClientRun::startOver(const ClientForm::Values &values)
{
    if (m_checks)
        m_checks->cancel();
    m_goal = m_interrupted = m_runningStep = -1;
    m_deviceCode = {};
    m_isWaiting = false;
    m_flow.reset();
    m_judged.clear();
    judgeTokens();
    makeChecks(values);
    Q_EMIT changed();
}

void ClientRun::forget(const oauth::Forgotten &what, const std::function<void()> &then)
{
    m_flow->forget(what, [this, then] {
        judgeTokens();
        then();
        Q_EMIT changed();
    });
}

// What the flow says --------------------------------------------------------------------------------------

void ClientRun::takeStep(int index)
{
    const oauth::Step &step = m_flow->steps().at(index);
    const bool isRunning = step.state == StepState::Running;
    const bool hasBegun = isRunning && m_runningStep != index;
    if (hasBegun)
        m_stepClock.start();
    if (isRunning)
        m_runningStep = index;
    else if (m_runningStep == index)
        m_runningStep = -1;
    if (!isRunning && step.id == StepId::Token)
        m_deviceCode = {};
    const bool hasReturned = !isRunning && step.id == StepId::Authorize && std::exchange(m_isWaiting, false);
    if (hasReturned && step.state == StepState::Done)
        Q_EMIT browserReturned();
    if (step.state == StepState::Done && (step.id == StepId::Token || step.id == StepId::Refresh))
        judgeTokens();
    if (hasBegun)
        Q_EMIT stepBegan(index);
    Q_EMIT stepChanged(index);
}

void ClientRun::takePause()
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
        rest();
    judgeTokens(); // A kept sign-in brings its own.
    Q_EMIT changed();
}

void ClientRun::judgeTokens()
{
    const oauth::Tokens tokens = m_flow ? m_flow->tokens() : oauth::Tokens();
    const QByteArray now = tokens.access.isEmpty() && tokens.id.isEmpty()
        ? QByteArray()
        : base::fingerprint(tokens.access + ' ' + tokens.id);
    if (now == m_judged && !now.isEmpty())
        return;
    m_judged = now;
    const qint64 at = QDateTime::currentMSecsSinceEpoch();
    // What is asked about the tokens of before shall not be told any more.
    m_accessJudge.judge({}, {}, {});
    m_idJudge.judge({}, {}, {});
    Q_EMIT accessJudged({}, at);
    Q_EMIT idJudged({}, at);
    if (now.isEmpty())
        return;
    const oauth::AuthorizationServer &server = m_flow->server();
    m_accessJudge.judge(tokens.access,
                        {server.issuer, m_flow->resource().resource, server.keysAddress, m_begun.server},
                        [this, at](const auth::Verdict &verdict) { Q_EMIT accessJudged(verdict, at); });
    m_idJudge.judge(tokens.id, {server.issuer, m_flow->client().id, server.keysAddress, m_begun.server, true},
                    [this, at](const auth::Verdict &verdict) { Q_EMIT idJudged(verdict, at); });
}

// The negative checks -------------------------------------------------------------------------------------

void ClientRun::makeChecks(const ClientForm::Values &values)
{
    oauth::NegativeChecks::Parts parts{&m_fetcher, base::systemClock(), base::systemRandom()};
    // The form may name another one by now, which must get nothing that is good at the first.
    const bool isSignedInThere = m_flow && m_begun.server == values.server;
    if (m_running.sandbox && values.server == m_running.resource)
        parts.mint = host::mintFrom(&m_fetcher, sandbox(), m_running.resource);
    else if (isSignedInThere && isOfSandbox())
        parts.mint = host::mintFrom(&m_fetcher, sandbox(), m_flow->resource().resource);
    if (isSignedInThere)
        parts.token = m_flow->accessToken();
    m_checks = std::make_unique<oauth::NegativeChecks>(values.server, parts);
    connect(m_checks.get(), &oauth::NegativeChecks::checkChanged, this, &ClientRun::checksChanged);
    connect(m_checks.get(), &oauth::NegativeChecks::finished, this, [this] { Q_EMIT checksChanged(-1); });
    Q_EMIT checksChanged(-1);
}

} // namespace gatehouse::app
