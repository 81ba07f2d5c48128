// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/nearmiss.h"
#include "base/secretstore.h"
#include "oauth/flow.h"
#include "oauth/flowstate.h"
#include "oauth/words.h"
#include "web/origin.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

// Which resource it is, which authorization server it names, and whether that one may be believed.

namespace {

Failure otherIssuer(const QString &wanted, const QStringList &named)
{
    return failureOf(
        FailureCode::OtherIssuer,
        {named.mid(0, 5).join(u", "_s).left(500), wanted, auth::nearMiss(wanted, named.value(0))});
}

/// What was learned, and which document said so.
QString summaryOf(const AuthorizationServer &server)
{
    QStringList lines{Words::tr("%1 is what its document says it is.").arg(server.issuer),
                      server.codeChallengeMethods.contains("S256"_L1) ? Words::tr("PKCE: S256")
                                                                      : Words::tr("PKCE: not named"),
                      Words::tr("Registration: ")
                          + (server.registrationEndpoint.isEmpty() ? Words::tr("no address named")
                                                                   : server.registrationEndpoint.toString())};
    for (const QString &address : server.addresses) {
        QStringList names;
        for (auto origin = server.origins.begin(); origin != server.origins.end(); ++origin) {
            if (origin.value() == address && names.size() < 60)
                names.append(origin.key().left(80));
        }
        names.sort();
        const bool first = address == server.addresses.first();
        lines.append((first ? Words::tr("From %1: %2") : Words::tr("Only from %1: %2"))
                         .arg(address, names.isEmpty() ? u"nothing"_s : names.join(u", "_s)));
    }
    return (lines + server.notes.mid(0, 10)).join(u'\n');
}

} // namespace

void Flow::Private::findTheResource()
{
    const bool isNamed = !challenge.resourceMetadata().isEmpty();
    findResource(
        &fetcher, settings.server, challenge.resourceMetadata(),
        ifCurrent([this, isNamed](const base::Expected<Resource, Failure> &found) {
            isOfOld = !found && !isNamed && found.error().code == FailureCode::NoResourceMetadata;
            if (isOfOld)
                noResource = found.error();
            if (found || isOfOld)
                takeResource(isOfOld ? Resource{{}, {web::originOf(QUrl(settings.server))}, {}, {}} : *found);
            else
                fail(found.error());
        }),
        settings.allowances);
}

void Flow::Private::takeResource(const Resource &found)
{
    resource = found;
    if (!settings.issuer.isEmpty() && !resource.issuers.contains(settings.issuer))
        return fail(isOfOld ? *noResource : otherIssuer(settings.issuer, resource.issuers));
    if (!settings.issuer.isEmpty())
        resource.issuers = QStringList{settings.issuer};
    if (isOfOld)
        return done(
            Words::tr(
                "There is no protected resource metadata: as in MCP 2025-03-26, the server is taken for "
                "its own authorization server.\nAuthorization server: %1")
                .arg(resource.issuers.first()));
    done(Words::tr("%1\nAuthorization server: %2\nScopes: %3")
             .arg(resource.resource, resource.issuers.first(), resource.scopes.join(u' ')));
}

void Flow::Private::findTheServer()
{
    findServer(&fetcher, resource.issuers.first(), settings.server,
               ifCurrent([this](const base::Expected<AuthorizationServer, Failure> &found) {
                   if (isOfOld && !found && found.error().code == FailureCode::NoServerMetadata)
                       takeServer(serverOfOld(resource.issuers.first()));
                   else if (found)
                       takeServer(*found);
                   else
                       fail(found.error());
               }),
               settings.allowances);
}

void Flow::Private::takeServer(const AuthorizationServer &found)
{
    server = found;
    const bool hasPkce = server.codeChallengeMethods.contains("S256"_L1);
    if (needsBrowser() && !hasPkce && !server.away.isEmpty()) // AuthKit says it in one of its two documents.
        return fail(failureOf(FailureCode::MetadataAway,
                              {server.away, Words::tr("It may say there that it supports PKCE.")}));
    if (needsBrowser() && !hasPkce)
        return fail(failureOf(FailureCode::NoPkce));
    if (isByDevice() && server.deviceEndpoint.isEmpty())
        return fail(failureOf(FailureCode::NoDeviceFlow));
    if (needsBrowser() && server.authorizationEndpoint.isEmpty())
        return fail(failureOf(
            FailureCode::MetadataUnusable,
            {server.addresses.join(u" with "_s),
             Words::tr("\"%1\" is no address that may be used.").arg("authorization_endpoint"_L1)}));
    done(summaryOf(server));
}

void Flow::Private::identify()
{
    const Trust whole = trustIn(server);
    if (isServer(settings.issuer) || trusted == whole)
        return judgeTrust(whole, true);
    parts.secrets->read(trustKey(settings.server, settings.clientId),
                        ifCurrent([this](const std::optional<QByteArray> &stored) {
                            judgeTrust(stored ? readTrust(*stored) : Trust(), false);
                        }));
}

void Flow::Private::judgeTrust(const Trust &known, bool isNew)
{
    const Stake stake{settings.clientId, showsSomething()};
    hasTrust = !known.issuer.isEmpty();
    if (const auto doubt = doubtOf(server, known, stake)) {
        fail(*doubt);
        return;
    }
    mustJudgeTrust = false;
    isIssuerSaid = isNew || (known.isSaid && known.issuer == server.issuer);
    // A given client is bound to the first issuer whose answer came. Nobody said that this is the right one.
    isFirstIssuer = !isNew && !settings.clientId.isEmpty() && known.issuer.isEmpty();
    if (isNew && (!settings.clientId.isEmpty() || !trustIn(server).origins.isEmpty()))
        keepTrust(true, [this] { findTheClient(); });
    else
        findTheClient();
}

void Flow::Private::keepTrust(bool isSaid, std::function<void()> then)
{
    Trust whole = trustIn(server);
    whole.isSaid = isSaid;
    hasTrust = true;
    parts.secrets->write(trustKey(settings.server, settings.clientId), writeTrust(whole),
                         ifCurrent([then = std::move(then)](bool) { then(); }));
}

void Flow::Private::bindTheClient(std::function<void()> then)
{
    // Another program may have learnt of one while the browser was out.
    const auto takeTrust = [this, then = std::move(then)](const std::optional<QByteArray> &stored) {
        const Trust known = stored ? readTrust(*stored) : Trust();
        if (known.issuer.isEmpty())
            return keepTrust(false, then);
        if (const auto doubt = doubtOf(server, known, {settings.clientId, showsSomething()}))
            return fail(*doubt);
        then();
    };
    parts.secrets->read(trustKey(settings.server, settings.clientId), ifCurrent(takeTrust));
}

} // namespace gatehouse::oauth
