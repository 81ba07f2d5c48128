// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth/discovery.h"

#include "auth/nearmiss.h"
#include "auth/resourcemetadata.h"
#include "oauth/document.h"
#include "oauth/words.h"
#include "web/form.h"
#include "web/loopback.h"
#include "web/mediatype.h"
#include "web/origin.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

constexpr qsizetype maximumText = 300;

/// "https://host:port" of an address, as it is spelt there; the rest is its path.
QString writtenOriginOf(const QString &address)
{
    const qsizetype authority = address.indexOf("://"_L1);
    const qsizetype path = authority < 0 ? -1 : address.indexOf(u'/', authority + 3);
    return path < 0 ? address : address.first(path);
}

QString pathOf(const QString &address)
{
    const QString path = address.sliced(writtenOriginOf(address).size());
    return path == "/"_L1 ? QString() : path;
}

/// The strings of an array member; the error where the member is something else.
base::Expected<QStringList, QString> stringsOf(const QJsonObject &json, QLatin1StringView name)
{
    const QJsonValue value = json.value(name);
    if (value.isUndefined())
        return QStringList();
    const QJsonArray array = value.toArray();
    QStringList strings;
    for (const QJsonValue item : array) {
        if (!item.isString())
            return base::failure(Words::tr("\"%1\" is no list of strings.").arg(name));
        strings.append(item.toString());
    }
    if (!value.isArray())
        return base::failure(Words::tr("\"%1\" is no list of strings.").arg(name));
    return strings;
}

/// What requests to the endpoints say (RFC 6749, RFC 7636, RFC 8707, RFC 9101, OpenID Connect Core §3.1.2.1).
const QList<QByteArrayView> &reservedNames()
{
    static const QList<QByteArrayView> names = {"response_type",
                                                "response_mode",
                                                "client_id",
                                                "client_secret",
                                                "redirect_uri",
                                                "scope",
                                                "state",
                                                "resource",
                                                "code_challenge",
                                                "code_challenge_method",
                                                "code_verifier",
                                                "code",
                                                "grant_type",
                                                "refresh_token",
                                                "request",
                                                "request_uri",
                                                "client_assertion",
                                                "client_assertion_type"};
    return names;
}

/// An endpoint of the document; empty where it is absent and may be.
base::Expected<QUrl, QString> endpointOf(const QJsonObject &json, QLatin1StringView name,
                                         const QString &server, bool required)
{
    const QJsonValue value = json.value(name);
    if (value.isUndefined() && !required)
        return QUrl();
    const QUrl url(value.toString(), QUrl::StrictMode);
    if (!value.isString() || !url.isValid() || !url.fragment().isEmpty() || !mayAsk(url, server))
        return base::failure(Words::tr("\"%1\" is no address that may be used.").arg(name));
    // The server's own query may name its tenant (RFC 6749 §3.1), but not what the client says itself: a
    // redirect address that came twice could be the wrong one of the two.
    const QList<web::FormField> fields = web::formFields(url.query(QUrl::FullyEncoded).toLatin1());
    for (const web::FormField &field : fields) {
        if (reservedNames().contains(field.name))
            return base::failure(Words::tr("\"%1\" has \"%2\" in its query, which only the client may say.")
                                     .arg(name, QString::fromLatin1(field.name)));
    }
    return url;
}

QString mismatch(const QString &what, const QString &expected, const QString &actual)
{
    const QString difference = auth::nearMiss(expected, actual);
    return Words::tr("%1 is \"%2\", expected \"%3\"%4.")
        .arg(what, actual.left(maximumText), expected,
             difference.isEmpty() ? QString() : u": "_s + difference);
}

using Read = std::function<base::Expected<void, QString>(QByteArrayView body, const QString &address)>;

/// What a place that was asked in vain answered.
QString vainlyAsked(const QString &address, const base::FetchReply &reply)
{
    const QString what = reply.status != 200                          ? u"HTTP %1"_s.arg(reply.status)
        : web::isMediaType(reply.header("content-type"), "text/html") ? Words::tr("a web page")
                                                                      : Words::tr("no metadata");
    return u" %1 (%2)"_s.arg(address, what);
}

/// Where the user can say that it is right all the same, that is said.
Failure unusableResource(QByteArrayView body, const QString &server, const QString &address,
                         const QString &why)
{
    const QString named = readDocument(body).value_or(QJsonObject()).value("resource"_L1).toString();
    return isWiderResource(named, server)
        ? failureOf(FailureCode::ResourceWider, {address, named.left(maximumText), server})
        : failureOf(FailureCode::MetadataUnusable, {address, why});
}

Failure unusableServer(QByteArrayView body, const QString &issuer, const QString &address, const QString &why)
{
    const QString named = readDocument(body).value_or(QJsonObject()).value("issuer"_L1).toString();
    return differBySlash(named, issuer)
        ? failureOf(FailureCode::IssuerSlash, {address, named.left(maximumText), issuer})
        : failureOf(FailureCode::MetadataUnusable, {address, why});
}

/// A server that cannot answer now has not said that there is nothing.
bool isAway(const base::FetchReply &reply)
{
    return reply.status == 429 || reply.status >= 500;
}

/// Asks one place after the other. Only "there is nothing here" leads on: a document that is there and wrong
/// ends it.
struct Search
{
    base::Fetcher *fetcher;
    QString server;
    QStringList addresses;
    Read read;
    std::function<void(std::optional<Failure>)> done;
    QString tried = {};
    std::optional<Failure> away = {}; ///< Of the first place that could not answer now.

    static void next(const std::shared_ptr<Search> &search)
    {
        if (search->addresses.isEmpty())
            return search->done(
                search->away.value_or(failureOf(FailureCode::NoResourceMetadata, {search->tried.trimmed()})));
        const QString address = search->addresses.takeFirst();
        base::FetchRequest request;
        request.url = QUrl(address, QUrl::StrictMode);
        request.headers = {{"Accept"_ba, "application/json"_ba}};
        search->fetcher->fetch(request, [search, address](const base::FetchResult &fetched) {
            judge(search, address, fetched);
        });
    }

    static void judge(const std::shared_ptr<Search> &search, const QString &address,
                      const base::FetchResult &fetched)
    {
        if (!fetched) {
            search->done(failureOf(fetched.error(), FailureCode::MetadataAway, FailureCode::MetadataUnusable,
                                   {address}));
            return;
        }
        if (fetched->status != 200 || !speaksFor(fetched->body, "resource"_L1)) {
            search->tried += vainlyAsked(address, *fetched);
            if (isAway(*fetched) && !search->away)
                search->away
                    = failureOf(FailureCode::MetadataAway, {address, u"HTTP %1"_s.arg(fetched->status)});
            next(search);
            return;
        }
        if (const auto read = search->read(fetched->body, address); !read)
            search->done(unusableResource(fetched->body, search->server, address, read.error()));
        else
            search->done(std::nullopt);
    }
};

} // namespace

QStringList resourceMetadataAddresses(const QString &server)
{
    const QString root = writtenOriginOf(server) + u"/.well-known/oauth-protected-resource"_s;
    if (pathOf(server).isEmpty())
        return {root};
    return {auth::resourceMetadataUrl(server), root};
}

QStringList serverMetadataAddresses(const QString &issuer)
{
    const QString origin = writtenOriginOf(issuer);
    const QString path = pathOf(issuer.endsWith(u'/') ? issuer.chopped(1) : issuer);
    const QString oauth = origin + u"/.well-known/oauth-authorization-server"_s;
    const QString openId = u"/.well-known/openid-configuration"_s;
    if (path.isEmpty())
        return {oauth, origin + openId};
    return {oauth + path, origin + openId + path, origin + path + openId};
}

bool mayAsk(const QUrl &url, const QString &server)
{
    if (url.host().isEmpty() || !url.userInfo().isEmpty())
        return false;
    if (web::leadsToLoopback(url.host()) && !web::leadsToLoopback(QUrl(server).host()))
        return false;
    return web::isHttpsOrLoopback(url);
}

bool isWiderResource(const QString &resource, const QString &server)
{
    const QString origin = writtenOriginOf(server);
    const QString above = resource.endsWith(u'/') ? resource.chopped(1) : resource;
    return writtenOriginOf(resource) == origin && above.size() < server.size()
        && server.startsWith(above + u'/') && !resource.contains(u'?') && !resource.contains(u'#');
}

bool differBySlash(const QString &issuer, const QString &other)
{
    return issuer == other + u'/' || other == issuer + u'/';
}

base::Expected<Resource, QString> readResource(QByteArrayView body, const QString &server,
                                               const QString &address, const Allowances &allowances)
{
    auto json = readDocument(body);
    if (!json)
        return base::failure(json.error().text);
    *json = withoutNulls(*json);
    Resource out;
    out.address = address;
    out.resource = json->value("resource"_L1).toString();
    const QString origin = writtenOriginOf(server);
    const bool speaksForOrigin = address == origin + "/.well-known/oauth-protected-resource"_L1
        && (out.resource == origin || out.resource == origin + u'/');
    const bool isAllowed = allowances.widerResource && isWiderResource(out.resource, server);
    if (out.resource != server && !speaksForOrigin && !isAllowed)
        return base::failure(mismatch(Words::tr("the resource"), server, out.resource));
    auto issuers = stringsOf(*json, "authorization_servers"_L1);
    auto scopes = stringsOf(*json, "scopes_supported"_L1);
    if (!issuers || !scopes)
        return base::failure(!issuers ? issuers.error() : scopes.error());
    if (issuers->isEmpty())
        return base::failure(Words::tr("it names no authorization server."));
    const QUrl issuer(issuers->first(), QUrl::StrictMode);
    if (!mayAsk(issuer, server) || issuer.hasQuery() || issuer.hasFragment())
        return base::failure(Words::tr("its authorization server is no address that may be used."));
    out.issuers = std::move(*issuers);
    out.scopes = std::move(*scopes);
    return out;
}

base::Expected<void, QString> addDocument(AuthorizationServer &known, QByteArrayView body,
                                          const QString &issuer, const QString &address,
                                          const Allowances &allowances)
{
    auto json = readDocument(body);
    if (!json)
        return base::failure(json.error().text);
    *json = withoutNulls(*json);
    const QString named = json->value("issuer"_L1).toString();
    const bool isAllowed = allowances.issuerSlash && differBySlash(named, issuer);
    const bool isOther = !known.issuer.isEmpty() && named != known.issuer; // Than that of the first document.
    if ((named != issuer && !isAllowed) || isOther)
        return base::failure(mismatch(Words::tr("the issuer"), issuer, named));
    known.issuer = named;
    known.addresses.append(address);
    for (auto member = json->begin(); member != json->end(); ++member) {
        if (!known.document.contains(member.key())) {
            known.document.insert(member.key(), member.value());
            known.origins.insert(member.key(), address);
        } else if (member.key().endsWith("_endpoint"_L1) && known.document.value(member.key()) != *member) {
            known.notes.append(
                Words::tr("Both documents name \"%1\", and not the same address: the first counts.")
                    .arg(member.key().left(100)));
        }
    }
    return {};
}

base::Expected<AuthorizationServer, QString> readServer(AuthorizationServer out, const QString &server)
{
    const QJsonObject &json = out.document;
    const auto authorize = endpointOf(json, "authorization_endpoint"_L1, server, false);
    const auto token = endpointOf(json, "token_endpoint"_L1, server, true);
    const auto registration = endpointOf(json, "registration_endpoint"_L1, server, false);
    for (const auto *endpoint : {&authorize, &token, &registration}) {
        if (!*endpoint)
            return base::failure(endpoint->error());
    }
    const auto methods = stringsOf(json, "code_challenge_methods_supported"_L1);
    const auto authMethods = stringsOf(json, "token_endpoint_auth_methods_supported"_L1);
    const auto scopes = stringsOf(json, "scopes_supported"_L1);
    for (const auto *list : {&methods, &authMethods, &scopes}) {
        if (!*list)
            return base::failure(list->error());
    }
    out.authorizationEndpoint = *authorize;
    out.tokenEndpoint = *token;
    out.registrationEndpoint = *registration;
    // A client has no use for the keys: an address that may not be asked is no reason to stop.
    out.keysAddress = endpointOf(json, "jwks_uri"_L1, server, false).value_or(QUrl());
    out.deviceEndpoint = endpointOf(json, "device_authorization_endpoint"_L1, server, false).value_or(QUrl());
    out.codeChallengeMethods = *methods;
    if (!authMethods->isEmpty())
        out.tokenAuthMethods = *authMethods;
    out.scopes = *scopes;
    out.sendsIssuer = json.value("authorization_response_iss_parameter_supported"_L1).toBool();
    return out;
}

AuthorizationServer serverOfOld(const QString &origin)
{
    AuthorizationServer server;
    server.issuer = origin;
    server.authorizationEndpoint = QUrl(origin + u"/authorize"_s, QUrl::StrictMode);
    server.tokenEndpoint = QUrl(origin + u"/token"_s, QUrl::StrictMode);
    server.registrationEndpoint = QUrl(origin + u"/register"_s, QUrl::StrictMode);
    server.codeChallengeMethods = {u"S256"_s};
    server.notes = {Words::tr("It publishes no metadata: the places of MCP 2025-03-26 are asked.")};
    return server;
}

void findResource(base::Fetcher *fetcher, const QString &server, const QString &challengeAddress,
                  std::function<void(base::Expected<Resource, Failure>)> done, const Allowances &allowances)
{
    QStringList addresses = resourceMetadataAddresses(server);
    if (!challengeAddress.isEmpty() && mayAsk(QUrl(challengeAddress, QUrl::StrictMode), server)) {
        addresses.removeAll(challengeAddress);
        addresses.prepend(challengeAddress);
    }
    const auto found = std::make_shared<Resource>();
    const auto search = std::make_shared<Search>(
        Search{fetcher, server, addresses,
               [found, server, allowances](QByteArrayView body,
                                           const QString &address) -> base::Expected<void, QString> {
                   auto read = readResource(body, server, address, allowances);
                   if (!read)
                       return base::failure(read.error());
                   *found = std::move(*read);
                   return {};
               },
               [found, done = std::move(done)](const std::optional<Failure> &failure) {
                   done(failure ? base::Expected<Resource, Failure>(base::failure(*failure)) : *found);
               }});
    Search::next(search);
}

namespace {

struct ServerSearch
{
    base::Fetcher *fetcher;
    QString issuer;
    QString server;
    QStringList oauth; ///< Places of the one document that are not asked yet, and of the other.
    QStringList openId;
    std::function<void(base::Expected<AuthorizationServer, Failure>)> done;
    Allowances allowances = {};
    AuthorizationServer known = {};
    QString tried = {};
    QString away = {}; ///< The first place that could not answer now.

    static void next(const std::shared_ptr<ServerSearch> &search)
    {
        QStringList &places = search->oauth.isEmpty() ? search->openId : search->oauth;
        if (places.isEmpty())
            return search->finish();
        const QString address = places.takeFirst();
        base::FetchRequest request;
        request.url = QUrl(address, QUrl::StrictMode);
        request.headers = {{"Accept"_ba, "application/json"_ba}};
        search->fetcher->fetch(request, [search, address](const base::FetchResult &fetched) {
            if (search->consider(address, fetched))
                next(search);
        });
    }

    void fail(const Failure &failure)
    {
        const QString host = QUrl(issuer).host();
        if (!known.addresses.isEmpty() || !host.endsWith(".authkit.app"_L1))
            return done(base::failure(failure));
        const bool isAway = failure.kind == Failure::Kind::Unreachable;
        done(base::failure(
            failureOf(isAway ? FailureCode::AuthKitAway : FailureCode::NoAuthKit, {host, failure.text})));
    }

    /// Whether the search goes on. Nothing that the second document does can spoil the first.
    bool consider(const QString &address, const base::FetchResult &fetched)
    {
        const bool enough = !known.addresses.isEmpty();
        if (fetched && (fetched->status != 200 || !speaksFor(fetched->body, "issuer"_L1))) {
            tried += vainlyAsked(address, *fetched);
            if (isAway(*fetched) && away.isEmpty())
                away = address;
            return true;
        }
        const auto added = fetched ? addDocument(known, fetched->body, issuer, address, allowances)
                                   : base::failure(fetched.error().text);
        if (!added && !enough && fetched) {
            fail(unusableServer(fetched->body, issuer, address, added.error()));
            return false;
        }
        if (!added && !enough) {
            fail(failureOf(fetched.error(), FailureCode::MetadataAway, FailureCode::MetadataUnusable,
                           {address}));
            return false;
        }
        if (!added)
            known.notes.append(Words::tr("%1 was not used: %2").arg(address, added.error()));
        if (oauth.isEmpty() && address.contains("openid-configuration"_L1))
            openId.clear(); // One document of this kind, wherever it lies.
        return true;
    }

    void finish()
    {
        if (known.addresses.isEmpty() && !away.isEmpty())
            return fail(failureOf(FailureCode::MetadataAway, {away, tried.trimmed()}));
        if (known.addresses.isEmpty())
            return fail(failureOf(FailureCode::NoServerMetadata, {tried.trimmed()}));
        auto read = readServer(known, server);
        if (read) {
            read->away = away;
            done(std::move(*read));
        } else
            fail(failureOf(FailureCode::MetadataUnusable, {known.addresses.join(u" with "_s), read.error()}));
    }
};

} // namespace

void findServer(base::Fetcher *fetcher, const QString &issuer, const QString &server,
                std::function<void(base::Expected<AuthorizationServer, Failure>)> done,
                const Allowances &allowances)
{
    QStringList places = serverMetadataAddresses(issuer);
    const QString first = places.takeFirst();
    ServerSearch::next(std::make_shared<ServerSearch>(
        ServerSearch{fetcher, issuer, server, {first}, places, std::move(done), allowances}));
}

} // namespace gatehouse::oauth
