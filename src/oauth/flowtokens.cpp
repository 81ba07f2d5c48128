// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/jws.h"
#include "base/json.h"
#include "base/mask.h"
#include "base/secretstore.h"
#include "oauth/flow.h"
#include "oauth/flowstate.h"
#include "oauth/words.h"
#include "web/scopes.h"

#include <QDir>
#include <QJsonArray>
#include <QTimer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

// The tokens: for a code, for a refresh token, and how they are kept.

namespace {

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

} // namespace

void Flow::Private::fetchTokens()
{
    if (tokensAreStored && tokens.usable(parts.clock())) {
        skip(Words::tr("A token of an earlier sign-in is still good."));
        return;
    }
    if (tokensAreStored)
        refreshStored();
    else if (needsBrowser())
        askForTokens(
            [this, code = handler.takeCode()] { return authorization->exchange(code, parts.clock()); });
    else
        askByGrant();
}

void Flow::Private::refreshStored()
{
    now().title = titleOf(StepId::Refresh, settings.grant, settings.errand); // There is no code to exchange.
    if (!isForKeeping()) // What is kept belongs to other runs.
        return refresh();
    // Read again: whoever had the turn before may have refreshed already, and spent the token that is known
    // here.
    const auto take = [this](const std::optional<QByteArray> &stored) {
        if (const auto known = stored ? readStoredTokens(*stored) : std::nullopt)
            tokens = *known;
        if (tokens.access == refusedToken)
            tokens.access.clear();
        if (!tokens.usable(parts.clock()))
            return refresh();
        turn.reset();
        done(Words::tr("Another program has refreshed this sign-in."));
    };
    takeTurn([this, take] { parts.secrets->read(keyOfTokens(client.id), ifCurrent(take)); },
             parts.clock() + settings.lockMs);
}

void Flow::Private::refresh()
{
    newAuthorization();
    askForTokens([this] { return authorization->refresh(tokens.refresh, parts.clock()); });
}

QString Flow::Private::keyOfTokens(const QString &clientId) const
{
    return tokensKey(server.issuer, resource.resource.isEmpty() ? settings.server : resource.resource,
                     clientId);
}

void Flow::Private::takeTurn(std::function<void()> then, qint64 deadline)
{
    if (settings.lockFolder.isEmpty())
        return then();
    if (!turn) {
        const QString key = keyOfTokens(client.id);
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

void Flow::Private::askForTokens(const std::function<base::FetchRequest()> &make)
{
    if (dpop)
        dpop->setTokenEndpoint(server.tokenEndpoint, make);
    wayWithProofs()->fetch(make(), ifCurrent([this](const base::FetchResult &fetched) {
                               isByDevice() && !tokensAreStored && now().id == StepId::Token
                                   ? judgePoll(fetched)
                                   : judgeTokens(tokensIn(fetched));
                           }));
}

base::Expected<Tokens, Failure> Flow::Private::tokensIn(const base::FetchResult &fetched)
{
    if (!fetched)
        return base::failure(
            failureOf(fetched.error(), FailureCode::TokenEndpointSilent, FailureCode::TokensUnusable));
    auto read = readTokens(fetched->status, fetched->body, resource.resource, parts.clock(), bool(dpop));
    // RFC 9449 §5: who wanted the one does not go on with the other.
    if (read && dpop && !read->isBound)
        return base::failure(failureOf(FailureCode::NotBound));
    return read;
}

void Flow::Private::tokensRefused(const Failure &why)
{
    const bool isRefusal = why.kind == Failure::Kind::SignIn;
    if (replaceTheClient(why))
        return;
    // A kept sign-in knows where the token endpoint was, not where it is.
    if (!tokensAreStored || now().id == StepId::Refresh || (!isRefusal && !usesKept))
        return fail(why);
    turn.reset();
    // A client that showed itself wrongly says nothing of the grant, and neither does a page.
    const bool isGrantSpent
        = isRefusal && !why.error.isEmpty() && why.reason != Failure::Reason::ClientUnknown;
    if (isGrantSpent && isForKeeping()) {
        parts.secrets->remove(keyOfTokens(client.id), [] {});
        keptIsSpent = true;
    }
    tokens = {};
    tokensAreStored = false;
    if (refusal && authorizations > 0) // Who has signed in in this run is not asked again at the same server.
        return lookWhereItMoved(*refusal);
    signInAnew((isRefusal ? Words::tr("The stored refresh token was refused: ")
                          : Words::tr("The kept sign-in could not be refreshed: "))
               + why.text);
}

void Flow::Private::judgeTokens(const base::Expected<Tokens, Failure> &fresh)
{
    const bool refreshing = now().id == StepId::Refresh;
    if (!fresh)
        return tokensRefused(fresh.error());
    const Tokens old = tokens;
    takeFresh(*fresh);
    const QString scope = tokens.scope.isEmpty() ? Words::tr("not stated: as asked for") : tokens.scope;
    const QString lifetime = tokens.expiresAt == 0 ? Words::tr("not stated")
                                                   : u"%1 s"_s.arg((tokens.expiresAt - parts.clock()) / 1000);
    QString detail = Words::tr("Access token %1, lifetime %2\nScopes: %3")
                         .arg(QString::fromLatin1(base::fingerprint(tokens.access)), lifetime, scope);
    if (dpop)
        detail += Words::tr("\nBound to the key of this run (DPoP).");
    if (refreshing)
        detail += u'\n' + comparison(old, *fresh).join(u'\n');
    else if (tokens.refresh.isEmpty() && needsPerson())
        detail += Words::tr("\nNo refresh token: ask for offline_access to stay signed in.");
    if (!isForKeeping()) {
        turn.reset();
        return done(detail);
    }
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
    if (dpop)
        dpop->setBoundToken(tokens.isBound ? tokens.access : QByteArray());
    if (mcp)
        mcp->setAccessToken(tokens.access);
}

void Flow::Private::keepTokens(std::function<void()> then)
{
    GrantedTokens grant{server.issuer, resource.resource, server.tokenEndpoint, client, askedScopes};
    web::addScopes(grant.scopes, web::scopesOf(tokens.scope));
    if (!settings.clientSecret.isEmpty())
        grant.client.secret.clear(); // Given for this run; whoever gives it again may use the sign-in again.
    tokensClientId = client.id;
    const auto writeTheGrant = [this, grant, then = std::move(then)](bool) {
        parts.secrets->write(grantKey(settings.server), writeGrant(grant),
                             ifCurrent([then](bool) { then(); }));
    };
    parts.secrets->write(keyOfTokens(client.id), writeTokens(tokens), ifCurrent(writeTheGrant));
}

} // namespace gatehouse::oauth
