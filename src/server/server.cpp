// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/server.h"

#include "auth/gate.h"
#include "auth/issuer.h"
#include "auth/issuermetadata.h"
#include "auth/resourcemetadata.h"
#include "base/clock.h"
#include "base/logging.h"
#include "base/random.h"
#include "endpoint/endpoint.h"
#include "fetch/networkfetcher.h"
#include "web/origin.h"

#include <QPointer>
#include <QTimer>
#include <QUrl>

#include <memory>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace gatehouse::server {

namespace {

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

} // namespace

/// In the order they are made; the later ones point at the earlier ones and go first. All live as long as the
/// server does, but for what belongs to one issuer.
struct Server::Private
{
    QByteArray callbackPath;
    Callback callback; ///< Answers there.
    mcp::ServerDescription description;
    exchange::Sink *sink = nullptr;
    fetch::NetworkFetcher fetcher;
    mcp::Features features;
    QString issuerName; ///< That keys and metadata are of.
    std::unique_ptr<auth::KeySource> keys;
    std::unique_ptr<auth::AuthGate> gate;
    std::unique_ptr<auth::AuthGate> trial; ///< Judges what came with no request; of a moment.
    std::unique_ptr<auth::IssuerMetadata> issuer;
    std::unique_ptr<mcp::Dispatcher> dispatcher;
    std::unique_ptr<endpoint::Endpoint> endpoint;
    std::unique_ptr<http::HttpServer> door;
    std::vector<std::unique_ptr<http::HttpServer>> retired; ///< On their old addresses until all is answered.
    std::function<void()> drained; ///< Once that is so of all.
    bool isDraining = false;
    QHostAddress address;
    quint16 wanted = 0; ///< The port as it was asked for: 0 is any.
    quint16 port = 0;
    QString resource;
    auth::ResourceMetadata metadata; ///< As it is served.
    Configuration configuration; ///< What runs.

    [[nodiscard]] bool needsKeys() const { return configuration.policy && configuration.policy->verifyJwt; }
};

Server::Server(mcp::ServerDescription description, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->description = std::move(description);
}

Server::~Server() = default;

mcp::Features &Server::features()
{
    return d->features;
}

void Server::setSink(exchange::Sink *sink)
{
    d->sink = sink;
}

Server::Opening::Opening(Server *server)
    : m_server(server)
{ }

Server::Opening::Opening(Opening &&other) noexcept
    : m_server(std::exchange(other.m_server, nullptr))
    , m_door(std::move(other.m_door))
    , m_address(other.m_address)
    , m_wanted(other.m_wanted)
    , m_port(other.m_port)
    , m_isOldClosed(std::exchange(other.m_isOldClosed, false))
{ }

Server::Opening::~Opening()
{
    m_door.reset();
    if (m_server && m_isOldClosed && !m_server->d->door->reopen())
        qCWarning(base::lcHost) << "The address that was listened on cannot be taken again";
}

std::unique_ptr<http::HttpServer> Server::makeDoor()
{
    // The endpoint needs the port to know its own names, so the server starts with a door that opens later.
    auto door
        = std::make_unique<http::HttpServer>([this](const http::Request &request, http::Respond respond) {
              if (d->callback && request.path == d->callbackPath)
                  d->callback(request, std::move(respond));
              else if (d->endpoint)
                  d->endpoint->handle(request, std::move(respond));
              else
                  respond(http::jsonResponse(503, R"({"error":"starting"})"_ba));
          });
    door->setRefusedHandler([this](const http::Refused &refused) {
        if (d->endpoint)
            d->endpoint->record(refused);
    });
    return door;
}

bool Server::listensThere(const QHostAddress &address, quint16 port) const
{
    return d->door && d->address == address && (d->wanted == port || d->port == port);
}

base::Expected<Server::Opening, http::ListenError> Server::open(const QHostAddress &address, quint16 port)
{
    Opening opening(this);
    opening.m_address = address;
    opening.m_wanted = port;
    opening.m_port = d->port;
    if (listensThere(address, port))
        return opening;
    opening.m_door = makeDoor();
    auto taken = opening.m_door->listen(address, port);
    // With another address at the same port it is this server that stands in the way.
    if (!taken && d->door && port == d->port) {
        d->door->close();
        opening.m_isOldClosed = true;
        taken = opening.m_door->listen(address, port);
    }
    if (!taken)
        return base::failure(taken.error());
    opening.m_port = *taken;
    return opening;
}

void Server::settle(Opening opening, const Configuration &configuration)
{
    opening.m_isOldClosed = false;
    if (opening.m_door)
        retire(std::exchange(d->door, std::move(opening.m_door)));
    d->address = opening.m_address;
    d->wanted = opening.m_wanted;
    d->port = opening.m_port;
    d->resource = configuration.resource.isEmpty() ? usualResource(d->port) : configuration.resource;
    const auto includedBy = [](const Configuration &one) {
        return one.policy ? one.policy->scopeIncludes : QHash<QString, QStringList>();
    };
    const bool doScopesDiffer = includedBy(d->configuration) != includedBy(configuration);
    d->configuration = configuration;
    d->door->setLimits(configuration.edge);
    if (configuration.policy)
        protect(*configuration.policy);
    d->features.setRules(configuration.rules);
    d->features.setHidesForbidden(configuration.hidesForbidden);
    if (d->dispatcher && doScopesDiffer)
        d->features.rightsChanged();
    serve(configuration);
}

void Server::protect(auth::Policy policy)
{
    policy.resource = d->resource;
    std::unique_ptr<auth::KeySource> oldKeys; // Lives until the gate has let go of it.
    d->trial.reset(); // Its keys may go.
    if (std::exchange(d->issuerName, policy.issuer) != policy.issuer || !d->keys) {
        oldKeys = std::exchange(d->keys,
                                std::make_unique<auth::KeySource>(auth::jwksUrl(policy.issuer), &d->fetcher,
                                                                  base::systemClock()));
        connect(d->keys.get(), &auth::KeySource::becameUnreachable, this, &Server::keysBecameUnreachable);
        connect(d->keys.get(), &auth::KeySource::becameReachable, this, [this] {
            if (d->needsKeys())
                Q_EMIT keysBecameReachable();
        });
        d->issuer = std::make_unique<auth::IssuerMetadata>(policy.issuer, &d->fetcher, base::systemClock());
    }
    if (d->gate)
        d->gate->reconfigure(policy, d->keys.get());
    else
        d->gate = std::make_unique<auth::AuthGate>(policy, d->keys.get(), base::systemClock());
    // With verifyJwt off, too: what a signature would come to is said all the same.
    d->keys->warm();
}

void Server::serve(const Configuration &configuration)
{
    if (d->dispatcher) {
        d->dispatcher->setLimits(configuration.limits);
    } else {
        d->dispatcher = std::make_unique<mcp::Dispatcher>(d->description, &d->features, base::systemClock(),
                                                          base::systemRandom(), configuration.limits);
        connect(d->dispatcher.get(), &mcp::Dispatcher::sessionEnded, this, &Server::sessionEnded);
    }
    d->dispatcher->setStateSecrets(configuration.stateSecrets);
    endpoint::EndpointSettings own;
    own.origins = originRule(d->address, d->port, d->resource);
    own.metadata = d->metadata = {
        d->resource, configuration.policy ? configuration.policy->issuer : QString(), configuration.scopes};
    own.maximumBodyBytes = configuration.edge.bodyBytes;
    const bool isOpen = !configuration.policy;
    const endpoint::Endpoint::Parts its{d->dispatcher.get(), isOpen ? nullptr : d->gate.get(),
                                        isOpen ? nullptr : d->issuer.get()};
    if (d->endpoint) {
        d->endpoint->reconfigure(own, its);
        d->dispatcher->endUnentitled(!isOpen);
    } else {
        d->endpoint = std::make_unique<endpoint::Endpoint>(own, its, base::systemClock());
        d->endpoint->setSink(d->sink);
    }
}

/// Its address is left, and what is under way there is answered.
void Server::retire(std::unique_ptr<http::HttpServer> door)
{
    if (!door)
        return;
    http::HttpServer *old = d->retired.emplace_back(std::move(door)).get();
    old->retire([this, old] {
        QMetaObject::invokeMethod(
            this,
            [this, old] {
                std::erase_if(d->retired, [old](const auto &one) { return one.get() == old; });
                if (d->drained && d->retired.empty())
                    d->drained();
            },
            Qt::QueuedConnection);
    });
}

void Server::drain(std::chrono::milliseconds longest, std::function<void()> done)
{
    const auto once = [done = std::make_shared<std::function<void()>>(std::move(done))] {
        if (const auto then = std::exchange(*done, nullptr))
            then();
    };
    QTimer::singleShot(longest, this, once);
    if (!d->door && d->retired.empty())
        return once();
    d->drained = [before = d->drained, once] {
        if (before)
            before();
        once();
    };
    if (std::exchange(d->isDraining, true))
        return;
    // Whose connection is made already, but not yet seen, comes in first.
    QTimer::singleShot(0, this, [this] {
        d->dispatcher->endStreams();
        retire(std::move(d->door));
    });
}

void Server::setCallback(const QByteArray &path, Callback callback)
{
    d->callbackPath = path;
    d->callback = std::move(callback);
}

void Server::forgetKeys()
{
    d->issuerName.clear();
}

void Server::fetchKeys(std::function<void(const auth::KeyReport &)> done)
{
    if (d->keys && d->configuration.policy)
        d->keys->refresh(std::move(done));
}

void Server::readIssuer(bool anew, std::function<void(const IssuerReport &)> done)
{
    const auto report = std::make_shared<IssuerReport>();
    report->isAnew = anew;
    report->place = auth::resourceMetadataUrl(d->resource);
    report->resource = d->metadata.toJson();
    if (!d->configuration.policy || !d->issuer)
        return done(*report);
    report->issuer = d->issuerName;
    // Whoever comes last has all of it.
    const auto part = [report, done = std::move(done), left = std::make_shared<int>(3)] {
        if (--*left == 0)
            done(*report);
    };
    using Document = auth::IssuerMetadata::Document;
    if (anew)
        d->issuer->distrust();
    d->issuer->get(Document::AuthorizationServer, [report, part](const auth::PassedThrough &document) {
        report->authorizationServer = document;
        part();
    });
    d->issuer->get(Document::OpenIdConfiguration, [report, part](const auth::PassedThrough &document) {
        report->openId = document;
        part();
    });
    const auto take = [report, part](const auth::KeyReport &keys) {
        report->keys = keys;
        part();
    };
    const auth::KeyReport kept = d->keys->report();
    const bool isFirst = kept.fetchedAt == 0 && kept.fault.isEmpty(); // They are on their way.
    anew || isFirst ? d->keys->refresh(take) : take(kept);
}

void Server::judge(const QByteArray &token, std::function<void(const auth::Verdict &)> done)
{
    if (!d->configuration.policy || !d->gate)
        return done({auth::Reason::NotNeeded});
    // Another gate: the one at the door remembers the tokens that it has let in.
    d->trial = std::make_unique<auth::AuthGate>(d->gate->policy(), d->keys.get(), base::systemClock());
    d->trial->judge(
        {{"Bearer " + token}, {}},
        [this, gate = QPointer(d->trial.get()), done = std::move(done)](const auth::Judgement &judgement) {
            done(judgement.verdict);
            QMetaObject::invokeMethod(
                this,
                [this, gate] {
                    if (gate && d->trial.get() == gate)
                        d->trial.reset(); // And with it what it knows of the token.
                },
                Qt::QueuedConnection);
        });
}

bool Server::endSession(const QByteArray &fingerprint)
{
    return d->dispatcher && d->dispatcher->endSessionByFingerprint(fingerprint);
}

std::optional<auth::KeyReport> Server::failingKeys() const
{
    if (!d->keys || !d->needsKeys())
        return std::nullopt;
    const auth::KeyReport report = d->keys->report();
    return report.fault.isEmpty() ? std::nullopt : std::optional(report);
}

quint16 Server::port() const
{
    return d->port;
}

QString Server::resource() const
{
    return d->resource;
}

bool Server::listensOnIpv6() const
{
    return d->door && d->door->listensOnIpv6();
}

QStringList Server::rulesWithoutTool() const
{
    QStringList names;
    for (auto rule = d->configuration.rules.begin(); rule != d->configuration.rules.end(); ++rule) {
        if (!d->features.tools().find(rule.key()))
            names.append(rule.key());
    }
    return names;
}

} // namespace gatehouse::server
