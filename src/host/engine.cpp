// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/engine.h"

#include "auth/gate.h"
#include "auth/issuer.h"
#include "auth/issuermetadata.h"
#include "auth/keysource.h"
#include "base/clock.h"
#include "base/handover.h"
#include "base/logging.h"
#include "base/random.h"
#include "endpoint/endpoint.h"
#include "fetch/networkfetcher.h"
#include "host/accessrules.h"
#include "http/httpserver.h"
#include "mcp/dispatcher.h"
#include "sandbox/sandbox.h"
#include "tools/profile.h"
#include "web/forwarded.h"
#include "web/origin.h"

#include <QHostAddress>
#include <QScopeGuard>
#include <QUrl>

#include <algorithm>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace gatehouse::host {

namespace {

constexpr int batchMs = 50;
constexpr int untakenBatches = 4; ///< After so many the engine waits for whoever watches …
constexpr qsizetype keptExchanges = 20'000; ///< … and keeps so many exchanges meanwhile …
constexpr qsizetype keptBytes = 32 * 1024 * 1024; ///< … and so much of them, with those on their way.

StartError errorOf(const http::ListenError &error, const QString &field)
{
    return {error.isInUse ? StartError::Kind::PortInUse : StartError::Kind::CannotListen, field, error.port,
            error.nextFree, error.detail};
}

/// Loopback names are always ours; the published address and the one listened on are, too.
http::OriginRule originRule(const QHostAddress &address, quint16 port, const QString &resource)
{
    http::OriginRule rule;
    const QUrl url(resource);
    // Clients leave the scheme's own port out, and browsers do so in Origin.
    rule.hosts = {web::authorityWithPortOf(url).toUtf8(), web::authorityOf(url).toUtf8()};
    rule.origins.append(web::originOf(url).toUtf8());
    const bool isOne = !address.isLoopback() && address != QHostAddress(QHostAddress::Any)
        && address != QHostAddress(QHostAddress::AnyIPv6) && address != QHostAddress(QHostAddress::AnyIPv4);
    if (isOne) {
        const bool isV6 = address.protocol() == QAbstractSocket::IPv6Protocol;
        const QString name = isV6 ? u'[' + address.toString() + u']' : address.toString();
        rule.hosts.append((name + u':' + QString::number(port)).toUtf8());
    }
    return rule;
}

/// Without what its peer could make long.
exchange::Exchange outlineOf(exchange::Exchange exchange)
{
    exchange.query.clear();
    exchange.requestHeaders.clear();
    exchange.requestBody.shown.clear();
    exchange.responseHeaders.clear();
    exchange.responseBody.shown.clear();
    exchange.verdict.header = {};
    exchange.verdict.claims = {};
    exchange.verdict.claimsText.clear();
    exchange.verdict.jsonBytes = 0;
    return exchange;
}

mcp::Limits limitsOf(const Settings &settings)
{
    mcp::Limits limits;
    limits.sessions = {settings.maxSessions, settings.sessionIdleMinutes * qint64(60'000)};
    limits.streams = settings.maxStreams;
    limits.tasks.count = settings.maxTasks;
    limits.operations = settings.maxRequests;
    limits.replayBytes = qsizetype(settings.replayMiB) * 1024 * 1024;
    return limits;
}

http::Limits edgeOf(const Settings &settings)
{
    http::Limits limits;
    limits.connections = settings.maxConnections;
    limits.connectionsPerPeer = settings.maxConnectionsPerPeer;
    limits.lineBytes = qsizetype(settings.maxLineKiB) * 1024;
    limits.fieldBytes = qsizetype(settings.maxHeaderKiB) * 1024;
    limits.fields = settings.maxHeaderFields;
    limits.bodyBytes = qsizetype(settings.maxBodyKiB) * 1024;
    limits.unfinishedBytes = std::max(limits.unfinishedBytes, 2 * limits.bodyBytes);
    limits.backlogBytes = qsizetype(settings.maxUnreadKiB) * 1024;
    limits.firstByte = std::chrono::seconds(settings.firstByteSeconds);
    limits.head = std::chrono::seconds(settings.headerSeconds);
    limits.body = std::chrono::seconds(settings.bodySeconds);
    limits.idle = std::chrono::seconds(settings.idleSeconds);
    limits.answer = std::chrono::seconds(settings.answerSeconds);
    return limits;
}

} // namespace

/// In the order they are made; the later ones point at the earlier ones and go first. All live as long as the
/// engine does, but for what belongs to one issuer; a change of settings reconfigures them.
struct Engine::Parts
{
    fetch::NetworkFetcher fetcher;
    mcp::Features features; ///< What the server offers.
    std::unique_ptr<sandbox::Sandbox> sandbox;
    QString issuerName; ///< That keys and metadata are of.
    std::unique_ptr<auth::KeySource> keys;
    std::unique_ptr<auth::AuthGate> gate;
    std::unique_ptr<auth::IssuerMetadata> issuer;
    std::unique_ptr<mcp::Dispatcher> dispatcher;
    std::unique_ptr<endpoint::Endpoint> endpoint;
    std::unique_ptr<http::HttpServer> server;
    std::vector<std::unique_ptr<http::HttpServer>> retired; ///< On their old addresses until all is answered.
    quint16 port = 0;
    QString published; ///< The address that clients are told.
    Settings settings; ///< What runs.

    [[nodiscard]] bool hasDoorFor(const Settings &wanted) const;
    [[nodiscard]] std::unique_ptr<http::HttpServer> makeDoor();
    [[nodiscard]] base::Expected<void, StartError> runSandbox(const Settings &wanted, const QString &resource,
                                                              exchange::ExchangeObserver *observer);
    void protect(const Settings &wanted, const Running &running, Engine *engine);
    /// Whether an issuer that is away is a fault.
    [[nodiscard]] bool needsKeys() const;
};

Engine::Engine(QObject *parent)
    : QObject(parent)
{
    m_flush.setParent(this);
    m_flush.setSingleShot(true);
    m_flush.setInterval(batchMs);
    connect(&m_flush, &QTimer::timeout, this, [this] { flush(); });
}

Engine::~Engine()
{
    m_parts.reset();
    flush(true); // Nothing that was recorded is lost by a stop.
}

bool Engine::Parts::hasDoorFor(const Settings &wanted) const
{
    return server && settings.host == wanted.host
        && (settings.port == wanted.port || wanted.port == int(port));
}

std::unique_ptr<http::HttpServer> Engine::Parts::makeDoor()
{
    // The endpoint needs the port to know its own names, so the server starts with a door that opens later.
    auto door
        = std::make_unique<http::HttpServer>([this](const http::Request &request, http::Respond respond) {
              if (endpoint)
                  endpoint->handle(request, std::move(respond));
              else
                  respond(http::jsonResponse(503, R"({"error":"starting"})"_ba));
          });
    door->setRefusedHandler([this](const http::Refused &refused) {
        if (endpoint)
            endpoint->record(refused);
    });
    return door;
}

base::Expected<void, StartError> Engine::Parts::runSandbox(const Settings &wanted, const QString &resource,
                                                           exchange::ExchangeObserver *observer)
{
    const auto people = sandbox::readPeopleFile(wanted.peopleFile);
    if (!people)
        return base::failure(StartError{StartError::Kind::BadSetting, u"peopleFile"_s, 0, 0, people.error()});
    sandbox::SandboxSettings own;
    own.port = quint16(wanted.sandboxPort);
    own.defaultResource = resource;
    own.accessTokenSeconds = wanted.tokenLifetime;
    own.people = *people;
    own.autoSignIn = wanted.autoSignIn;
    own.isPrivate = wanted.sandboxPrivate;
    own.faults = wanted.failures;
    if (const QString fault = own.fault(); !fault.isEmpty())
        return base::failure(StartError{StartError::Kind::BadSetting, u"autoSignIn"_s, 0, 0, fault});
    if (sandbox) {
        const auto changed = sandbox->reconfigure(own);
        if (changed && wanted.sandboxPrivate && !settings.sandboxPrivate)
            issuerName.clear(); // Its old key is good for nothing any more: the set is fetched anew.
        return changed ? base::Expected<void, StartError>()
                       : base::failure(errorOf(changed.error(), u"sandboxPort"_s));
    }
    auto made = std::make_unique<sandbox::Sandbox>(own, base::systemClock(), base::systemRandom());
    made->setObserver(observer);
    if (const auto started = made->start(); !started)
        return base::failure(errorOf(started.error(), u"sandboxPort"_s));
    sandbox = std::move(made);
    return {};
}

void Engine::Parts::protect(const Settings &wanted, const Running &running, Engine *engine)
{
    auth::Policy policy;
    policy.issuer = running.issuer;
    policy.resource = running.resource;
    policy.audiences = wanted.audiences;
    policy.algorithms = wanted.algorithms;
    policy.needs = {wanted.requiredScopes, wanted.requiredPermissions, wanted.organizations};
    policy.scopeIncludes = readScopeHierarchy(wanted.scopeHierarchy).value_or(QHash<QString, QStringList>());
    policy.toleranceSeconds = wanted.toleranceSeconds;
    policy.verifyJwt = wanted.verifyJwt;
    std::unique_ptr<auth::KeySource> oldKeys; // Lives until the gate has let go of it.
    if (std::exchange(issuerName, running.issuer) != running.issuer || !keys) {
        oldKeys = std::exchange(
            keys,
            std::make_unique<auth::KeySource>(auth::jwksUrl(running.issuer), &fetcher, base::systemClock()));
        engine->tellOfKeys(*keys);
        issuer = std::make_unique<auth::IssuerMetadata>(running.issuer, &fetcher, base::systemClock());
    }
    if (gate)
        gate->reconfigure(policy, keys.get());
    else
        gate = std::make_unique<auth::AuthGate>(policy, keys.get(), base::systemClock());
    // With verifyJwt off, too: what a signature would come to is said all the same.
    keys->warm();
}

bool Engine::Parts::needsKeys() const
{
    return settings.authorization && settings.verifyJwt;
}

void Engine::tellOfKeys(auth::KeySource &keys)
{
    connect(&keys, &auth::KeySource::becameUnreachable, this, [this] {
        if (!m_isToTell) // Else it is told in a moment, and once is enough.
            tellOfFailingKeys();
    });
    connect(&keys, &auth::KeySource::becameReachable, this, [this] {
        if (m_parts->needsKeys())
            Q_EMIT noticed({Notice::Kind::IssuerReachable});
    });
}

void Engine::tellOfFailingKeys()
{
    if (m_parts->keys && m_parts->needsKeys())
        tellOfFault(m_parts->keys->report());
}

void Engine::tellOfFault(const auth::KeyReport &report)
{
    const Notice::Kind kind
        = report.fetchedAt > 0 ? Notice::Kind::IssuerStale : Notice::Kind::IssuerUnreachable;
    if (!report.fault.isEmpty())
        Q_EMIT noticed({kind, report.fault, 0, 0, report.fetchedAt});
}

base::Expected<Running, StartError> Engine::start(const Settings &settings)
{
    if (const QList<SettingsFault> faults = validate(settings); !faults.isEmpty())
        return base::failure(
            StartError{StartError::Kind::BadSetting, faults.first().field, 0, 0, faults.first().text});
    if (!m_parts) {
        m_parts = std::make_unique<Parts>(); // Here and not in the constructor, which runs on another thread.
        if (m_offer)
            m_offer(m_parts->features);
        if (!m_parts->features.addTool(tools::profileTool()))
            qCWarning(base::lcHost) << "The tool get-profile could not be added";
    }
    Parts &parts = *m_parts;

    // Everything that can fail comes first, so that what runs goes on where the new settings cannot.
    std::unique_ptr<http::HttpServer> door;
    quint16 port = parts.port;
    bool isWayCleared = false;
    // Where this fails later, the address that was left is taken again.
    const auto takeBack = qScopeGuard([&] {
        if (!isWayCleared)
            return;
        door.reset();
        if (!parts.server->reopen())
            qCWarning(base::lcHost) << "The address that was listened on cannot be taken again";
    });
    if (!parts.hasDoorFor(settings)) {
        door = parts.makeDoor();
        const QHostAddress address(settings.host);
        auto taken = door->listen(address, quint16(settings.port));
        // With another address at the same port it is this server that stands in the way.
        if (!taken && parts.server && settings.port == int(parts.port)) {
            parts.server->close();
            isWayCleared = true;
            taken = door->listen(address, quint16(settings.port));
        }
        if (!taken)
            return base::failure(errorOf(taken.error(), u"port"_s));
        port = *taken;
    }
    Running running;
    running.port = port;
    running.verifyJwt = settings.verifyJwt;
    running.resource
        = settings.resource.isEmpty() ? u"http://localhost:%1/mcp"_s.arg(port) : settings.resource;
    running.sandbox = settings.usesSandbox();
    if (running.sandbox) {
        if (const auto started = parts.runSandbox(settings, running.resource, this); !started)
            return base::failure(started.error());
    }

    // From here on nothing fails.
    isWayCleared = false;
    const bool doScopesDiffer = parts.settings.scopeHierarchy != settings.scopeHierarchy;
    if (door)
        retire(std::exchange(parts.server, std::move(door)));
    parts.server->setLimits(edgeOf(settings));
    parts.port = port;
    parts.settings = settings;
    if (std::exchange(parts.published, running.resource) != running.resource)
        m_proxies.clear();
    if (settings.authorization) {
        running.issuer
            = running.sandbox ? parts.sandbox->issuer() : *auth::issuerFromSubdomain(settings.subdomain);
        parts.protect(settings, running, this);
    }
    const auto rules = readToolRules(settings.toolRules).value_or(QHash<QString, base::AccessRequirements>());
    parts.features.setRules(rules);
    parts.features.setHidesForbidden(settings.hideForbidden);
    if (parts.dispatcher && doScopesDiffer)
        parts.features.rightsChanged();
    for (auto rule = rules.begin(); rule != rules.end(); ++rule) {
        if (!parts.features.tools().find(rule.key()))
            running.notices.append({Notice::Kind::RuleWithoutTool, rule.key()});
    }
    if (parts.dispatcher)
        parts.dispatcher->setLimits(limitsOf(settings));
    else
        parts.dispatcher = std::make_unique<mcp::Dispatcher>(mcp::ServerDescription{}, &parts.features,
                                                             base::systemClock(), base::systemRandom(),
                                                             limitsOf(settings));
    const QHostAddress address(settings.host);
    endpoint::EndpointSettings own;
    own.origins = originRule(address, port, running.resource);
    own.metadata = {running.resource, running.issuer, settings.scopes};
    own.maximumBodyBytes = qsizetype(settings.maxBodyKiB) * 1024;
    const bool isOpen = !settings.authorization;
    const endpoint::Endpoint::Parts its{parts.dispatcher.get(), isOpen ? nullptr : parts.gate.get(),
                                        isOpen ? nullptr : parts.issuer.get()};
    if (parts.endpoint) {
        parts.endpoint->reconfigure(own, its);
        parts.dispatcher->endUnentitled(settings.authorization);
    } else {
        parts.endpoint = std::make_unique<endpoint::Endpoint>(own, its, base::systemClock());
        parts.endpoint->setObserver(this);
    }
    if (address == QHostAddress(QHostAddress::LocalHost) && !parts.server->listensOnIpv6())
        running.notices.append({Notice::Kind::NoIpv6});
    if (running.sandbox)
        running.sandboxSecret = parts.sandbox->secret();
    if (!running.sandboxSecret.isEmpty())
        running.notices.append({Notice::Kind::SandboxPrivate});
    if (running.sandbox && !settings.autoSignIn.isEmpty())
        running.notices.append({Notice::Kind::AutoSignIn, settings.autoSignIn});
    if (running.sandbox && parts.sandbox->movedPort())
        running.notices.append({Notice::Kind::SandboxMoved, {}, QUrl(running.issuer).port()});
    if (!address.isLoopback())
        running.notices.append({Notice::Kind::NotLoopback, settings.host});
    if (!settings.authorization)
        running.notices.append({Notice::Kind::AuthorizationOff});
    else if (!settings.verifyJwt)
        running.notices.append({Notice::Kind::VerifyJwtOff});
    // Whoever watches begins anew with these settings, and an outage goes on.
    if (!std::exchange(m_isToTell, true))
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_isToTell = false;
                tellOfFailingKeys();
            },
            Qt::QueuedConnection);
    return running;
}

/// Its address is left, and what is under way there is answered.
void Engine::retire(std::unique_ptr<http::HttpServer> server)
{
    if (!server)
        return;
    http::HttpServer *old = m_parts->retired.emplace_back(std::move(server)).get();
    old->retire([this, old] {
        QMetaObject::invokeMethod(
            this,
            [this, old] {
                std::erase_if(m_parts->retired, [old](const auto &one) { return one.get() == old; });
            },
            Qt::QueuedConnection);
    });
}

void Engine::fetchKeys()
{
    if (!m_parts || !m_parts->keys || !m_parts->settings.authorization)
        return; // Nobody is asked for a token.
    m_parts->keys->refresh([this](const auth::KeyReport &report) {
        if (report.fault.isEmpty())
            Q_EMIT noticed({Notice::Kind::KeysFetched, (report.keyIds + report.skipped).join(u", "_s), 0,
                            report.keyIds.size(), report.fetchedAt});
        else
            tellOfFault(report); // Somebody asked: also where no signature is checked.
    });
}

/// The commonest fault behind a proxy or a tunnel: tokens are asked for with another address than they must
/// name.
void Engine::tellOfProxy(const exchange::Exchange &exchange)
{
    if (exchange.source != exchange::Source::Server)
        return;
    const QString origin = web::forwardedOrigin(exchange.requestHeaders);
    const QUrl published(m_parts->published);
    if (origin.isEmpty() || origin == web::originOf(published)
        || !m_proxies.isDue(origin, exchange.times.receivedAt))
        return;
    Notice notice{Notice::Kind::BehindProxy, origin + published.path(QUrl::FullyEncoded)};
    notice.published = m_parts->published;
    Q_EMIT noticed(notice);
}

void Engine::began(const exchange::Exchange &exchange)
{
    tellOfProxy(exchange);
    record(exchange);
}

void Engine::streams(const exchange::Exchange &exchange)
{
    ended(exchange); // What is known of it replaces what was.
}

void Engine::ended(const exchange::Exchange &exchange)
{
    // One that began within the same batch crosses once, ended.
    const auto place = m_places.constFind(keyOf(exchange));
    if (place == m_places.cend())
        return record(exchange);
    addBytes(-exchange::sizeOf(m_batch[*place]));
    m_batch[*place] = m_heldBytes + exchange::sizeOf(exchange) <= keptBytes ? exchange : outlineOf(exchange);
    addBytes(exchange::sizeOf(m_batch[*place]));
}

void Engine::addBytes(qsizetype bytes)
{
    m_batchBytes += bytes;
    m_heldBytes += bytes;
}

void Engine::record(exchange::Exchange exchange)
{
    const bool isRunning = exchange.outcome == exchange::Outcome::Running;
    if (m_batch.size() >= keptExchanges) {
        m_dropped += isRunning ? 0 : 1;
        return;
    }
    if (m_heldBytes + exchange::sizeOf(exchange) > keptBytes) {
        if (isRunning)
            return; // Its end comes by itself.
        exchange = outlineOf(exchange); // A row must not stay open for ever.
        ++m_thinned;
    }
    addBytes(exchange::sizeOf(exchange));
    m_places.insert(keyOf(exchange), m_batch.size());
    m_batch.append(exchange);
    if (!m_flush.isActive())
        m_flush.start();
}

void Engine::flush(bool atAnyRate)
{
    while (m_given.size() > m_untaken) {
        m_given.removeFirst();
        m_heldBytes -= m_givenBytes.takeFirst();
    }
    const bool mayGive = atAnyRate || m_untaken < untakenBatches;
    if (mayGive && !m_batch.isEmpty()) {
        m_places.clear();
        const QList<exchange::Exchange> batch = std::exchange(m_batch, {});
        m_given.append(batch);
        m_givenBytes.append(std::exchange(m_batchBytes, 0));
        ++m_untaken;
        base::handedOver(this);
        Q_EMIT exchanged(batch);
        if (const qint64 dropped = std::exchange(m_dropped, 0); dropped > 0)
            Q_EMIT noticed({Notice::Kind::ExchangesDropped, {}, 0, dropped});
        if (const qint64 thinned = std::exchange(m_thinned, 0); thinned > 0)
            Q_EMIT noticed({Notice::Kind::ExchangesThinned, {}, 0, thinned});
    }
    if (!m_batch.isEmpty() || !m_given.isEmpty())
        m_flush.start();
}

} // namespace gatehouse::host
