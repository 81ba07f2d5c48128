// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/engine.h"

#include "auth/gate.h"
#include "auth/issuer.h"
#include "auth/issuermetadata.h"
#include "auth/keysource.h"
#include "base/clock.h"
#include "base/logging.h"
#include "base/random.h"
#include "endpoint/endpoint.h"
#include "fetch/networkfetcher.h"
#include "http/httpserver.h"
#include "mcp/dispatcher.h"
#include "sandbox/sandbox.h"
#include "tools/profile.h"

#include <QHostAddress>
#include <QUrl>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::host {

namespace {

constexpr int batchMs = 50;
constexpr int untakenBatches = 4; ///< After so many the engine waits for whoever watches …
constexpr qsizetype keptExchanges = 20'000; ///< … and keeps so many exchanges meanwhile.
constexpr qsizetype maximumBodyBytes = 1024 * 1024;

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
    const QString published = url.port() < 0 ? url.host() : url.host() + u':' + QString::number(url.port());
    rule.hosts.append(published.toLower().toUtf8());
    rule.origins.append((url.scheme() + u"://"_s + published.toLower()).toUtf8());
    const bool isOne = !address.isLoopback() && address != QHostAddress(QHostAddress::Any)
        && address != QHostAddress(QHostAddress::AnyIPv6) && address != QHostAddress(QHostAddress::AnyIPv4);
    if (isOne) {
        const bool isV6 = address.protocol() == QAbstractSocket::IPv6Protocol;
        const QString name = isV6 ? u'[' + address.toString() + u']' : address.toString();
        rule.hosts.append((name + u':' + QString::number(port)).toUtf8());
    }
    return rule;
}

} // namespace

/// In the order they are made; the later ones point at the earlier ones and go first.
struct Engine::Parts
{
    fetch::NetworkFetcher fetcher;
    std::unique_ptr<sandbox::Sandbox> sandbox;
    std::unique_ptr<auth::KeySource> keys;
    std::unique_ptr<auth::AuthGate> gate;
    std::unique_ptr<auth::IssuerMetadata> issuer;
    std::unique_ptr<mcp::Dispatcher> dispatcher;
    std::unique_ptr<endpoint::Endpoint> endpoint;
    std::unique_ptr<http::HttpServer> server;

    [[nodiscard]] base::Expected<quint16, StartError> listen(const Settings &settings);
    [[nodiscard]] base::Expected<QString, StartError> startSandbox(const Settings &settings,
                                                                   const QString &resource);
    void protect(const Settings &settings, const QString &issuerName, const QString &resource);
};

Engine::Engine(QObject *parent)
    : QObject(parent)
{
    m_flush.setParent(this);
    m_flush.setSingleShot(true);
    m_flush.setInterval(batchMs);
    connect(&m_flush, &QTimer::timeout, this, &Engine::flush);
}

Engine::~Engine()
{
    m_parts.reset();
    m_untaken = 0;
    flush(); // Nothing that was recorded is lost by a stop.
}

base::Expected<quint16, StartError> Engine::Parts::listen(const Settings &settings)
{
    // The endpoint needs the port to know its own names, so the server starts with a door that opens later.
    server = std::make_unique<http::HttpServer>([this](const http::Request &request, http::Respond respond) {
        if (endpoint)
            endpoint->handle(request, std::move(respond));
        else
            respond(http::jsonResponse(503, R"({"error":"starting"})"_ba));
    });
    const auto port = server->listen(QHostAddress(settings.host), quint16(settings.port));
    if (!port)
        return base::failure(errorOf(port.error(), u"port"_s));
    return *port;
}

base::Expected<QString, StartError> Engine::Parts::startSandbox(const Settings &settings,
                                                                const QString &resource)
{
    const auto people = sandbox::readPeopleFile(settings.peopleFile);
    if (!people)
        return base::failure(StartError{StartError::Kind::BadSetting, u"peopleFile"_s, 0, 0, people.error()});
    sandbox::SandboxSettings own;
    own.port = quint16(settings.sandboxPort);
    own.defaultResource = resource;
    own.accessTokenSeconds = settings.tokenLifetime;
    own.people = *people;
    own.autoSignIn = settings.autoSignIn;
    if (const QString fault = own.fault(); !fault.isEmpty())
        return base::failure(StartError{StartError::Kind::BadSetting, u"autoSignIn"_s, 0, 0, fault});
    sandbox = std::make_unique<sandbox::Sandbox>(own, base::systemClock(), base::systemRandom());
    if (const auto started = sandbox->start(); !started)
        return base::failure(errorOf(started.error(), u"sandboxPort"_s));
    return sandbox->issuer();
}

void Engine::Parts::protect(const Settings &settings, const QString &issuerName, const QString &resource)
{
    keys = std::make_unique<auth::KeySource>(auth::jwksUrl(issuerName), &fetcher, base::systemClock());
    auth::Policy policy;
    policy.issuer = issuerName;
    policy.resource = resource;
    policy.audiences = settings.audiences;
    policy.requiredScopes = settings.requiredScopes;
    policy.toleranceSeconds = settings.toleranceSeconds;
    policy.verifyJwt = settings.verifyJwt;
    gate = std::make_unique<auth::AuthGate>(policy, keys.get(), base::systemClock());
    issuer = std::make_unique<auth::IssuerMetadata>(issuerName, &fetcher, base::systemClock());
    if (settings.verifyJwt)
        keys->warm();
}

base::Expected<Running, StartError> Engine::start(const Settings &settings)
{
    if (const QList<SettingsFault> faults = validate(settings); !faults.isEmpty())
        return base::failure(
            StartError{StartError::Kind::BadSetting, faults.first().field, 0, 0, faults.first().text});
    m_parts = std::make_unique<Parts>(); // Here and not in the constructor, which runs on another thread.
    Parts &parts = *m_parts;
    const auto port = parts.listen(settings);
    if (!port)
        return base::failure(port.error());

    Running running;
    running.port = *port;
    running.verifyJwt = settings.verifyJwt;
    running.resource
        = settings.resource.isEmpty() ? u"http://localhost:%1/mcp"_s.arg(*port) : settings.resource;
    running.sandbox = settings.usesSandbox();
    if (settings.authorization) {
        const auto issuer = running.sandbox
            ? parts.startSandbox(settings, running.resource)
            : base::Expected<QString, StartError>(*auth::issuerFromSubdomain(settings.subdomain));
        if (!issuer)
            return base::failure(issuer.error());
        running.issuer = *issuer;
        parts.protect(settings, *issuer, running.resource);
        connect(parts.keys.get(), &auth::KeySource::becameUnreachable, this, [this](const QString &why) {
            Q_EMIT noticed({Notice::Kind::IssuerUnreachable, why});
        });
        connect(parts.keys.get(), &auth::KeySource::becameReachable, this,
                [this] { Q_EMIT noticed({Notice::Kind::IssuerReachable}); });
    }
    parts.dispatcher = std::make_unique<mcp::Dispatcher>(mcp::ServerDescription{}, base::systemClock(),
                                                         base::systemRandom());
    if (!parts.dispatcher->addTool(tools::profileTool()))
        qCWarning(base::lcHost) << "The tool get-profile could not be added";
    const QHostAddress address(settings.host);
    endpoint::EndpointSettings own;
    own.origins = originRule(address, *port, running.resource);
    own.metadata = {running.resource, running.issuer, settings.scopes};
    own.maximumBodyBytes = maximumBodyBytes;
    parts.endpoint = std::make_unique<endpoint::Endpoint>(
        own, endpoint::Endpoint::Parts{parts.dispatcher.get(), parts.gate.get(), parts.issuer.get()},
        base::systemClock());
    parts.endpoint->setObserver(this);

    if (address == QHostAddress(QHostAddress::LocalHost) && !parts.server->listensOnIpv6())
        running.notices.append({Notice::Kind::NoIpv6});
    if (parts.sandbox && parts.sandbox->movedPort())
        running.notices.append({Notice::Kind::SandboxMoved, {}, QUrl(running.issuer).port()});
    if (!address.isLoopback())
        running.notices.append({Notice::Kind::NotLoopback, settings.host});
    if (!settings.authorization)
        running.notices.append({Notice::Kind::AuthorizationOff});
    else if (!settings.verifyJwt)
        running.notices.append({Notice::Kind::VerifyJwtOff});
    return running;
}

void Engine::began(const exchange::Exchange &exchange)
{
    record(exchange);
}

void Engine::ended(const exchange::Exchange &exchange)
{
    // One that began within the same batch crosses once, ended.
    const auto place = m_places.constFind(exchange.id);
    if (place != m_places.cend())
        m_batch[*place] = exchange;
    else
        record(exchange);
}

void Engine::record(const exchange::Exchange &exchange)
{
    if (m_batch.size() >= keptExchanges) {
        m_dropped += exchange.outcome == exchange::Outcome::Running ? 0 : 1;
        return;
    }
    m_places.insert(exchange.id, m_batch.size());
    m_batch.append(exchange);
    if (!m_flush.isActive())
        m_flush.start();
}

void Engine::flush()
{
    if (m_untaken >= untakenBatches) {
        m_flush.start();
        return;
    }
    if (m_batch.isEmpty())
        return;
    ++m_untaken;
    m_places.clear();
    Q_EMIT exchanged(std::exchange(m_batch, {}));
    if (const qint64 dropped = std::exchange(m_dropped, 0); dropped > 0)
        Q_EMIT noticed({Notice::Kind::ExchangesDropped, {}, 0, dropped});
}

} // namespace gatehouse::host
