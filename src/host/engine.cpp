// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/engine.h"

#include "auth/issuer.h"
#include "auth/keysource.h"
#include "base/clock.h"
#include "base/handover.h"
#include "base/random.h"
#include "host/apikey.h"
#include "host/composition.h"
#include "host/owntools.h"
#include "host/statesecrets.h"
#include "sandbox/sandbox.h"
#include "server/server.h"

#include <QHostAddress>
#include <QUrl>

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::host {

namespace {

StartError errorOf(const http::ListenError &error, const QString &field)
{
    return {error.isInUse ? StartError::Kind::PortInUse : StartError::Kind::CannotListen, field, error.port,
            error.nextFree, error.detail};
}

} // namespace

Engine::Engine(QObject *parent)
    : QObject(parent)
    , m_batches(this)
    , m_proxies([this](const Notice &notice) { Q_EMIT noticed(notice); })
{
    m_sinks.add(&m_proxies);
    m_sinks.add(&m_batches);
    connect(&m_batches, &Batches::exchanged, this, [this](const QList<exchange::Exchange> &batch) {
        base::handedOver(this);
        Q_EMIT exchanged(batch);
    });
    connect(&m_batches, &Batches::dropped, this, [this](qint64 count) {
        Q_EMIT noticed({Notice::Kind::ExchangesDropped, {}, 0, count});
    });
    connect(&m_batches, &Batches::thinned, this, [this](qint64 count) {
        Q_EMIT noticed({Notice::Kind::ExchangesThinned, {}, 0, count});
    });
}

Engine::~Engine()
{
    m_tools.reset();
    m_server.reset();
    m_sandbox.reset();
    m_batches.giveAll(); // Nothing that was recorded is lost by a stop.
}

/// Here and not in the constructor, which runs on another thread.
void Engine::makeServer()
{
    m_server = std::make_unique<server::Server>(m_offer.description);
    m_server->setSink(&m_sinks);
    connect(m_server.get(), &server::Server::sessionEnded, this, &Engine::sessionEnded);
    connect(m_server.get(), &server::Server::keysBecameUnreachable, this, [this] {
        if (!m_isToTell) // Else it is told in a moment, and once is enough.
            tellOfFailingKeys();
    });
    connect(m_server.get(), &server::Server::keysBecameReachable, this,
            [this] { Q_EMIT noticed({Notice::Kind::IssuerReachable}); });
    openRedirect();
    mcp::Features *features = &m_server->features();
    connect(features, &mcp::Features::toolsChanged, this, &Engine::offerChanged);
    connect(features, &mcp::Features::resourcesChanged, this, &Engine::offerChanged);
    connect(features, &mcp::Features::promptsChanged, this, &Engine::offerChanged);
    if (m_offer.add)
        m_offer.add(m_server->features());
    if (m_offer.hasOwnTools)
        m_tools = std::make_unique<OwnTools>(
            m_server->features(),
            [this](const Notice &notice) {
                if (!m_isToTell) // Else it is told in a moment.
                    Q_EMIT noticed(notice);
            },
            [this](const QString &organization) { Q_EMIT documentsChanged(organization); });
}

base::Expected<void, StartError> Engine::runSandbox(const Settings &settings, const QString &resource)
{
    const auto own = sandboxSettingsOf(settings, resource);
    if (!own)
        return base::failure(own.error());
    m_people = own->people;
    if (m_sandbox) {
        const auto changed = m_sandbox->reconfigure(*own);
        if (!changed)
            return base::failure(errorOf(changed.error(), u"sandboxPort"_s));
        if (settings.sandboxPrivate && !m_settings.sandboxPrivate)
            m_server->forgetKeys(); // Its old key is good for nothing any more.
        return {};
    }
    auto made = std::make_unique<sandbox::Sandbox>(*own, base::systemClock(), base::systemRandom());
    made->setSink(&m_sinks);
    made->setFetcher(&m_fetcher);
    if (const auto started = made->start(); !started)
        return base::failure(errorOf(started.error(), u"sandboxPort"_s));
    m_sandbox = std::move(made);
    return {};
}

base::Expected<Running, StartError> Engine::start(const Settings &settings)
{
    if (const QList<SettingsFault> faults = validate(settings); !faults.isEmpty())
        return base::failure(
            StartError{StartError::Kind::BadSetting, faults.first().field, 0, 0, faults.first().text});
    if (!m_server)
        makeServer();
    // Everything that can fail comes first, so that what runs goes on where the new settings cannot.
    const auto secrets = readStateSecrets(settings.stateKeyFile);
    if (!secrets)
        return base::failure(
            StartError{StartError::Kind::BadSetting, u"stateKeyFile"_s, 0, 0, secrets.error()});
    auto opening = m_server->open(QHostAddress(settings.host), quint16(settings.port));
    if (!opening)
        return base::failure(errorOf(opening.error(), u"port"_s));
    QString issuer;
    if (settings.usesSandbox()) {
        const QString resource
            = settings.resource.isEmpty() ? server::usualResource(opening->port()) : settings.resource;
        if (const auto started = runSandbox(settings, resource); !started)
            return base::failure(started.error());
        issuer = m_sandbox->issuer();
    } else if (settings.authorization) {
        issuer = *auth::issuerFromSubdomain(settings.subdomain);
    }
    if (m_tools)
        m_tools->settle(settings, apiOf(settings));
    server::Configuration configuration = serverConfigurationOf(settings, issuer);
    configuration.stateSecrets = *secrets;
    m_server->settle(std::move(*opening), configuration);
    m_proxies.setPublished(m_server->resource());
    m_settings = settings;
    m_isRunning = true;
    // Whoever watches begins anew with these settings, and an outage goes on.
    if (!std::exchange(m_isToTell, true))
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_isToTell = false;
                tellOfFailingKeys();
                if (m_tools)
                    m_tools->tellAgain();
            },
            Qt::QueuedConnection);
    return runningWith(settings, issuer);
}

Running Engine::runningWith(const Settings &settings, const QString &issuer) const
{
    Running running;
    running.resource = m_server->resource();
    running.issuer = issuer;
    running.sandbox = settings.usesSandbox();
    if (running.sandbox) {
        running.people = m_people;
        for (const sandbox::Organization &one : m_people.organizations)
            running.organizations.insert(one.id, one.name);
        running.sandboxApi = apiOf(settings);
    }
    running.verifyJwt = settings.verifyJwt;
    running.port = m_server->port();
    running.documents = m_tools ? m_tools->documents() : std::weak_ptr<store::Documents>();
    for (const QString &name : m_server->rulesWithoutTool())
        running.notices.append({Notice::Kind::RuleWithoutTool, name});
    if (QHostAddress(settings.host) == QHostAddress(QHostAddress::LocalHost) && !m_server->listensOnIpv6())
        running.notices.append({Notice::Kind::NoIpv6});
    running.notices += noticesOf(settings);
    if (running.sandbox) {
        running.sandboxSecret = m_sandbox->secret();
        if (m_sandbox->movedPort())
            running.notices.append({Notice::Kind::SandboxMoved, {}, QUrl(issuer).port()});
    }
    return running;
}

tools::ApiAccess Engine::apiOf(const Settings &settings) const
{
    // A key to real people is not for the sandbox's.
    return settings.usesSandbox()
        ? tools::ApiAccess{m_sandbox->managementAddress(), m_sandbox->managementKey()}
        : apiAccess(m_apiKey);
}

void Engine::setRedirected(const QByteArray &path, Redirected redirected)
{
    m_redirectPath = path;
    m_redirected = std::move(redirected);
    if (m_server)
        openRedirect();
}

void Engine::openRedirect()
{
    if (!m_redirected)
        return m_server->setCallback({}, {});
    m_server->setCallback(m_redirectPath, [this](const http::Request &request, const http::Respond &respond) {
        const quint64 number = ++m_lastRedirected;
        m_unanswered.insert(number, respond);
        respond.onDisconnected([this, number](const http::Cut &) { m_unanswered.remove(number); });
        m_redirected(request, number);
    });
}

void Engine::answerRedirected(quint64 number, const http::Response &response)
{
    if (const http::Respond respond = m_unanswered.take(number); respond)
        respond(response);
}

void Engine::setApiKey(const QByteArray &key)
{
    m_apiKey = key;
    if (m_tools && m_isRunning)
        m_tools->settle(m_settings, apiOf(m_settings));
}

void Engine::drain(std::chrono::milliseconds longest, std::function<void()> done)
{
    if (m_isRunning)
        m_server->drain(longest, std::move(done));
    else
        done();
}

void Engine::tellOfFailingKeys()
{
    if (const auto report = m_server->failingKeys())
        tellOfFault(*report);
}

void Engine::tellOfFault(const auth::KeyReport &report)
{
    const Notice::Kind kind
        = report.fetchedAt > 0 ? Notice::Kind::IssuerStale : Notice::Kind::IssuerUnreachable;
    Q_EMIT noticed({kind, report.fault, 0, 0, report.fetchedAt});
}

void Engine::fetchKeys()
{
    if (!m_server)
        return;
    m_server->fetchKeys([this](const auth::KeyReport &report) {
        if (!report.fault.isEmpty())
            return tellOfFault(report); // Somebody asked: also where no signature is checked.
        Q_EMIT noticed({Notice::Kind::KeysFetched, (report.keyIds + report.skipped).join(u", "_s), 0,
                        report.keyIds.size(), report.fetchedAt});
    });
}

Offered Engine::offered() const
{
    return m_server ? offeredBy(m_server->features()) : Offered();
}

void Engine::readIssuer(bool anew, std::function<void(const server::IssuerReport &)> done)
{
    if (m_isRunning)
        m_server->readIssuer(anew, std::move(done));
}

void Engine::judge(const QByteArray &token, std::function<void(const auth::Verdict &)> done)
{
    if (m_isRunning)
        m_server->judge(token, std::move(done));
}

bool Engine::endSession(const QByteArray &fingerprint)
{
    return m_server && m_server->endSession(fingerprint);
}

} // namespace gatehouse::host
