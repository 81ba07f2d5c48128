// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/flow.h"

#include "base/mask.h"
#include "base/secretstore.h"
#include "oauth/credentials.h"
#include "oauth/flowstate.h"
#include "oauth/words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

constexpr qsizetype maximumTrace = 256 * 1024;
constexpr qsizetype maximumLegs = 64;
constexpr int courtesyMs = 3000; ///< For what is done at the end for the next run, and is worth no wait.
constexpr int partingMs = 500; ///< For each of the two last words to a server that was stopped.

qsizetype sizeOf(const QList<Leg> &legs)
{
    qsizetype size = 0;
    for (const Leg &leg : legs)
        size += leg.sent.size() + leg.answered.size();
    return size;
}

/// Without its texts where a step has so much already.
Leg bounded(Leg leg, qsizetype before)
{
    if (before + leg.sent.size() + leg.answered.size() > maximumTrace)
        leg.sent = leg.answered = QString();
    return leg;
}

} // namespace

Flow::Private::Private(Flow *flow, FlowSettings given, FlowParts parts_)
    : q(flow)
    , settings(std::move(given))
    , parts(std::move(parts_))
    , fetcher(parts.fetcher, settings.server, parts.clock, parts.random,
              [this](const Leg &leg) { addLeg(leg); })
{
    for (int i = 0; i < stepCount; ++i)
        steps.append(blank(StepId(i)));
    if (settings.dpopKey)
        dpop = std::make_unique<DpopFetcher>(&fetcher, *settings.dpopKey, parts.clock, parts.random);
    QByteArrayList names;
    for (const auto &[name, value] : std::as_const(settings.headers))
        names.append(name);
    fetcher.setSecretHeaders(names);
    fetcher.setTrustsThisMachine(settings.allowances.certificate);
    patience.setSingleShot(true);
    QObject::connect(&handler, &ReplyHandler::answered, q,
                     [this](const std::optional<Failure> &why) { judgeAnswer(why); });
    QObject::connect(&handler, &ReplyHandler::openedAgain, q, [this] {
        if (running && now().id == StepId::Authorize) {
            now().detail += Words::tr("\nThe link was opened a second time. If that was not you, cancel: "
                                      "somebody else on this machine may have taken it.");
            Q_EMIT q->stepChanged(current);
            Q_EMIT q->startOpenedAgain();
        }
    });
    QObject::connect(&patience, &QTimer::timeout, q,
                     [this] { fail(failureOf(FailureCode::BrowserTimedOut)); });
}

Step Flow::Private::blank(StepId id) const
{
    Step step;
    step.id = id;
    step.title = titleOf(id, settings.grant, settings.errand);
    return step;
}

void Flow::Private::begin()
{
    running = true;
    ++run;
    startedAt = parts.clock();
    Step &step = now();
    const QString why = step.detail; // Why it runs again, where it does.
    step = blank(step.id);
    step.detail = why;
    step.state = StepState::Running;
    toldLines.clear();
    Q_EMIT q->stepChanged(current);
    // Queued, so that whoever asked for the step has returned before anything is signalled.
    // Without parameters, where Qt 6.7 and later would find one for a result.
    QMetaObject::invokeMethod(
        q, [first = ifCurrent([this] { enter(); })] { first(); }, Qt::QueuedConnection);
}

void Flow::Private::enter()
{
    if (letIn && current <= int(StepId::Session)) {
        skip(Words::tr("No token was needed."));
        return;
    }
    if (usesKept && current <= int(StepId::Authorize)) {
        skip(Words::tr("An earlier sign-in is used."));
        return;
    }
    switch (now().id) {
    case StepId::Ask:
        return ask();
    case StepId::Resource:
        return findTheResource();
    case StepId::Server:
        return findTheServer();
    case StepId::Client:
        return identify();
    case StepId::Authorize:
        return authorize();
    case StepId::Token:
        return fetchTokens();
    case StepId::Session:
        return openSession();
    case StepId::List:
        return list();
    case StepId::Call:
        return call();
    case StepId::Refresh:
        return tryRefresh();
    }
}

void Flow::Private::addLeg(const Leg &leg)
{
    // Its answer belongs to where it was sent, which may be over by then.
    for (int i = std::min(current, stepCount - 1); i >= 0; --i) {
        const auto sent = std::find_if(steps[i].legs.begin(), steps[i].legs.end(),
                                       [&leg](const Leg &one) { return one.requestId == leg.requestId; });
        if (sent == steps[i].legs.end())
            continue;
        *sent = bounded(leg, sizeOf(steps.at(i).legs) - sizeOf({*sent}));
        if (i == current && running)
            Q_EMIT q->stepChanged(i);
        else
            Q_EMIT q->legChanged(i);
        return;
    }
    if (current >= stepCount || !running || !leg.answered.isEmpty())
        return;
    Step &step = now();
    step.legs.append(bounded(leg, sizeOf(step.legs)));
    if (step.legs.size() > maximumLegs)
        step.legs.removeFirst();
    Q_EMIT q->stepChanged(current);
}

void Flow::Private::done(const QString &detail)
{
    now().state = StepState::Done;
    now().detail = (QStringList{base::maskText(detail)} + toldLines).join(u'\n');
    moveOn();
}

void Flow::Private::skip(const QString &detail)
{
    now().state = StepState::Skipped;
    now().detail = detail;
    moveOn();
}

void Flow::Private::moveOn()
{
    now().tookMs = parts.clock() - startedAt;
    running = false;
    ++run;
    const int ended = current++;
    Q_EMIT q->stepChanged(ended);
    if (ended >= int(settings.last)) {
        end();
    } else if (toTheEnd) {
        begin();
    } else {
        Q_EMIT q->paused();
    }
}

void Flow::Private::fail(const Failure &why)
{
    if (!running || replaceTheClient(why))
        return;
    failure = why;
    running = false;
    toTheEnd = false;
    ++run;
    stopWaiting();
    fetcher.cancel(); // Nothing of a step that is over may still be under way; but end() has last words.
    Step &step = now();
    step.state = StepState::Failed;
    step.failure = nameOf(why.code);
    step.detail = why.remedy.isEmpty() ? why.text : why.text + u'\n' + why.remedy;
    step.tookMs = parts.clock() - startedAt;
    // AuthKit may evict a client that it registered, and shows a page that never comes back: the next run
    // shall not meet the dead one again.
    const bool isClientSpent = clientIsStored
        && (why.reason == Failure::Reason::ClientUnknown || why.reason == Failure::Reason::TimedOut);
    isEnding = isClientSpent;
    Q_EMIT q->stepChanged(current);
    if (!isClientSpent)
        return end();
    // Before the end: a program that ends with it would take the wish along. But a keyring that asks somebody
    // for a password is not waited for.
    const auto endOnce = [guard = QPointer<Flow>(q), hasCome = std::make_shared<bool>(false)] {
        if (guard && !std::exchange(*hasCome, true))
            guard->d->end();
    };
    QTimer::singleShot(courtesyMs, q, endOnce);
    parts.secrets->remove(keyOfClient(), endOnce);
}

/// For a browser, and for another program.
void Flow::Private::stopWaiting()
{
    patience.stop();
    handler.stopListening();
    startAddress.clear();
    turn.reset();
}

void Flow::Private::leaveOldSession()
{
    if (!mcp)
        return;
    client::McpClient *old = leaving.emplace_back(std::move(mcp)).get();
    old->disconnect(q);
    old->setTimeoutMs(partingMs);
    old->leave([this, old, guard = QPointer<Flow>(q)] {
        if (!guard)
            return;
        QMetaObject::invokeMethod( // Not from within its own words.
            q, [this, old] { std::erase_if(leaving, [old](const auto &one) { return one.get() == old; }); },
            Qt::QueuedConnection);
    });
}

void Flow::Private::end()
{
    isEnding = true;
    handler.stopListening();
    startAddress.clear();
    const auto report = [guard = QPointer<Flow>(q)] {
        if (!guard)
            return;
        guard->d->isEnding = false;
        guard->d->hasEnded = true;
        Q_EMIT guard->paused();
        Q_EMIT guard->finished();
    };
    if (!mcp) {
        report();
        return;
    }
    mcp->setTimeoutMs(failure ? partingMs : courtesyMs);
    mcp->leave(report);
}

void Flow::Private::forgetFrom(StepId id)
{
    failure.reset();
    toTheEnd = false;
    hasEnded = false;
    if (id <= StepId::Authorize) {
        tokens = {};
        tokensAreStored = false;
        authorizations = 0;
        hasLookedAgain = false;
        keptIsSpent = false;
        deadClients.clear();
    }
    refusedToken.clear();
    if (id <= StepId::Client)
        clientIsStored = hasProbedClient = false;
    if (id == StepId::Ask) {
        letIn = false;
        usesKept = false;
        triedKept = true; // Whoever asks for this step wants to see it.
        challengeScopes.clear();
    }
    const int last = std::min(current, stepCount - 1);
    current = int(id);
    for (int i = current; i <= last; ++i) {
        steps[i] = blank(StepId(i));
        Q_EMIT q->stepChanged(i);
    }
}

void Flow::Private::goBackTo(StepId id, const QString &why)
{
    const bool mustProbe = clientIsStored && !hasProbedClient && needsBrowser();
    if (id == StepId::Authorize && (mustJudgeTrust || mustProbe))
        id = StepId::Client;
    running = false;
    ++run;
    if (id <= StepId::Session)
        leaveOldSession();
    const int last = current;
    current = int(id);
    for (int i = current; i <= last; ++i) {
        steps[i] = blank(StepId(i));
        steps[i].detail = i == current ? why : QString();
        Q_EMIT q->stepChanged(i);
    }
    if (toTheEnd)
        begin();
    else
        Q_EMIT q->paused();
}

Flow::Flow(FlowSettings settings, FlowParts parts, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(settings), std::move(parts)))
{ }

Flow::~Flow() = default;

const QList<Step> &Flow::steps() const
{
    return d->steps;
}

int Flow::current() const
{
    return d->current;
}

bool Flow::isRunning() const
{
    return d->running;
}

bool Flow::isEnding() const
{
    return d->isEnding;
}

void Flow::next()
{
    if (!d->running && !d->failure && d->current <= int(d->settings.last))
        d->begin();
}

void Flow::runAll()
{
    if (d->failure)
        return;
    d->toTheEnd = true;
    next();
}

void Flow::cancel()
{
    if (d->failure || d->isEnding || d->hasEnded)
        return;
    if (!d->running) {
        d->running = true;
        d->startedAt = d->parts.clock();
    }
    d->fail(failureOf(FailureCode::Cancelled));
}

StepId Flow::retryFrom(StepId id)
{
    if (d->running || d->isEnding || int(id) > d->current)
        return StepId(std::min(d->current, stepCount - 1));
    if (id == StepId::Token)
        id = StepId::Authorize; // A code works once.
    if (d->hasEnded && (id == StepId::List || id == StepId::Call))
        id = StepId::Session;
    if (d->mustJudgeTrust && id >= StepId::Authorize)
        id = StepId::Client;
    if (d->usesKept && id <= StepId::Authorize)
        id = StepId::Ask;
    d->forgetFrom(id);
    return id;
}

QUrl Flow::authorizationAddress() const
{
    return d->authorizationAddress;
}

QUrl Flow::startAddress() const
{
    return d->startAddress;
}

bool Flow::hasTrust() const
{
    return d->hasTrust;
}

void Flow::openAgain()
{
    if (!d->startAddress.isEmpty())
        d->sendBrowser();
}

QString Flow::redirectUri() const
{
    return d->handler.callback();
}

bool Flow::takeCallback(QByteArrayView query)
{
    return d->handler.acceptAnswer(query);
}

bool Flow::takePasted(const QString &address)
{
    const QString text = address.trimmed();
    const qsizetype mark = text.indexOf(u'?');
    return mark >= 0 && d->handler.acceptAnswer(text.sliced(mark + 1).section(u'#', 0, 0).toUtf8());
}

const std::optional<Failure> &Flow::failure() const
{
    return d->failure;
}

QString Flow::listRemark() const
{
    return d->remark;
}

const QList<QJsonObject> &Flow::entries() const
{
    return d->entries;
}

const QList<QJsonObject> &Flow::templates() const
{
    return d->templates;
}

const QList<client::ToolInfo> &Flow::tools() const
{
    return d->tools;
}

QString Flow::calledTool() const
{
    return d->toolToCall();
}

const QJsonObject &Flow::result() const
{
    return d->result.json;
}

QByteArray Flow::resultJson() const
{
    return d->result.text();
}

const Allowances &Flow::allowances() const
{
    return d->settings.allowances;
}

QByteArray Flow::accessToken() const
{
    return d->tokens.access;
}

const Tokens &Flow::tokens() const
{
    return d->tokens;
}

const AuthorizationServer &Flow::server() const
{
    return d->server;
}

const Resource &Flow::resource() const
{
    return d->resource;
}

const ClientRegistration &Flow::client() const
{
    return d->client;
}

void Flow::trustTheIssuer()
{
    d->trusted = trustIn(d->server);
}

void Flow::allow()
{
    // Only what was said: the other is asked for by itself.
    if (d->failure && d->failure->code == FailureCode::ResourceWider)
        d->settings.allowances.widerResource = true;
    if (d->failure && d->failure->code == FailureCode::IssuerSlash)
        d->settings.allowances.issuerSlash = true;
    if (d->failure && d->failure->code == FailureCode::CertificateUnknown) {
        d->settings.allowances.certificate = true;
        d->fetcher.setTrustsThisMachine(true);
    }
}

void Flow::takeAssertions(const Credentials &given)
{
    FlowSettings fresh = d->settings;
    if (!takeCredentials(given, fresh))
        return;
    d->settings.assertion = fresh.assertion;
    d->settings.idToken = fresh.idToken;
}

void Flow::setCall(const QString &tool, const QJsonObject &arguments)
{
    d->settings.tool = tool;
    d->settings.arguments = arguments;
}

void Flow::forget(const Forgotten &what, std::function<void()> done)
{
    d->forget(what, std::move(done));
}

} // namespace gatehouse::oauth
