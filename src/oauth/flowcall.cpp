// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "base/mask.h"
#include "base/secretstore.h"
#include "client/content.h"
#include "oauth/flow.h"
#include "oauth/flowstate.h"
#include "oauth/refusedtoken.h"
#include "oauth/words.h"
#include "protocol/methodtable.h"
#include "web/scopes.h"

#include <QLocale>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::oauth {

namespace {

/// One sign-in and two for more scopes: a server that is never content would go on for ever.
constexpr int maximumAuthorizations = 3;

constexpr int maximumTold = 20;
constexpr qsizetype maximumData = 256 * 1024; ///< Bytes of memory; larger ones stand in the step's legs.

QString sentenceOf(const client::Told &told)
{
    using Kind = client::Told::Kind;
    const QString more = told.text.isEmpty() ? QString() : u": "_s + told.text;
    const QLocale plain = QLocale::c();
    switch (told.kind) {
    case Kind::Progress: {
        const QString reached = plain.toString(told.progress, 'g', 10);
        return (told.total ? Words::tr("Progress %1 of %2").arg(reached, plain.toString(*told.total, 'g', 10))
                           : Words::tr("Progress %1").arg(reached))
            + more;
    }
    case Kind::Log:
        return told.word + more;
    case Kind::Task:
        return Words::tr("The task is %1").arg(told.word) + more;
    }
    return {};
}

/// Of a fault for which there is no other way on.
Failure failureOf(const client::Error &error, StepId step)
{
    using client::CallFault;
    const QString text = base::maskText(error.text);
    switch (error.fault) {
    case CallFault::RpcError:
        return failureOf(step == StepId::Call ? FailureCode::ToolError : FailureCode::ServerError,
                         {QString::number(error.code), text});
    case CallFault::HttpError:
    case CallFault::ProtocolError:
        return failureOf(FailureCode::AnswerUnusable, {text});
    case CallFault::Forbidden:
    case CallFault::Unauthorized:
        return failureOf(FailureCode::ServerForbids, {text});
    case CallFault::Unreachable:
        break;
    }
    if (error.isOfThisMachine)
        return failureOf(FailureCode::CertificateUnknown, {text});
    const bool isLost = step == StepId::Call && !error.isUnsent;
    return failureOf(isLost ? FailureCode::CallLost : FailureCode::ServerAway, {text});
}

QString sentenceOf(const client::ServerInfo &info)
{
    return Words::tr("%1 %2 speaks %3 (%4).")
        .arg(info.name.left(100), info.version.left(40), info.revision,
             protocol::nameOf(info.era == protocol::Era::Modern ? protocol::MethodId::Discover
                                                                : protocol::MethodId::Initialize));
}

} // namespace

QByteArray Flow::Private::givenAuthorization() const
{
    return base::onlyValueOf(settings.headers, "Authorization").value_or(QByteArray());
}

Failure Flow::Private::refused(const client::Error &error) const
{
    const auto read = auth::readChallenge(error.challenge);
    const auth::Challenge said = read && *read ? **read : auth::Challenge();
    const QString why = u"%1 %2"_s.arg(said.error(), said.errorDescription()).trimmed().left(400);
    const QByteArray given = givenAuthorization();
    const bool isOurs = given.isEmpty();
    const QStringList seen = reasonsIn({isOurs ? tokens.access : given.mid(given.indexOf(' ') + 1),
                                        isOurs ? resource.resource : QString(),
                                        isOurs ? server.issuer : QString(), error.date, parts.clock()});
    return failureOf(isOurs ? FailureCode::CallRefused : FailureCode::HeaderRefused,
                     {base::maskText(error.text), base::maskText(why), seen.join(u' ')});
}

void Flow::Private::ask()
{
    if (!givenAuthorization().isEmpty())
        return askWithoutToken();
    if (settings.useKept && isForKeeping() && !std::exchange(triedKept, true))
        lookForGrant();
    else
        askWithoutToken();
}

void Flow::Private::makeClient(const QByteArray &token)
{
    mcp = std::make_unique<client::McpClient>(QUrl(settings.server, QUrl::StrictMode), wayWithProofs());
    mcp->setHeaders(settings.headers);
    mcp->setTimeoutMs(settings.requestMs);
    mcp->setOffer(settings.offer);
    mcp->setRevision(settings.revision);
    mcp->setAccessToken(token);
    QObject::connect(mcp.get(), &client::McpClient::told, q,
                     [this](const QString &method, const QJsonObject &params) {
                         if (const auto told = client::readTold(method, params))
                             tell(*told);
                     });
}

/// The step shows the last of what it is told; all of it stands in its legs.
void Flow::Private::tell(const client::Told &told)
{
    if (!running)
        return;
    const QString line = base::maskText(sentenceOf(told));
    if (!toldLines.isEmpty() && toldLines.last() == line)
        return; // A task says the same each time that it is asked.
    toldLines.append(line);
    if (toldLines.size() > maximumTold)
        toldLines.removeFirst();
    now().detail = toldLines.join(u'\n');
    Q_EMIT q->stepChanged(current);
    Q_EMIT q->told(told, line);
}

void Flow::Private::askWithoutToken()
{
    makeClient({});
    mcp->open(ifCurrent([this](const base::Expected<client::ServerInfo, client::Error> &info) {
        if (info) {
            letIn = true;
            done((givenAuthorization().isEmpty()
                      ? Words::tr("The server let us in without a token.\n")
                      : Words::tr("The server took the Authorization that was given.\n"))
                 + sentenceOf(*info));
            return;
        }
        const client::Error &error = info.error();
        const bool isRefusal
            = error.fault == client::CallFault::Unauthorized || error.fault == client::CallFault::Forbidden;
        if (isRefusal && !givenAuthorization().isEmpty())
            return fail(refused(error));
        if (error.fault != client::CallFault::Unauthorized) {
            fail(failureOf(error, StepId::Ask));
            return;
        }
        const auto read = auth::readChallenge(error.challenge);
        challenge = read && *read ? **read : auth::Challenge();
        const QString where = challenge.resourceMetadata();
        const QString again = now().detail.isEmpty() ? QString() : now().detail + u'\n';
        if (!read)
            done(again
                 + Words::tr("The challenge cannot be read: %1 The usual places are asked instead.")
                       .arg(read.error()));
        else if (where.isEmpty())
            done(again
                 + Words::tr("The server wants a token and does not say where its metadata is: the usual "
                             "places are asked."));
        else
            done(again + Words::tr("The server wants a token and names its metadata: ") + where.left(300));
    }));
}

void Flow::Private::openSession()
{
    makeClient(tokens.access);
    mcp->open(ifCurrent([this](const base::Expected<client::ServerInfo, client::Error> &info) {
        if (info)
            done(sentenceOf(*info));
        else
            recover(info.error());
    }));
}

void Flow::Private::list()
{
    if (settings.errand != Errand::Tools)
        return settings.tool.isEmpty() ? listOthers() : skip(Words::tr("One was named."));
    mcp->listTools(ifCurrent([this](const base::Expected<client::ToolListing, client::Error> &found) {
        if (!found)
            return listingFailed(found.error());
        tools = found->tools;
        remark = base::maskText(found->remark);
        entries.clear();
        QStringList names;
        for (const client::ToolInfo &tool : std::as_const(tools)) {
            entries.append(tool.json);
            names.append(tool.name);
        }
        listed(names);
    }));
}

void Flow::Private::listOthers()
{
    const bool isOfResources = settings.errand == Errand::Resources;
    const auto method = isOfResources ? protocol::MethodId::ListResources : protocol::MethodId::ListPrompts;
    mcp->list(method,
              ifCurrent([this, isOfResources](const base::Expected<client::Listing, client::Error> &found) {
                  if (!found)
                      return listingFailed(found.error());
                  entries = found->entries;
                  remark = base::maskText(found->remark);
                  if (isOfResources)
                      return listTemplates();
                  QStringList names;
                  for (const QJsonObject &one : std::as_const(entries))
                      names.append(one.value("name"_L1).toString());
                  listed(names);
              }));
}

/// A server that has none may not know how to be asked for them.
void Flow::Private::listTemplates()
{
    mcp->list(protocol::MethodId::ListTemplates,
              ifCurrent([this](const base::Expected<client::Listing, client::Error> &found) {
                  templates = found ? found->entries : QList<QJsonObject>();
                  QStringList names;
                  for (const QJsonObject &one : std::as_const(entries))
                      names.append(one.value("uri"_L1).toString());
                  for (const QJsonObject &one : std::as_const(templates))
                      names.append(one.value("uriTemplate"_L1).toString());
                  listed(names);
              }));
}

void Flow::Private::listed(const QStringList &names)
{
    QStringList shown;
    for (const QString &name : names.mid(0, 50))
        shown.append(name.left(128));
    const QString text = settings.errand == Errand::Tools ? Words::tr("Tools (%1): %2")
        : settings.errand == Errand::Resources            ? Words::tr("Resources (%1): %2")
                                                          : Words::tr("Prompts (%1): %2");
    done(text.arg(names.size()).arg(shown.join(u", "_s)) + (remark.isEmpty() ? QString() : u'\n' + remark));
}

/// A call by name needs no list, and a server that has no tools says so.
void Flow::Private::listingFailed(const client::Error &error)
{
    using client::CallFault;
    const bool isOfServer = error.fault == CallFault::RpcError || error.fault == CallFault::ProtocolError
        || error.fault == CallFault::HttpError;
    if (isOfServer && !settings.tool.isEmpty()) {
        skip(Words::tr("The list cannot be had, and the tool is called all the same: %1")
                 .arg(base::maskText(error.text)));
    } else if (error.fault == CallFault::RpcError && error.code == protocol::code::methodNotFound) {
        remark = base::maskText(error.text);
        done(settings.errand == Errand::Tools           ? Words::tr("The server offers no tools.")
                 : settings.errand == Errand::Resources ? Words::tr("The server offers no resources.")
                                                        : Words::tr("The server offers no prompts."));
    } else {
        recover(error);
    }
}

/// Where none was named: get-profile, which asks for nothing and says who one is.
QString Flow::Private::toolToCall() const
{
    const QString usual = u"get-profile"_s;
    if (!settings.tool.isEmpty())
        return settings.tool;
    const bool isListed = std::any_of(tools.begin(), tools.end(),
                                      [&usual](const client::ToolInfo &info) { return info.name == usual; });
    return isListed ? usual : QString();
}

void Flow::Private::callTool()
{
    const QString tool = toolToCall();
    if (tool.isEmpty())
        return skip(Words::tr("No tool was named to call."));
    mcp->callTool(tool, settings.arguments,
                  ifCurrent([this, tool](const base::Expected<client::Result, client::Error> &answer) {
                      takeCalled(tool, answer);
                  }));
}

void Flow::Private::call()
{
    using protocol::MethodId;
    if (settings.errand == Errand::Tools)
        return callTool();
    if (settings.tool.isEmpty())
        return skip(Words::tr("None was named."));
    const bool isResource = settings.errand == Errand::Resources;
    QJsonObject params{{isResource ? u"uri"_s : u"name"_s, settings.tool}};
    if (!isResource && !settings.arguments.isEmpty())
        params.insert(u"arguments"_s, settings.arguments);
    mcp->request(isResource ? MethodId::ReadResource : MethodId::GetPrompt, params,
                 ifCurrent([this](const base::Expected<client::Result, client::Error> &answer) {
                     takeCalled(settings.tool, answer);
                 }));
}

void Flow::Private::takeCalled(const QString &what,
                               const base::Expected<client::Result, client::Error> &answer)
{
    if (!answer)
        return recover(answer.error());
    result = *answer;
    if (result.json.value("isError"_L1).toBool())
        return fail(failureOf(FailureCode::ToolReported,
                              {base::maskText(client::resultText(result.json).left(1000))}));
    const QString text = settings.errand == Errand::Tools ? client::resultText(result.json)
        : settings.errand == Errand::Resources            ? client::contentsText(result.json)
                                                          : client::messagesText(result.json);
    const QString first = text.left(600).section(u'\n', 0, 3);
    done(Words::tr("%1 answered.").arg(what) + (first.isEmpty() ? QString() : u'\n' + first));
}

void Flow::Private::recover(const client::Error &error)
{
    using client::CallFault;
    const bool isRefusal = error.fault == CallFault::Unauthorized || error.fault == CallFault::Forbidden;
    if (isRefusal && !givenAuthorization().isEmpty())
        return fail(refused(error));
    switch (error.fault) {
    case CallFault::Unauthorized:
        // Some servers let everybody in and want a token for more.
        if (letIn) {
            letIn = false;
            const auto said = auth::readChallenge(error.challenge);
            challenge = said && *said ? **said : auth::Challenge();
            goBackTo(StepId::Resource, Words::tr("The server wants a token now."));
            return;
        }
        refusal = error;
        if (tryRefreshAfterRefusal() || signInAfterRefusal())
            return;
        return lookWhereItMoved(error);
    case CallFault::Forbidden: {
        const auto read = auth::readChallenge(error.challenge);
        if (!stepUp(read && *read ? **read : auth::Challenge()))
            fail(refused(error));
        return;
    }
    case CallFault::RpcError:
    case CallFault::Unreachable:
    case CallFault::HttpError:
    case CallFault::ProtocolError:
        if (base::memoryOf(error.data) <= maximumData)
            now().data = base::maskJson(error.data);
        fail(failureOf(error, now().id));
        return;
    }
}

/// A refresh token may be good where its access token is not any more: tried once, before anybody has to sign
/// in.
bool Flow::Private::tryRefreshAfterRefusal()
{
    const bool wasGood = tokensAreStored || now().id > StepId::Session;
    if (!wasGood || tokens.refresh.isEmpty() || !canShowItself() || !refusedToken.isEmpty())
        return false;
    refusedToken = std::exchange(tokens.access, {});
    tokensAreStored = true;
    goBackTo(StepId::Token, Words::tr("The server refuses the token: the refresh token is tried."));
    return true;
}

/// A kept token may have been revoked, which only its use shows. Whoever has signed in in this run is not
/// asked again.
bool Flow::Private::signInAfterRefusal()
{
    if (!tokensAreStored || authorizations > 0)
        return false;
    if (isForKeeping())
        parts.secrets->remove(keyOfTokens(client.id), [] {});
    keptIsSpent = true;
    tokens = {};
    tokensAreStored = false;
    signInAnew(Words::tr("The stored token was refused."));
    return true;
}

/// The server may have gone over to another authorization server meanwhile (MCP 2026-07-28 "Authorization
/// Server Migration"): what it says of itself is read again, once.
void Flow::Private::lookWhereItMoved(const client::Error &error)
{
    if (std::exchange(hasLookedAgain, true))
        return fail(refused(error));
    const auto read = auth::readChallenge(error.challenge);
    const auto said = read && *read ? **read : auth::Challenge();
    findResource(&fetcher, settings.server, said.resourceMetadata(),
                 ifCurrent([this, error, said](const base::Expected<Resource, Failure> &found) {
                     const bool isSame = found
                         && std::any_of(found->issuers.begin(), found->issuers.end(),
                                        [this](const QString &issuer) { return isServer(issuer); });
                     if (!found || isSame)
                         return fail(refused(error));
                     challenge = said;
                     if (isForKeeping()) // Nobody would find them to forget them.
                         parts.secrets->remove(keyOfTokens(client.id), [] {});
                     tokens = {};
                     tokensAreStored = false;
                     clientIsStored = false;
                     refusedToken.clear();
                     askedScopes.clear();
                     challengeScopes.clear();
                     goBackTo(StepId::Resource,
                              Words::tr("The server refuses the token, and names another "
                                        "authorization server now."));
                 }),
                 settings.allowances);
}

bool Flow::Private::stepUp(const auth::Challenge &wanted)
{
    const QStringList scopes = wanted.scopes();
    const bool asked = std::all_of(scopes.begin(), scopes.end(),
                                   [this](const QString &scope) { return askedScopes.contains(scope); });
    if (wanted.error() != "insufficient_scope"_L1 || scopes.isEmpty() || asked
        || authorizations >= maximumAuthorizations || server.issuer.isEmpty())
        return false;
    challengeScopes = usesKept ? askedScopes + scopes : scopes;
    if (askedScopes.isEmpty())
        askedScopes = web::scopesOf(tokens.scope);
    tokens = {};
    tokensAreStored = false;
    signInAnew(Words::tr("The server wants more scopes: %1").arg(scopes.join(u' ')));
    return true;
}

void Flow::Private::tryRefresh()
{
    if (!settings.refreshAtEnd) {
        skip(Words::tr("Not asked for."));
    } else if (tokens.refresh.isEmpty()) {
        skip(Words::tr("There is no refresh token."));
    } else if (!canShowItself()) {
        skip(Words::tr("The client's secret is not known here: it was given to another run."));
    } else {
        refresh();
    }
}

} // namespace gatehouse::oauth
