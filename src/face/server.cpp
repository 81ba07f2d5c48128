// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/server.h"

#include "auth/explanation.h"
#include "auth/issuer.h"
#include "base/stopsignal.h"
#include "exchange/exchange.h"
#include "face/documents.h"
#include "face/inspection.h"
#include "face/offer.h"
#include "mcp/handlercall.h"

#include <QCoreApplication>
#include <QPointer>
#include <QScopeGuard>
#include <QThread>

#include <cstdio>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;
using namespace gatehouse;

namespace Gatehouse {

namespace {

using Added = mcp::Features::Added;

/// The one of the program, or one for all servers of it that have none. QCoreApplication keeps a reference to
/// how many arguments there are.
std::shared_ptr<QCoreApplication> applicationFor(const QString &name)
{
    static int count = 1;
    static char program[] = "gatehouse";
    static char *arguments[] = {program, nullptr};
    static std::weak_ptr<QCoreApplication> ours;
    if (QCoreApplication::instance())
        return ours.lock();
    const auto made = std::make_shared<QCoreApplication>(count, arguments);
    QCoreApplication::setApplicationName(name);
    ours = made;
    return made;
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
    void began(const exchange::Exchange &) override { }
    void ended(const exchange::Exchange &exchange) override
    {
        if (m_all.isEmpty() || exchange.source != exchange::Source::Server)
            return;
        const Exchange one = shown(exchange);
        const auto all = m_all; // One of them may add another.
        ++depth;
        for (const auto &observer : all)
            mcp::callHandler([&] { observer(one); });
        --depth;
    }

    int depth = 0; ///< How many of them are being called.

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
        std::function<Added(mcp::Features &)> judge = {}; ///< The same without what `add` begins.
    };

    Options options;
    std::shared_ptr<QCoreApplication> application; ///< Null where the program has made one.
    Observers observers;
    QList<Offer> offers;
    std::unique_ptr<server::Server> server;
    QPointer<server::Server> leaving; ///< Was stopped from within; goes when that has returned.
    int handling = 0; ///< How many handlers and completers of `server` are being called.
    /// Of offers and what follows: who serves in the place of `server` has a thread of its own.
    mutable std::mutex mutex;
    mcp::Features *elsewhere = nullptr; ///< What that one offers.
    QString error;

    [[nodiscard]] mcp::ServerDescription description() const;
    [[nodiscard]] QList<Offer> allOffers() const;
    void setError(const QString &why);
    /// Does that with what is served now, if anything is; false where that cannot be.
    bool change(const std::function<Added(mcp::Features &)> &how);
    void remove(const QString &key);
    /// The same, and stop() knows that it is called from within.
    template <typename Out, typename... In>
    std::function<Out(In...)> counted(std::function<Out(In...)> handler)
    {
        if (!handler)
            return {};
        return [this, handler = std::move(handler), thread = QThread::currentThread()](In... in) {
            const bool isOurs = QThread::currentThread() == thread;
            handling += isOurs ? 1 : 0;
            const auto over = qScopeGuard([this, isOurs] { handling -= isOurs ? 1 : 0; });
            return handler(in...);
        };
    }
    [[nodiscard]] bool isWithin() const { return handling > 0 || observers.depth > 0; }
    void offer(const Offer &one);
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

QList<Server::Private::Offer> Server::Private::allOffers() const
{
    const std::lock_guard lock(mutex);
    return offers;
}

void Server::Private::setError(const QString &why)
{
    const std::lock_guard lock(mutex);
    error = why;
}

bool Server::Private::change(const std::function<Added(mcp::Features &)> &how)
{
    if (server) {
        const auto changed = how(server->features());
        if (!changed)
            setError(changed.error());
        return changed.has_value();
    }
    const std::lock_guard lock(mutex); // While it is held, what is served elsewhere cannot go.
    if (elsewhere)
        QMetaObject::invokeMethod(elsewhere, [this, how, features = elsewhere] {
            if (const auto changed = how(*features); !changed)
                setError(changed.error());
        });
    return true;
}

void Server::Private::offer(const Offer &one)
{
    if (!change(one.add))
        return;
    const std::lock_guard lock(mutex);
    offers.append(one);
}

void Server::Private::remove(const QString &key)
{
    const std::lock_guard lock(mutex);
    offers.removeIf([&key](const Offer &one) { return one.key == key; });
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
    constexpr qsizetype shortestSecret = 32;
    for (const QByteArray &secret : options.stateSecrets) {
        if (secret.size() < shortestSecret)
            return base::failure(
                u"A secret of its states is shorter than %1 bytes: anybody could guess it."_s.arg(
                    shortestSecret));
    }
    server::Configuration made;
    made.stateSecrets = options.stateSecrets;
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
    for (const Offer &one : allOffers()) {
        if (const auto added = one.add(made->features()); !added)
            return base::failure(added.error());
    }
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
    d->application = applicationFor(options.name);
    d->options = std::move(options);
}

Server::~Server()
{
    stop();
    delete d->leaving;
}

Server &Server::add(const Tool &tool, Handling<Result> handler)
{
    d->offer(
        {u"tool "_s + tool.name, [made = offered(tool, d->counted(std::move(handler)))](mcp::Features &to) {
             return to.addTool(made);
         }});
    return *this;
}

Server &Server::add(const Resource &resource, Handling<Contents> handler)
{
    d->offer({u"resource "_s + resource.uri,
              [made = offered(resource, d->counted(std::move(handler)))](mcp::Features &to) {
                  return to.addResource(made);
              }});
    return *this;
}

Server &Server::add(const ResourceTemplate &resources, Handling<Contents> handler)
{
    ResourceTemplate known = resources;
    for (Completer &completer : known.complete)
        completer = d->counted(std::move(completer));
    d->offer({u"template "_s + resources.uriTemplate,
              [made = offered(known, d->counted(std::move(handler)))](mcp::Features &to) {
                  return to.addTemplate(made);
              }});
    return *this;
}

Server &Server::add(const Prompt &prompt, Handling<Messages> handler)
{
    Prompt known = prompt;
    for (Argument &argument : known.arguments)
        argument.complete = d->counted(std::move(argument.complete));
    d->offer({u"prompt "_s + prompt.name,
              [made = offered(known, d->counted(std::move(handler)))](mcp::Features &to) {
                  return to.addPrompt(made);
              }});
    return *this;
}

Server &Server::documents(const QString &where)
{
    d->offer({u"documents"_s, [where](mcp::Features &to) { return offerDocuments(to, where); },
              [where](mcp::Features &to) { return judgeDocuments(to, where); }});
    return *this;
}

void Server::removeTool(const QString &name)
{
    d->remove(u"tool "_s + name);
    d->change([name](mcp::Features &from) {
        from.removeTool(name);
        return Added();
    });
}

void Server::removeResource(const QString &uri)
{
    d->remove(u"resource "_s + uri);
    d->change([uri](mcp::Features &from) {
        from.removeResource(uri);
        return Added();
    });
}

void Server::removeResourceTemplate(const QString &uriTemplate)
{
    d->remove(u"template "_s + uriTemplate);
    d->change([uriTemplate](mcp::Features &from) {
        from.removeTemplate(uriTemplate);
        return Added();
    });
}

void Server::removePrompt(const QString &name)
{
    d->remove(u"prompt "_s + name);
    d->change([name](mcp::Features &from) {
        from.removePrompt(name);
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
    if (d->isWithin()) {
        d->setError(u"start() cannot be called from a handler."_s);
        return false;
    }
    stop();
    delete d->leaving; // It has the port.
    const auto started = d->start(port);
    d->setError(started ? QString() : started.error());
    return started.has_value();
}

void Server::stop()
{
    // What is on the stack goes on with it.
    if (d->server && d->isWithin()) {
        d->leaving = d->server.release();
        d->leaving->deleteLater();
    } else {
        d->server.reset();
    }
}

int Server::listen(int port)
{
    const QByteArray name = d->description().name.toUtf8();
    if (!start(port)) {
        std::fprintf(stderr, "%s: %s\n", name.constData(), errorString().toUtf8().constData());
        return 1;
    }
    std::fprintf(stderr, "%s: listening on %s\n", name.constData(), address().toUtf8().constData());
    QObject context;
    const auto quit = [] { QCoreApplication::quit(); };
    base::onStopSignal(&context, [this, &context, quit] {
        if (!d->server)
            return quit();
        base::onStopSignal(&context, quit); // A second signal does not wait.
        QObject::connect(d->server.get(), &QObject::destroyed, &context, quit);
        d->server->drain(server::Server::usualDrain, quit);
    });
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
    const std::lock_guard lock(d->mutex);
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
    for (const Server::Private::Offer &one : server.d->allOffers()) {
        if (auto added = one.judge ? one.judge(features) : one.add(features); !added)
            return added;
    }
    return {};
}

std::function<void(mcp::Features &)> Inspection::offerOf(Server &server)
{
    return [d = server.d.get()](mcp::Features &features) {
        QList<Server::Private::Offer> offers;
        {
            // From here on what changes comes behind these.
            const std::lock_guard lock(d->mutex);
            offers = d->offers;
            d->elsewhere = &features;
        }
        QObject::connect(&features, &QObject::destroyed, &features, [d, gone = &features] {
            const std::lock_guard lock(d->mutex);
            d->elsewhere = d->elsewhere == gone ? nullptr : d->elsewhere;
        });
        for (const Server::Private::Offer &one : std::as_const(offers)) {
            if (const auto added = one.add(features); !added)
                d->setError(added.error());
        }
    };
}

exchange::Sink *Inspection::sinkOf(Server &server)
{
    return &server.d->observers;
}

void logThrown()
{
    mcp::callHandler([] { std::rethrow_exception(std::current_exception()); });
}

} // namespace Gatehouse
