// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/server.h"

#include "auth/explanation.h"
#include "auth/issuer.h"
#include "base/stopsignal.h"
#include "exchange/exchange.h"
#include "face/inspection.h"
#include "face/offer.h"

#include <QCoreApplication>
#include <QPointer>

#include <cstdio>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;
using namespace gatehouse;

namespace Gatehouse {

namespace {

using Added = mcp::Features::Added;

/// QCoreApplication keeps a reference to how many arguments there are.
QCoreApplication *makeApplication()
{
    static int count = 1;
    static char name[] = "gatehouse";
    static char *arguments[] = {name, nullptr};
    return QCoreApplication::instance() ? nullptr : new QCoreApplication(count, arguments);
}

Exchange shown(const exchange::Exchange &from)
{
    Exchange out;
    out.receivedAt = from.times.receivedAt;
    out.method = QString::fromUtf8(from.method);
    out.path = QString::fromUtf8(from.path);
    out.status = from.status;
    out.call = from.rpcMethod;
    out.target = from.target;
    out.client = from.client;
    out.user = from.user;
    out.organization = from.organization;
    out.reason = auth::reasonName(from.verdict.reason);
    if (from.refusal != exchange::Refusal::None)
        out.why = exchange::describe(from.refusal);
    else if (!from.verdict.accepted())
        out.why = auth::explain(from.verdict).sentence;
    out.tookMs = double(exchange::tookUs(from.times)) / 1000;
    return out;
}

class Observers : public exchange::Sink
{
public:
    void add(std::function<void(const Exchange &)> one) { m_all.append(std::move(one)); }
    [[nodiscard]] bool isEmpty() const { return m_all.isEmpty(); }
    void began(const exchange::Exchange &) override { }
    void ended(const exchange::Exchange &exchange) override
    {
        const Exchange one = shown(exchange);
        const auto all = m_all; // One of them may add another.
        for (const auto &observer : all)
            observer(one);
    }

private:
    QList<std::function<void(const Exchange &)>> m_all;
};

} // namespace

struct Server::Private
{
    /// One thing that is offered, by its kind and name.
    struct Offer
    {
        QString key;
        std::function<Added(mcp::Features &)> add;
    };

    Options options;
    std::unique_ptr<QCoreApplication> application;
    Observers observers;
    QList<Offer> offers;
    std::unique_ptr<server::Server> server;
    QPointer<mcp::Features>
        elsewhere; ///< Of whoever serves in the place of `server`, on a thread of its own.
    QString error;

    [[nodiscard]] mcp::ServerDescription description() const;
    [[nodiscard]] Added addAllTo(mcp::Features &features) const;
    /// Does that with what is served now, if anything is.
    void change(const std::function<Added(mcp::Features &)> &how);
    void offer(const QString &key, std::function<Added(mcp::Features &)> add);
    [[nodiscard]] base::Expected<server::Configuration, QString> configuration() const;
    [[nodiscard]] base::Expected<void, QString> start(int port);
};

mcp::ServerDescription Server::Private::description() const
{
    mcp::ServerDescription made;
    made.name = options.name.isEmpty() ? u"gatehouse"_s : options.name;
    made.title = options.title;
    made.version = options.version.isEmpty() ? u"0"_s : options.version;
    made.instructions = options.instructions;
    return made;
}

Added Server::Private::addAllTo(mcp::Features &features) const
{
    for (const Offer &one : offers) {
        if (auto added = one.add(features); !added)
            return added;
    }
    return {};
}

void Server::Private::change(const std::function<Added(mcp::Features &)> &how)
{
    if (server) {
        if (const auto changed = how(server->features()); !changed)
            error = changed.error();
    } else if (elsewhere) {
        QMetaObject::invokeMethod(elsewhere, [how, features = elsewhere.data()] { (void)how(*features); });
    }
}

void Server::Private::offer(const QString &key, std::function<Added(mcp::Features &)> add)
{
    change(add);
    offers.append({key, std::move(add)});
}

base::Expected<server::Configuration, QString> Server::Private::configuration() const
{
    const OAuth &oauth = options.oauth;
    const QHostAddress host(options.host);
    if (host.isNull())
        return base::failure(
            u"\"%1\" is no IP address: 127.0.0.1 is this computer."_s.arg(options.host.left(200)));
    if (!host.isLoopback() && (oauth.isOff || !oauth.verifyJwt))
        return base::failure(
            u"Without verified tokens it listens on this computer only: anybody who reaches %1 would get in."_s
                .arg(options.host));
    server::Configuration made;
    made.resource = oauth.resource;
    if (const QString base = qEnvironmentVariable(server::addressVariable.data()).trimmed();
        made.resource.isEmpty() && !base.isEmpty())
        made.resource = server::resourceAt(base);
    made.scopes = oauth.scopesSupported.isEmpty() ? auth::authKitScopes() : oauth.scopesSupported;
    if (oauth.isOff)
        return made;
    const QString subdomain = oauth.subdomain.isEmpty()
        ? qEnvironmentVariable(auth::subdomainVariable.data()).trimmed()
        : oauth.subdomain;
    if (subdomain.isEmpty())
        return base::failure(
            u"No AuthKit environment is named: set %1, or OAuth::subdomain. \"gatehouse sandbox\" is a "
            "stand-in on this computer; the address that it prints can be named as well."_s.arg(
                auth::subdomainVariable));
    const auto issuer = auth::issuerFromSubdomain(subdomain);
    if (!issuer)
        return base::failure(issuer.error());
    made.policy.emplace();
    made.policy->issuer = *issuer;
    made.policy->verifyJwt = oauth.verifyJwt;
    made.policy->needs.scopes = oauth.requiredScopes;
    return made;
}

base::Expected<void, QString> Server::Private::start(int port)
{
    if (port < 0 || port > 65535)
        return base::failure(u"%1 is no port: there are 1 to 65535, and 0 for a free one."_s.arg(port));
    const auto wanted = configuration();
    if (!wanted)
        return base::failure(wanted.error());
    auto made = std::make_unique<server::Server>(description());
    if (const auto added = addAllTo(made->features()); !added)
        return base::failure(added.error());
    made->setSink(&observers);
    auto opening = made->open(QHostAddress(options.host), quint16(port));
    if (!opening) {
        const http::ListenError &fault = opening.error();
        return base::failure(fault.isInUse
                                 ? u"Port %1 is in use by another program."_s.arg(fault.port)
                                 : u"%1 cannot be listened on: %2"_s.arg(options.host, fault.detail));
    }
    made->settle(std::move(*opening), *wanted);
    server = std::move(made);
    return {};
}

Server::Server(Options options)
    : d(std::make_unique<Private>())
{
    d->options = std::move(options);
    d->application.reset(makeApplication());
}

Server::~Server() = default;

Server &Server::add(const Tool &tool, Handling<Result> handler)
{
    d->offer(u"tool "_s + tool.name,
             [made = offered(tool, std::move(handler))](mcp::Features &to) { return to.addTool(made); });
    return *this;
}

Server &Server::add(const Resource &resource, Handling<Contents> handler)
{
    d->offer(
        u"resource "_s + resource.uri,
        [made = offered(resource, std::move(handler))](mcp::Features &to) { return to.addResource(made); });
    return *this;
}

Server &Server::add(const ResourceTemplate &resources, Handling<Contents> handler)
{
    d->offer(
        u"template "_s + resources.uriTemplate,
        [made = offered(resources, std::move(handler))](mcp::Features &to) { return to.addTemplate(made); });
    return *this;
}

Server &Server::add(const Prompt &prompt, Handling<Messages> handler)
{
    d->offer(u"prompt "_s + prompt.name,
             [made = offered(prompt, std::move(handler))](mcp::Features &to) { return to.addPrompt(made); });
    return *this;
}

void Server::removeTool(const QString &name)
{
    d->offers.removeIf([&name](const Private::Offer &one) { return one.key == u"tool "_s + name; });
    d->change([name](mcp::Features &from) {
        from.removeTool(name);
        return Added();
    });
}

void Server::removeResource(const QString &uri)
{
    d->offers.removeIf([&uri](const Private::Offer &one) { return one.key == u"resource "_s + uri; });
    d->change([uri](mcp::Features &from) {
        from.removeResource(uri);
        return Added();
    });
}

void Server::resourceChanged(const QString &uri)
{
    d->change([uri](mcp::Features &of) {
        of.resourceChanged(uri);
        return Added();
    });
}

Server &Server::observe(std::function<void(const Exchange &)> observer)
{
    d->observers.add(std::move(observer));
    return *this;
}

bool Server::start(int port)
{
    stop();
    const auto started = d->start(port);
    d->error = started ? QString() : started.error();
    return started.has_value();
}

void Server::stop()
{
    d->server.reset();
}

int Server::listen(int port)
{
    const QByteArray name = d->options.name.toUtf8();
    if (!start(port)) {
        std::fprintf(stderr, "%s: %s\n", name.constData(), d->error.toUtf8().constData());
        return 1;
    }
    std::fprintf(stderr, "%s: listening on %s\n", name.constData(), address().toUtf8().constData());
    QObject context;
    base::onStopSignal(&context, [] { QCoreApplication::quit(); });
    const int exitCode = QCoreApplication::exec();
    stop();
    return exitCode;
}

bool Server::isListening() const
{
    return d->server != nullptr;
}

QString Server::errorString() const
{
    return d->error;
}

int Server::port() const
{
    return d->server ? d->server->port() : 0;
}

QString Server::address() const
{
    return d->server ? d->server->resource() : QString();
}

const Server::Options &Inspection::optionsOf(const Server &server)
{
    return server.d->options;
}

mcp::ServerDescription Inspection::descriptionOf(const Server &server)
{
    return server.d->description();
}

Added Inspection::judge(const Server &server)
{
    mcp::Features features;
    return server.d->addAllTo(features);
}

std::function<void(mcp::Features &)> Inspection::offerOf(Server &server)
{
    return [d = server.d.get()](mcp::Features &features) {
        (void)d->addAllTo(features); // That it can be is judged before.
        d->elsewhere = &features;
    };
}

exchange::Sink *Inspection::sinkOf(Server &server)
{
    return &server.d->observers;
}

} // namespace Gatehouse
