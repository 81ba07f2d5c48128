// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/issuer.h"
#include "base/secretstore.h"
#include "oauth/flow.h"
#include "oauth/flowstate.h"
#include "oauth/words.h"
#include "web/origin.h"
#include "web/scopes.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

// From what is kept, or through the browser: which client asks, and for what.

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
    const Stake stake{settings.clientId, showsSomething()};
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
        client = whole;
        const bool mayRefresh = known && !known->refresh.isEmpty() && canShowItself();
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
    const QString resourceOfTokens = grant.resource.isEmpty() ? settings.server : grant.resource;
    parts.secrets->read(tokensKey(grant.issuer, resourceOfTokens, grant.client.id), ifCurrent(take));
}

void Flow::Private::signInAnew(const QString &why)
{
    const bool knewNothingElse = std::exchange(usesKept, false);
    keptIsSpent = keptIsSpent || !knewNothingElse; // By now it has been tried with all that is known.
    goBackTo(knewNothingElse ? StepId::Ask : StepId::Authorize, why);
}

void Flow::Private::chooseCallback()
{
    if (settings.redirect)
        handler.awaitAnswersAt(*settings.redirect, settings.door);
    else if (settings.clientId.isEmpty() && !usesClientMetadata())
        handler.awaitAnswersOf(server.issuer);
    else
        handler.awaitAnswersOfGivenClient();
}

/// MCP "Client Registration Approaches": a given client, then a document, then a registration.
bool Flow::Private::usesClientMetadata() const
{
    return settings.clientId.isEmpty() && !settings.clientMetadataUrl.isEmpty()
        && readsClientMetadata(server);
}

void Flow::Private::findTheClient()
{
    chooseCallback();
    // The port must be known before a client is registered for it.
    const auto note = listenForAnswers();
    if (!note)
        return fail(note.error());
    const QString again = now().detail.isEmpty() ? QString() : now().detail + u'\n';
    if (!settings.clientId.isEmpty() || !needsPerson()) {
        client = givenClient(settings.clientId, settings.clientSecret, server);
        if (settings.clientKey)
            client.authMethod = u"private_key_jwt"_s;
        if (client.id.isEmpty()) // The assertion says who asks.
            return done(Words::tr("None: the authorization server knows who asks by what is shown to it."));
        now().detail = Words::tr("%1, as given.").arg(client.id) + *note;
        return findTokens();
    }
    if (usesClientMetadata()) {
        client = {settings.clientMetadataUrl, {}, u"none"_s};
        now().detail
            = Words::tr("%1, which the authorization server reads: nothing is registered.").arg(client.id)
            + *note;
        return findTokens();
    }
    now().detail = again + *note;
    const auto takeStored = [this, note = *note](const std::optional<QByteArray> &stored) {
        const auto known = stored ? readClient(*stored) : std::nullopt;
        if (!known || deadClients.contains(known->id))
            return registerTheClient();
        client = *known;
        clientIsStored = true;
        now().detail = Words::tr("%1, registered earlier.").arg(client.id) + note;
        findTokens();
    };
    parts.secrets->read(keyOfClient(), ifCurrent(takeStored));
}

/// What there is to say about the port, if anything.
base::Expected<QString, Failure> Flow::Private::listenForAnswers()
{
    if (!settings.opener || !needsBrowser())
        return QString();
    if (settings.redirect && !settings.door) {
        if (handler.listenThere(settings.redirect->port))
            return QString();
        return base::failure(
            failureOf(FailureCode::NoListener,
                      {Words::tr("port %1 of the redirect address is taken.").arg(settings.redirect->port)}));
    }
    const auto port = handler.listen(settings.callbackPort);
    if (!port)
        return base::failure(failureOf(FailureCode::NoListener, {port.error()}));
    if (*port == settings.callbackPort || settings.callbackPort == 0 || settings.redirect)
        return QString();
    return (settings.clientId.isEmpty() && !usesClientMetadata()
                ? Words::tr("\nPort %1 is taken; the callback uses %2 and a client of its own.")
                : Words::tr("\nPort %1 is taken; the callback uses %2, which the client may not be "
                            "registered with."))
        .arg(settings.callbackPort)
        .arg(*port);
}

/// What there is to say until now stands in the step already.
void Flow::Private::registerTheClient()
{
    const auto keep = [this](const base::Expected<ClientRegistration, Failure> &made) {
        // Most servers that refuse a call and publish nothing want a key, and no sign-in at all.
        const bool wantsNoSignIn = !made && isOfOld && made.error().code == FailureCode::RegistrationAbsent;
        if (!made)
            return fail(wantsNoSignIn ? *noResource : made.error());
        client = *made;
        const QString before = now().detail.trimmed();
        now().detail
            = (client.secret.isEmpty() ? Words::tr("%1, registered now as a native public client for %2.")
                                       : Words::tr("%1, registered now as a client with a secret for %2."))
                  .arg(client.id, isByDevice() ? Words::tr("other devices") : handler.callback())
            + (before.isEmpty() ? QString() : u'\n' + before);
        if (!settings.clientMetadataUrl.isEmpty())
            now().detail
                += Words::tr("\nThe authorization server does not say that it reads metadata documents.");
        parts.secrets->write(keyOfClient(), writeClient(client),
                             ifCurrent([this](bool) { done(now().detail); }));
    };
    registerClient(&fetcher, server, handler.callback(), ifCurrent(keep),
                   isByDevice() ? QStringList{deviceGrantType} : QStringList());
}

QString Flow::Private::keyOfClient() const
{
    return clientKey(server.issuer, isByDevice() ? QString(deviceGrantType) : handler.callback());
}

void Flow::Private::findTokens()
{
    if (!settings.useKept || !isForKeeping() || keptIsSpent)
        return probeTheClient();
    parts.secrets->read(keyOfTokens(client.id), ifCurrent([this](const std::optional<QByteArray> &stored) {
                            const auto known = stored ? readStoredTokens(*stored) : std::nullopt;
                            if (known && !keptLacksScopes) {
                                tokens = *known;
                                tokensAreStored = true;
                                tokensClientId = client.id;
                            }
                            probeTheClient();
                        }));
}

/// A browser that is sent in the name of a client that is forgotten shows a page, and never comes back. So a
/// code that nobody gave is shown first: the client is looked at before the code is (RFC 6749 §3.2.1, §5.2).
void Flow::Private::probeTheClient()
{
    if (!clientIsStored || hasTokensToUse() || !needsBrowser())
        return done(now().detail);
    hasProbedClient = true;
    newAuthorization();
    const auto judge = [this](const base::FetchResult &fetched) {
        const auto said = fetched ? refusalIn(fetched->status, fetched->body) : std::nullopt;
        if (!said || !replaceTheClient(*said))
            done(now().detail);
    };
    fetcher.fetch(authorization->exchange(makeState(parts.random), parts.clock()), ifCurrent(judge));
}

/// A registration that the authorization server has forgotten is made anew. Of a client that somebody gave,
/// or that is the address of a document, nobody knows here why it is refused.
bool Flow::Private::replaceTheClient(const Failure &why)
{
    constexpr qsizetype most = 2; // One of a kept sign-in, and one that is registered besides.
    if (!clientIsStored || why.reason != Failure::Reason::ClientUnknown || now().id > StepId::Token
        || deadClients.size() >= most)
        return false;
    deadClients.append(client.id);
    if (isForKeeping())
        parts.secrets->remove(keyOfTokens(client.id), [] {}); // They were that client's.
    tokens = {};
    tokensAreStored = false;
    keptIsSpent = true;
    clientIsStored = false;
    stopWaiting();
    goBackTo(
        StepId::Client,
        Words::tr("The client %1, registered earlier, is not known to the authorization server any more.")
            .arg(client.id));
    return true;
}

QStringList Flow::Private::scopesToAsk() const
{
    if (!settings.scopes.isEmpty())
        return settings.scopes;
    QStringList scopes = challenge.scopes();
    if (scopes.isEmpty())
        scopes = resource.scopes;
    if (looksLikeAuthKit(server))
        web::addScopes(scopes, auth::authKitScopes());
    return scopes;
}

TokenWish Flow::Private::tokenWish() const
{
    return {server, client, resource.resource, askedScopes, settings.clientKey, settings.clientKeyAlgorithm};
}

void Flow::Private::newAuthorization()
{
    authorization
        = std::make_unique<Authorization>(AuthorizationWish{tokenWish(), handler.callback()}, parts.random);
}

void Flow::Private::authorize()
{
    if (hasTokensToUse()) {
        skip(Words::tr("A token of an earlier sign-in is there."));
        return;
    }
    tokens = {};
    tokensAreStored = false;
    if (authorizations++ == 0 || askedScopes.isEmpty())
        askedScopes = scopesToAsk();
    web::addScopes(askedScopes, challengeScopes);
    if (!needsBrowser())
        return prepareGrant();
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
            } else if (!handler.acceptAnswer(*query)) {
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
    for (Leg &leg : now().legs) {
        if (leg.requestId == authorization->pkce().challenge)
            leg.answered = handler.shownAnswer();
    }
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

} // namespace gatehouse::oauth
