// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandbox.h"

#include "base/logging.h"
#include "http/originrule.h"
#include "sandbox/authorize.h"
#include "sandbox/control.h"
#include "sandbox/discovery.h"
#include "sandbox/managementapi.h"
#include "sandbox/oautherror.h"
#include "sandbox/realm.h"
#include "sandbox/recording.h"
#include "sandbox/tokenendpoint.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace gatehouse::sandbox {

namespace {

constexpr int portsToTry = 20;
constexpr qsizetype maximumBodyBytes = 64 * 1024;
constexpr size_t maximumWaiting = 256;

template <http::Response (*Answer)(Realm &, const http::Request &)>
void atOnce(Realm &realm, const http::Request &request, const http::Respond &respond)
{
    respond(Answer(realm, request));
}

const QList<Route> &routes()
{
    using Pages = Route::Pages;
    static const QList<Route> all = {
        {"/.well-known/oauth-authorization-server", "GET", atOnce<authorizationServerMetadata>, false, true},
        {"/.well-known/openid-configuration", "GET", atOnce<openIdConfiguration>, false, true},
        {"/oauth2/jwks", "GET", atOnce<keySet>, true, true},
        {"/oauth2/register", "POST", atOnce<registerClient>, false, true},
        {"/oauth2/authorize", "GET", authorize},
        {"/oauth2/authorize", "POST", atOnce<decide>, false, false, Pages::Own},
        {"/oauth2/error", "GET", atOnce<showError>},
        {"/oauth2/token", "POST", atOnce<token>, true, true},
        {"/oauth2/userinfo", "GET", atOnce<userInfo>, true},
        {"/oauth2/userinfo", "POST", atOnce<userInfo>, true},
        {"/sandbox/token", "POST", atOnce<controlToken>, true, false, Pages::None},
        {"/sandbox/rotate-keys", "POST", controlRotateKeys, true, false, Pages::None},
        {"/sandbox/fail", "POST", atOnce<controlFail>, false, false, Pages::None},
    };
    return all;
}

void openToEverybody(http::Response &response)
{
    response.headers.append({"Access-Control-Allow-Origin"_ba, "*"_ba});
}

http::Response preflight(const QByteArray &methods)
{
    http::Response response;
    response.headers
        = {{"Access-Control-Allow-Methods"_ba, methods},
           {"Access-Control-Allow-Headers"_ba, "Authorization, Content-Type, MCP-Protocol-Version"_ba},
           {"Access-Control-Max-Age"_ba, "600"_ba}};
    openToEverybody(response);
    return response;
}

http::Response notHere(const QByteArrayList &methods)
{
    if (methods.isEmpty()) {
        return errorResponse(
            {404, u"not_found"_s,
             u"There is nothing here: /.well-known/oauth-authorization-server names the addresses."_s});
    }
    http::Response response = errorResponse(
        {405, u"invalid_request"_s, u"Use the method %1."_s.arg(QString::fromLatin1(methods.join(" or ")))});
    response.headers.append({"Allow"_ba, methods.join(", ")});
    return response;
}

http::Response unavailable(const QString &description)
{
    http::Response response = errorResponse({503, u"temporarily_unavailable"_s, description});
    response.headers.append({"Retry-After"_ba, "1"_ba});
    return response;
}

bool isControl(const http::Request &request)
{
    return request.path.startsWith("/sandbox/") && !isOfManagementApi(request);
}

} // namespace

QString SandboxSettings::fault() const
{
    if (const QString unknown = Faults::unknownIn(faults); !unknown.isEmpty())
        return unknown;
    if (isPrivate && !autoSignIn.isEmpty())
        return u"A private sandbox asks everybody for its secret, so nobody signs in automatically: leave "
               u"out "
               "one of the two."_s;
    if (autoSignIn.isEmpty() || people.userByEmail(autoSignIn))
        return {};
    return u"Nobody in the sandbox has the e-mail %1, so it cannot sign in automatically."_s.arg(autoSignIn);
}

struct Sandbox::Private
{
    /// A request that waits for the first key.
    struct Waiting
    {
        http::Request request;
        http::Respond respond;
        const Route *route = nullptr;
    };

    Private(SandboxSettings settings, base::Clock clock, base::Random random)
        : realm(std::move(settings), std::move(clock), std::move(random))
    { }

    Realm realm;
    http::OriginRule rule;
    std::vector<Waiting> waiting;
    QString keyFault;
    std::unique_ptr<http::HttpServer> server;
    std::vector<std::unique_ptr<http::HttpServer>> retired;
    exchange::Sink *sink = nullptr;
    quint64 lastId = 0;

    /// A server on the port, or the next free one.
    using Listening = std::pair<std::unique_ptr<http::HttpServer>, quint16>;
    [[nodiscard]] base::Expected<Listening, http::ListenError> listen(Sandbox *sandbox, quint16 first);
    /// Whether a page of this Origin may send this request; programs send none.
    [[nodiscard]] bool mayCall(const Route &route, const http::Request &request,
                               http::OriginRule::Answer origin) const;
    void answer(const Route &route, const http::Request &request, const http::Respond &respond);
    void makeFirstKey();
    /// Codes, refresh tokens and, by a new key, access tokens.
    void endWhatWasGivenOut();
    /// Answers what it has, and goes.
    void retire(Sandbox *sandbox, std::unique_ptr<http::HttpServer> old);
};

base::Expected<Sandbox::Private::Listening, http::ListenError> Sandbox::Private::listen(Sandbox *sandbox,
                                                                                        quint16 first)
{
    auto made = std::make_unique<http::HttpServer>(
        http::wholeRequests([sandbox](const http::Request &request, http::Respond respond) {
            sandbox->handle(request, std::move(respond));
        }));
    http::EdgeLimits limits;
    limits.bodyBytes = maximumBodyBytes;
    made->setLimits(limits);
    made->setRefusedHandler([this](const http::Refused &refused) {
        if (sink && !isControl(refused.request))
            recordRefused(sink, ++lastId, realm.clock, refused);
    });
    auto port = made->listen(QHostAddress(QHostAddress::LocalHost), first);
    const http::ListenError error = port ? http::ListenError() : port.error();
    for (int next = first + 1; !port && first != 0 && next < first + portsToTry && next <= 65535; ++next)
        port = made->listen(QHostAddress(QHostAddress::LocalHost), quint16(next));
    if (!port)
        return base::failure(error);
    return Listening(std::move(made), *port);
}

bool Sandbox::Private::mayCall(const Route &route, const http::Request &request,
                               http::OriginRule::Answer origin) const
{
    const QList<QByteArray> origins = base::valuesOf(request.headers, "Origin");
    if (route.method != "POST" || origins.isEmpty())
        return true;
    switch (route.pages) {
    case Route::Pages::Loopback:
        return origin == http::OriginRule::Answer::Allowed;
    case Route::Pages::Own: {
        // Our own page by any of the names that lead here; the port is part of it.
        const QByteArray port = ':' + QByteArray::number(QUrl(realm.issuer).port());
        return origins.size() == 1
            && (origins.first() == "http://127.0.0.1" + port || origins.first() == "http://localhost" + port
                || origins.first() == "http://[::1]" + port);
    }
    case Route::Pages::None:
        return false;
    }
    return false;
}

void Sandbox::Private::answer(const Route &route, const http::Request &request, const http::Respond &respond)
{
    if (route.needsKey && realm.keys.empty()) {
        respond(errorResponse({500, u"server_error"_s,
                               u"The signing key could not be made, restart the sandbox: "_s + keyFault}));
        return;
    }
    if (!route.isForEverybody) {
        route.answer(realm, request, respond);
        return;
    }
    route.answer(realm, request, [respond](http::Response response) {
        openToEverybody(response);
        respond(std::move(response));
    });
}

void Sandbox::Private::retire(Sandbox *sandbox, std::unique_ptr<http::HttpServer> old)
{
    http::HttpServer *leaving = retired.emplace_back(std::move(old)).get();
    leaving->retire([this, sandbox, leaving] {
        QMetaObject::invokeMethod(
            sandbox,
            [this, leaving] {
                std::erase_if(retired, [leaving](const auto &one) { return one.get() == leaving; });
            },
            Qt::QueuedConnection);
    });
}

void Sandbox::Private::endWhatWasGivenOut()
{
    realm.grants = Grants(realm.clock, realm.random);
    realm.forms = OpenForms(realm.clock, realm.random);
    realm.keys.clear(); // At once: what needs one waits.
    keyFault.clear();
    makeFirstKey();
}

void Sandbox::Private::makeFirstKey()
{
    realm.rotateKeys(false, [this](const QString &fault) {
        keyFault = fault;
        if (!fault.isEmpty())
            qCWarning(base::lcSandbox) << "The signing key could not be made:" << fault;
        for (const Waiting &one : std::exchange(waiting, {}))
            answer(*one.route, one.request, one.respond);
    });
}

Sandbox::Sandbox(SandboxSettings settings, base::Clock clock, base::Random random, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(settings), std::move(clock), std::move(random)))
{ }

Sandbox::~Sandbox()
{
    d->realm.documents.end();
    for (const Private::Waiting &one : std::exchange(d->waiting, {}))
        one.respond(unavailable(u"The sandbox is ending: start it again."_s));
}

base::Expected<void, http::ListenError> Sandbox::start()
{
    auto listening = d->listen(this, d->realm.settings.port);
    if (!listening)
        return base::failure(listening.error());
    d->server = std::move(listening->first);
    d->realm.issuer = u"http://127.0.0.1:%1"_s.arg(listening->second);
    d->makeFirstKey();
    return {};
}

base::Expected<void, http::ListenError> Sandbox::reconfigure(const SandboxSettings &settings)
{
    if (settings.port != d->realm.settings.port) {
        auto listening = d->listen(this, settings.port);
        if (!listening)
            return base::failure(listening.error());
        d->retire(this, std::exchange(d->server, std::move(listening->first)));
        d->realm.issuer = u"http://127.0.0.1:%1"_s.arg(listening->second);
    }
    const bool isClosed = settings.isPrivate && !d->realm.settings.isPrivate;
    // What was switched on or off while it ran stays so: it may be a test's.
    d->realm.settings = settings;
    if (isClosed)
        d->endWhatWasGivenOut();
    return {};
}

QString Sandbox::issuer() const
{
    return d->realm.issuer;
}

QString Sandbox::secret() const
{
    return d->realm.settings.isPrivate ? QString::fromLatin1(d->realm.runSecret) : QString();
}

bool Sandbox::movedPort() const
{
    const int wanted = d->realm.settings.port;
    return wanted != 0 && !d->realm.issuer.isEmpty() && wanted != QUrl(d->realm.issuer).port();
}

void Sandbox::setDefaultResource(const QString &resource)
{
    d->realm.settings.defaultResource = resource;
}

QByteArray Sandbox::managementKey() const
{
    return managementKeyOf(d->realm);
}

QString Sandbox::managementAddress() const
{
    return d->realm.issuer + QString::fromLatin1(managementPath.toByteArray());
}

void Sandbox::setFetcher(base::Fetcher *fetcher)
{
    d->realm.documents.setFetcher(fetcher);
}

void Sandbox::setSink(exchange::Sink *sink)
{
    d->sink = sink;
}

void Sandbox::handle(const http::Request &request, http::Respond respond)
{
    // The control endpoint is how programs of this machine steer the sandbox: nothing that AuthKit has.
    if (d->sink && !isControl(request))
        respond = recorded(d->sink, ++d->lastId, d->realm.clock, request, std::move(respond));
    const auto origin = d->rule.judge(request.headers);
    if (origin == http::OriginRule::Answer::NoHost || origin == http::OriginRule::Answer::ForeignHost) {
        respond(
            errorResponse({403, u"access_denied"_s, u"%1 Use %2."_s.arg(http::describe(origin), issuer())}));
        return;
    }
    if (isOfManagementApi(request))
        return answerManagement(d->realm, request, respond);
    const Route *route = nullptr;
    const Route *any = nullptr;
    QByteArrayList methods;
    for (const Route &one : routes()) {
        if (one.path != request.path)
            continue;
        any = &one;
        methods.append(one.method.toByteArray());
        if (one.method == request.method)
            route = &one;
    }
    if (!route && any && any->isForEverybody && request.method == "OPTIONS")
        return respond(preflight(methods.join(", ")));
    if (!route)
        return respond(notHere(methods));
    if (!d->mayCall(*route, request, origin)) {
        return respond(errorResponse(
            {403, u"access_denied"_s,
             u"Pages of this Origin may not call this address: call it from a program, or from the "
             "sandbox's own page."_s}));
    }
    if (isControl(request)) {
        if (const auto allowed = judgeControl(d->realm, request); !allowed)
            return respond(allowed.error());
    }
    if (!route->needsKey || !d->realm.keys.empty() || !d->keyFault.isEmpty())
        return d->answer(*route, request, respond);
    if (d->waiting.size() >= maximumWaiting)
        return respond(unavailable(u"Too many requests wait for the signing key: try again in a second."_s));
    d->waiting.push_back({request, std::move(respond), route});
}

} // namespace gatehouse::sandbox
