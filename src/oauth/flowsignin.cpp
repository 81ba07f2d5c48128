// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/jws.h"
#include "auth/nearmiss.h"
#include "base/json.h"
#include "base/mask.h"
#include "base/secretstore.h"
#include "oauth/flow.h"
#include "oauth/flowstate.h"
#include "oauth/words.h"
#include "web/origin.h"
#include "web/scopes.h"

#include <QDir>
#include <QJsonArray>
#include <QTimer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

const QStringList &authKitScopes()
{
    static const QStringList scopes = {u"openid"_s, u"profile"_s, u"email"_s, u"offline_access"_s};
    return scopes;
}

void unite(QStringList &into, const QStringList &more)
{
    for (const QString &scope : more) {
        if (!into.contains(scope))
            into.append(scope);
    }
}

/// A claim of a token that is not believed; empty where it cannot be read.
QString claimOf(const QByteArray &token, QLatin1StringView name)
{
    const auto jws = auth::readJws(token);
    const auto claims = jws ? auth::readClaims(*jws) : base::failure(jws.error());
    return claims && claims->contains(name)
        ? base::maskText(QString::fromUtf8(base::writeJson(QJsonArray({claims->value(name)}))))
              .mid(1)
              .chopped(1)
              .left(300)
        : QString();
}

/// What a refresh changed and what it did not.
QStringList comparison(const Tokens &old, const Tokens &fresh)
{
    QStringList lines;
    const auto fingerprint
        = [](const QByteArray &token) { return QString::fromLatin1(base::fingerprint(token)); };
    lines.append(
        old.access == fresh.access ? Words::tr("The access token is the same as before.")
            : old.access.isEmpty()
            ? Words::tr("The access token is a new one.")
            : Words::tr("The access token is a new one; the old one was %1.").arg(fingerprint(old.access)));
    if (fresh.refresh.isEmpty() || fresh.refresh == old.refresh)
        lines.append(Words::tr("The refresh token stays the same."));
    else
        lines.append(Words::tr("The refresh token was exchanged for a new one."));
    for (const auto name : {"aud"_L1, "sub"_L1, "org_id"_L1}) {
        const QString before = claimOf(old.access, name);
        const QString after = claimOf(fresh.access, name);
        if (before.isEmpty() && after.isEmpty())
            continue;
        lines.append(before == after ? Words::tr("Unchanged: %1 %2").arg(name, after)
                                     : Words::tr("Changed: %1 %2, before %3").arg(name, after, before));
    }
    return lines;
}

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
                      Words::tr("PKCE: S256"),
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

void Flow::Private::lookForGrant()
{
    const auto takeTrust = [this](const std::optional<QByteArray> &stored) {
        const Trust known = stored ? readTrust(*stored) : Trust();
        hasTrust = !known.issuer.isEmpty();
        parts.secrets->read(grantKey(settings.server),
                            ifCurrent([this, known](const std::optional<QByteArray> &kept) {
                                const auto grant = kept ? readGrant(*kept, settings.server) : std::nullopt;
                                if (grant)
                                    takeGrant(*grant, known);
                                else
                                    askWithoutToken();
                            }));
    };
    parts.secrets->read(trustKey(settings.server, settings.clientId), ifCurrent(takeTrust));
}

void Flow::Private::takeGrant(const GrantedTokens &grant, const Trust &known)
{
    const bool otherClient = !settings.clientId.isEmpty() && settings.clientId != grant.client.id;
    const bool otherScopes = std::any_of(settings.scopes.begin(), settings.scopes.end(),
                                         [&](const QString &scope) { return !grant.scopes.contains(scope); });
    const bool otherIssuer = !settings.issuer.isEmpty() && settings.issuer != grant.issuer;
    keptLacksScopes = otherScopes;
    if (otherClient || otherScopes || otherIssuer)
        return askWithoutToken();
    // Whoever made the grant said himself which client it is for: that one's secret may belong elsewhere.
    AuthorizationServer there;
    there.issuer = grant.issuer;
    there.tokenEndpoint = grant.tokenEndpoint;
    const Stake stake{settings.clientId, !settings.clientSecret.isEmpty()};
    const bool isGiven = !settings.clientId.isEmpty() && settings.issuer != grant.issuer;
    if (isGiven && doubtOf(there, known, stake))
        return askWithoutToken();
    takeTrustedGrant(grant);
}

void Flow::Private::takeTrustedGrant(const GrantedTokens &grant)
{
    const auto take = [this, grant](const std::optional<QByteArray> &stored) {
        const auto known = stored ? readStoredTokens(*stored) : std::nullopt;
        ClientRegistration whole = grant.client;
        if (!settings.clientSecret.isEmpty())
            whole.secret = settings.clientSecret;
        const bool mayRefresh = known && !known->refresh.isEmpty()
            && (whole.authMethod == "none"_L1 || !whole.secret.isEmpty());
        if (!known || (!known->usable(parts.clock()) && !mayRefresh))
            return askWithoutToken();
        server = {};
        server.issuer = grant.issuer;
        server.tokenEndpoint = grant.tokenEndpoint;
        resource = {};
        resource.resource = grant.resource;
        client = whole;
        tokens = *known;
        tokensAreStored = true;
        tokensClientId = client.id;
        askedScopes = grant.scopes;
        usesKept = true;
        chooseCallback();
        skip(Words::tr("An earlier sign-in for this address is tried first."));
    };
    parts.secrets->read(tokensKey(grant.issuer, grant.resource, grant.client.id), ifCurrent(take));
}

void Flow::Private::signInAnew(const QString &why)
{
    goBackTo(std::exchange(usesKept, false) ? StepId::Ask : StepId::Authorize, why);
}

void Flow::Private::findTheResource()
{
    findResource(&fetcher, settings.server, challenge.resourceMetadata(),
                 ifCurrent([this](const base::Expected<Resource, Failure> &found) {
                     if (!found) {
                         fail(found.error());
                         return;
                     }
                     resource = *found;
                     if (!settings.issuer.isEmpty() && !resource.issuers.contains(settings.issuer)) {
                         fail(otherIssuer(settings.issuer, resource.issuers));
                         return;
                     }
                     if (!settings.issuer.isEmpty())
                         resource.issuers = QStringList{settings.issuer};
                     done(Words::tr("%1\nAuthorization server: %2\nScopes: %3")
                              .arg(resource.resource, resource.issuers.first(), resource.scopes.join(u' ')));
                 }));
}

void Flow::Private::findTheServer()
{
    findServer(&fetcher, resource.issuers.first(), settings.server,
               ifCurrent([this](const base::Expected<AuthorizationServer, Failure> &found) {
                   if (!found) {
                       fail(found.error());
                       return;
                   }
                   server = *found;
                   if (!server.codeChallengeMethods.contains("S256"_L1)) {
                       fail(failureOf(FailureCode::NoPkce));
                       return;
                   }
                   done(summaryOf(server));
               }));
}

void Flow::Private::identify()
{
    const Trust whole = trustIn(server);
    if (settings.issuer == server.issuer || trusted == whole)
        return judgeTrust(whole, true);
    parts.secrets->read(trustKey(settings.server, settings.clientId),
                        ifCurrent([this](const std::optional<QByteArray> &stored) {
                            judgeTrust(stored ? readTrust(*stored) : Trust(), false);
                        }));
}

void Flow::Private::judgeTrust(const Trust &known, bool isNew)
{
    const Stake stake{settings.clientId, !settings.clientSecret.isEmpty()};
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
        if (const auto doubt = doubtOf(server, known, {settings.clientId, !settings.clientSecret.isEmpty()}))
            return fail(*doubt);
        then();
    };
    parts.secrets->read(trustKey(settings.server, settings.clientId), ifCurrent(takeTrust));
}

void Flow::Private::chooseCallback()
{
    if (settings.clientId.isEmpty())
        handler.awaitAnswersOf(server.issuer);
    else
        handler.awaitAnswersOfGivenClient();
}

void Flow::Private::findTheClient()
{
    chooseCallback();
    // The port must be known before a client is registered for it.
    QString note;
    if (settings.opener) {
        const auto port = handler.listen(settings.callbackPort);
        if (!port) {
            fail(failureOf(FailureCode::NoListener, {port.error()}));
            return;
        }
        if (*port != settings.callbackPort && settings.callbackPort != 0)
            note = (settings.clientId.isEmpty()
                        ? Words::tr("\nPort %1 is taken; the callback uses %2 and a client of its own.")
                        : Words::tr("\nPort %1 is taken; the callback uses %2, which the client may not be "
                                    "registered with."))
                       .arg(settings.callbackPort)
                       .arg(*port);
    }
    if (!settings.clientId.isEmpty()) {
        client = givenClient(settings.clientId, settings.clientSecret, server);
        now().detail = Words::tr("%1, as given.").arg(client.id) + note;
        findTokens();
        return;
    }
    parts.secrets->read(
        clientKey(server.issuer, handler.callback()),
        ifCurrent([this, note](const std::optional<QByteArray> &stored) {
            if (const auto known = stored ? readClient(*stored) : std::nullopt) {
                client = *known;
                clientIsStored = true;
                now().detail = Words::tr("%1, registered earlier.").arg(client.id) + note;
                findTokens();
                return;
            }
            registerClient(
                &fetcher, server, handler.callback(),
                ifCurrent([this, note](const base::Expected<ClientRegistration, Failure> &made) {
                    if (!made) {
                        fail(made.error());
                        return;
                    }
                    client = *made;
                    now().detail = Words::tr("%1, registered now as a native public client for %2.")
                                       .arg(client.id, handler.callback())
                        + note;
                    parts.secrets->write(clientKey(server.issuer, handler.callback()), writeClient(client),
                                         ifCurrent([this](bool) { done(now().detail); }));
                }));
        }));
}

void Flow::Private::findTokens()
{
    if (!settings.useKept)
        return done(now().detail);
    parts.secrets->read(tokensKey(server.issuer, resource.resource, client.id),
                        ifCurrent([this](const std::optional<QByteArray> &stored) {
                            const auto known = stored ? readStoredTokens(*stored) : std::nullopt;
                            if (known && !keptLacksScopes) {
                                tokens = *known;
                                tokensAreStored = true;
                                tokensClientId = client.id;
                            }
                            done(now().detail);
                        }));
}

QStringList Flow::Private::scopesToAsk() const
{
    if (!settings.scopes.isEmpty())
        return settings.scopes;
    QStringList scopes = challenge.scopes();
    if (scopes.isEmpty())
        scopes = resource.scopes;
    if (looksLikeAuthKit(server))
        unite(scopes, authKitScopes());
    return scopes;
}

void Flow::Private::newAuthorization()
{
    authorization = std::make_unique<Authorization>(
        AuthorizationWish{server, client, resource.resource, askedScopes, handler.callback()}, parts.random);
}

void Flow::Private::authorize()
{
    if (tokensAreStored && (tokens.usable(parts.clock()) || !tokens.refresh.isEmpty())) {
        skip(Words::tr("A token of an earlier sign-in is there."));
        return;
    }
    tokens = {};
    tokensAreStored = false;
    if (authorizations++ == 0 || askedScopes.isEmpty())
        askedScopes = scopesToAsk();
    unite(askedScopes, challengeScopes);
    newAuthorization();
    authorizationAddress = authorization->address();
    handler.expect(authorization->expectation());
    if (!mayOpen(authorizationAddress)) {
        fail(failureOf(FailureCode::AddressNotOpened));
        return;
    }
    Step &step = now();
    Leg leg;
    leg.requestId = authorization->pkce().challenge;
    leg.requestLine = requestLineOf("GET", authorizationAddress);
    leg.sent = u"GET "_s + authorizationAddress.toString(QUrl::RemoveQuery) + u'\n'
        + parametersText(authorizationAddress.query(QUrl::FullyEncoded).toLatin1());
    step.legs.append(leg);
    const QString again = step.detail.isEmpty() ? QString() : step.detail + u'\n';
    step.detail = again
        + Words::tr("PKCE: S256, challenge %1\nScopes: %2")
              .arg(QString::fromLatin1(authorization->pkce().challenge),
                   askedScopes.isEmpty() ? Words::tr("none asked for") : askedScopes.join(u' '));
    Q_EMIT q->stepChanged(current);
    if (settings.opener)
        sendBrowser();
    else
        walkRedirects();
}

void Flow::Private::sendBrowser()
{
    if (handler.isListening() || handler.listenAgain()) {
        patience.start(settings.signInMs);
        startAddress = handler.offer(authorizationAddress, makeState(parts.random));
        Q_EMIT q->browserAwaited(settings.opener(startAddress));
        return;
    }
    fail(failureOf(FailureCode::NoListener, {Words::tr("another program has its port now.")}));
}

void Flow::Private::walkRedirects()
{
    // Who was named by the user may lead elsewhere.
    const QStringList origins = isIssuerSaid
        ? QStringList()
        : QStringList{web::originOf(QUrl(server.issuer)), web::originOf(server.authorizationEndpoint)};
    const auto walk = std::make_shared<RedirectWalk>(
        &fetcher,
        RedirectWalk::Way{settings.server, resource.resource, handler.callback(), authorization->state(),
                          origins},
        ifCurrent([this](const base::Expected<QByteArray, Failure> &query) {
            if (!query) {
                fail(query.error());
            } else if (!handler.take(*query)) {
                fail(failureOf(FailureCode::ForeignState));
            }
        }));
    walk->start(authorizationAddress);
}

void Flow::Private::judgeAnswer(const std::optional<Failure> &why)
{
    if (!running || now().id != StepId::Authorize)
        return;
    patience.stop();
    handler.stopListening();
    startAddress.clear();
    now().legs.first().answered = handler.shownAnswer();
    if (why)
        return fail(*why);
    const auto goOn = [this] {
        done(now().detail + Words::tr("\nThe answer came back with the right state and a code."));
    };
    if (std::exchange(isFirstIssuer, false))
        bindTheClient(goOn);
    else
        goOn();
}

void Flow::Private::fetchTokens()
{
    if (tokensAreStored && tokens.usable(parts.clock())) {
        skip(Words::tr("A token of an earlier sign-in is still good."));
        return;
    }
    if (tokensAreStored)
        refreshStored();
    else
        askForTokens(authorization->exchange(handler.takeCode()));
}

void Flow::Private::refreshStored()
{
    takeTurn(
        [this] {
            // Read again: whoever had the turn before may have refreshed already, and spent the token that is
            // known here.
            parts.secrets->read(tokensKey(server.issuer, resource.resource, client.id),
                                ifCurrent([this](const std::optional<QByteArray> &stored) {
                                    if (const auto known = stored ? readStoredTokens(*stored) : std::nullopt)
                                        tokens = *known;
                                    if (tokens.usable(parts.clock())) {
                                        turn.reset();
                                        done(Words::tr("Another program has refreshed this sign-in."));
                                        return;
                                    }
                                    newAuthorization();
                                    askForTokens(authorization->refresh(tokens.refresh));
                                }));
        },
        parts.clock() + settings.lockMs);
}

void Flow::Private::takeTurn(std::function<void()> then, qint64 deadline)
{
    if (settings.lockFolder.isEmpty())
        return then();
    if (!turn) {
        const QString key = tokensKey(server.issuer, resource.resource, client.id);
        QDir().mkpath(settings.lockFolder);
        turn = std::make_unique<QLockFile>(settings.lockFolder + u"/refresh-"_s
                                           + QString::fromLatin1(base::fingerprint(key.toUtf8()))
                                           + u".lock"_s);
    }
    if (turn->tryLock(0))
        return then();
    if (turn->error() != QLockFile::LockFailedError) {
        fail(failureOf(FailureCode::NoLock, {settings.lockFolder}));
        return;
    }
    if (parts.clock() >= deadline) {
        fail(failureOf(FailureCode::LockTaken));
        return;
    }
    QTimer::singleShot(50, q,
                       ifCurrent([this, then = std::move(then), deadline] { takeTurn(then, deadline); }));
}

void Flow::Private::askForTokens(const base::FetchRequest &request)
{
    fetcher.fetch(
        request, ifCurrent([this](const base::FetchResult &fetched) {
            if (fetched)
                judgeTokens(readTokens(fetched->status, fetched->body, resource.resource, parts.clock()));
            else
                judgeTokens(
                    base::failure(failureOf(FailureCode::TokenEndpointSilent, {fetched.error().text})));
        }));
}

void Flow::Private::judgeTokens(const base::Expected<Tokens, Failure> &fresh)
{
    const bool refreshing = now().id == StepId::Refresh;
    if (!fresh) {
        const bool isRefusal = fresh.error().kind == Failure::Kind::SignIn;
        // A kept sign-in knows where the token endpoint was, not where it is.
        if (!tokensAreStored || refreshing || (!isRefusal && !usesKept)) {
            fail(fresh.error());
            return;
        }
        turn.reset();
        // A client that showed itself wrongly says nothing of the grant.
        if (isRefusal && fresh.error().reason != Failure::Reason::ClientUnknown)
            parts.secrets->remove(tokensKey(server.issuer, resource.resource, client.id), [] {});
        tokens = {};
        tokensAreStored = false;
        signInAnew((isRefusal ? Words::tr("The stored refresh token was refused: ")
                              : Words::tr("The kept sign-in could not be refreshed: "))
                   + fresh.error().text);
        return;
    }
    const Tokens old = tokens;
    takeFresh(*fresh);
    const QString scope = tokens.scope.isEmpty() ? Words::tr("not stated: as asked for") : tokens.scope;
    const QString lifetime = tokens.expiresAt == 0 ? Words::tr("not stated")
                                                   : u"%1 s"_s.arg((tokens.expiresAt - parts.clock()) / 1000);
    QString detail = Words::tr("Access token %1, lifetime %2\nScopes: %3")
                         .arg(QString::fromLatin1(base::fingerprint(tokens.access)), lifetime, scope);
    if (refreshing)
        detail += u'\n' + comparison(old, *fresh).join(u'\n');
    else if (tokens.refresh.isEmpty())
        detail += Words::tr("\nNo refresh token: ask for offline_access to stay signed in.");
    // Kept before it is used: a rotated refresh token that is lost would end the sign-in.
    keepTokens([this, detail] {
        turn.reset();
        done(detail);
    });
}

void Flow::Private::takeFresh(const Tokens &fresh)
{
    const Tokens old = tokens;
    tokens = fresh;
    // RFC 6749 §6: no new refresh token means that the old one stays good.
    if (tokens.refresh.isEmpty())
        tokens.refresh = old.refresh;
    if (mcp)
        mcp->setAccessToken(tokens.access);
}

void Flow::Private::keepTokens(std::function<void()> then)
{
    GrantedTokens grant{server.issuer, resource.resource, server.tokenEndpoint, client, askedScopes};
    unite(grant.scopes, web::scopesOf(tokens.scope));
    if (!settings.clientSecret.isEmpty())
        grant.client.secret.clear(); // Given for this run; whoever gives it again may use the sign-in again.
    tokensClientId = client.id;
    const auto writeTheGrant = [this, grant, then = std::move(then)](bool) {
        parts.secrets->write(grantKey(settings.server), writeGrant(grant),
                             ifCurrent([then](bool) { then(); }));
    };
    parts.secrets->write(tokensKey(server.issuer, resource.resource, client.id), writeTokens(tokens),
                         ifCurrent(writeTheGrant));
}

} // namespace gatehouse::oauth
