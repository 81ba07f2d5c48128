// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/challengereader.h"
#include "oauth/authorization.h"
#include "oauth/device.h"
#include "oauth/discovery.h"
#include "oauth/dpop.h"
#include "oauth/flow.h"
#include "oauth/registration.h"
#include "oauth/replyhandler.h"
#include "oauth/tokens.h"
#include "oauth/trace.h"
#include "oauth/trust.h"

#include <QLockFile>
#include <QPointer>
#include <QTimer>

#include <memory>
#include <vector>

namespace gatehouse::oauth {

/// The inside of Flow: flow.cpp has the pace, flowsignin.cpp the steps up to the token, flowcall.cpp those
/// with it.
struct Flow::Private
{
    Private(Flow *flow, FlowSettings given, FlowParts parts_);

    Flow *q;
    FlowSettings settings;
    FlowParts parts;
    TracingFetcher fetcher;
    std::unique_ptr<DpopFetcher> dpop; ///< Where tokens are bound to a key.
    QList<Step> steps;
    int current = 0;
    bool running = false;
    bool toTheEnd = false;
    qint64 startedAt = 0; ///< Of the running step.
    quint64 run = 0; ///< Counts up with each step and cancel: answers of an older one are dropped.
    std::optional<Failure> failure;

    bool isEnding = false; ///< Until finished().
    bool hasEnded = false; ///< The session is over.
    bool triedKept = false;
    bool usesKept = false; ///< A sign-in that was kept for this address: nothing else is known of its server.
    bool keptLacksScopes = false; ///< It was made for less than what is asked for now.
    bool letIn = false; ///< initialize worked without a token.
    auth::Challenge challenge;
    QStringList challengeScopes;
    Resource resource;
    bool isOfOld = false; ///< It has no such document: a server of 2025-03-26, or one that wants no OAuth.
    std::optional<Failure> noResource; ///< What to say where it is the latter.
    AuthorizationServer server;
    Trust trusted; ///< By a word of the user in this run.
    bool isIssuerSaid = false; ///< The user named the issuer, in this run or an earlier one.
    bool hasTrust = false; ///< Something is kept about it, as far as was looked.
    bool mustJudgeTrust = false; ///< It was forgotten: no sign-in before it was judged anew.
    bool isFirstIssuer = false; ///< The given client is bound to it once its answer has come.
    QString
        tokensClientId; ///< Of the client that the tokens are kept under, which may be forgotten before them.
    ClientRegistration client;
    bool clientIsStored = false;
    bool hasProbedClient = false;
    QStringList deadClients; ///< That the authorization server did not know any more, in this run.
    bool keptIsSpent = false; ///< What was kept of tokens has been tried, and is of no use in this run.
    Tokens tokens;
    bool tokensAreStored = false;
    QByteArray refusedToken; ///< An access token that the server did not take, though its time had not come.
    std::optional<client::Error> refusal; ///< What the server said of the last token that it did not take.
    bool hasLookedAgain = false; ///< Where the authorization server is, after a refusal.
    QStringList askedScopes;
    DeviceCode deviceCode;
    qint64 deviceUntil = 0; ///< When that is no good any more.
    QByteArray exchanged; ///< What the identity provider gave for the ID token.
    int authorizations = 0;
    QUrl authorizationAddress;
    QUrl startAddress;
    QTimer patience; ///< While the browser is out.
    ReplyHandler handler;
    std::unique_ptr<Authorization> authorization;
    std::unique_ptr<QLockFile> turn; ///< While this program may refresh.
    std::unique_ptr<client::McpClient> mcp;
    std::vector<std::unique_ptr<client::McpClient>> leaving; ///< Whose sessions are being closed.
    QList<client::ToolInfo> tools;
    QList<QJsonObject> entries; ///< The same, and what other errands list.
    QList<QJsonObject> templates;
    QString remark; ///< On the list of them.
    QStringList toldLines; ///< What the server told in this step, the last of it.
    client::Result result;

    // The pace.
    [[nodiscard]] Step blank(StepId id) const;
    void begin();
    void enter();
    void done(const QString &detail);
    void skip(const QString &detail);
    void fail(const Failure &why);
    /// Sets all steps from this one on back to waiting; it comes next.
    void goBackTo(StepId id, const QString &why);
    /// The same after the end of a run, for retryFrom().
    void forgetFrom(StepId id);
    void forget(const Forgotten &what, std::function<void()> then);
    void forgetTokens(const Forgotten &what, std::function<void()> then);
    void forgetClient(const Forgotten &what, std::function<void()> then);
    void forgetTrust(const Forgotten &what, std::function<void()> then);
    void addLeg(const Leg &leg);
    [[nodiscard]] Step &step(StepId id) { return steps[int(id)]; }
    [[nodiscard]] Step &now() { return steps[current]; }
    void moveOn();
    void stopWaiting();
    /// Whoever is let in anew does not go on hearing of the old session.
    void leaveOldSession();
    void end();
    /// Wraps a callback so that it does nothing once its step is over or the flow is gone.
    template <typename F> auto ifCurrent(F call)
    {
        return [guard = QPointer<Flow>(q), this, mine = run, call](const auto &...values) {
            if (guard && run == mine && running)
                call(values...);
        };
    }

    // The steps.
    void ask();
    void askWithoutToken();
    void lookForGrant();
    void takeGrant(const GrantedTokens &grant, const Trust &known);
    /// The same, once nothing speaks against showing the client to the grant's issuer.
    void takeTrustedGrant(const GrantedTokens &grant);
    /// After a stored token was refused: from where something is known.
    void signInAnew(const QString &why);
    void findTheResource();
    void takeResource(const Resource &found);
    void findTheServer();
    void takeServer(const AuthorizationServer &found);
    /// Whether that is the authorization server that was found, to the byte or as the user allows.
    [[nodiscard]] bool isServer(const QString &issuer) const
    {
        return issuer == server.issuer
            || (settings.allowances.issuerSlash && differBySlash(issuer, server.issuer));
    }
    void identify();
    /// Whether client and issuer belong together, before anything is sent to its endpoints. `isNew`: said in
    /// this run.
    void judgeTrust(const Trust &known, bool isNew);
    void keepTrust(bool isSaid, std::function<void()> then);
    /// After the first answer of an issuer to a given client.
    void bindTheClient(std::function<void()> then);
    void findTheClient();
    [[nodiscard]] base::Expected<QString, Failure> listenForAnswers();
    void registerTheClient();
    [[nodiscard]] bool usesClientMetadata() const;
    void chooseCallback();
    void findTokens();
    void probeTheClient();
    [[nodiscard]] bool replaceTheClient(const Failure &why);
    void authorize();
    void sendBrowser();
    void walkRedirects();
    void fetchTokens();
    void makeClient(const QByteArray &token);
    void tell(const client::Told &told);
    void openSession();
    void list();
    void listOthers();
    void listTemplates();
    void listed(const QStringList &names);
    void listingFailed(const client::Error &error);
    void call();
    void callTool();
    [[nodiscard]] QString toolToCall() const;
    void takeCalled(const QString &what, const base::Expected<client::Result, client::Error> &answer);
    void tryRefresh();

    /// The way to the token endpoint and, with its tokens, to the MCP server.
    [[nodiscard]] base::Fetcher *wayWithProofs()
    {
        return dpop ? static_cast<base::Fetcher *>(dpop.get()) : &fetcher;
    }
    /// Whether what comes of the run may serve another one: not what is had for the asking, or bound to a key
    /// of this.
    [[nodiscard]] bool isForKeeping() const { return needsPerson() && !settings.dpopKey; }
    [[nodiscard]] bool needsPerson() const { return settings.grant == Grant::Code || isByDevice(); }
    /// A browser here, whose answer comes back here.
    [[nodiscard]] bool needsBrowser() const { return settings.grant == Grant::Code; }
    [[nodiscard]] bool isByDevice() const { return settings.grant == Grant::Device; }
    /// Of a registration, which belongs to one issuer and one way back.
    [[nodiscard]] QString keyOfClient() const;
    [[nodiscard]] TokenWish tokenWish() const;
    /// Whether something is shown that belongs to one authorization server: a secret, or what is signed for
    /// it.
    [[nodiscard]] bool showsSomething() const
    {
        return !settings.clientSecret.isEmpty() || settings.clientKey || !settings.assertion.isEmpty()
            || !settings.idToken.isEmpty();
    }
    /// Whether what the client shows itself by is known here; a secret may have been given to another run.
    [[nodiscard]] bool canShowItself() const
    {
        const bool hasKey = client.authMethod == QLatin1StringView("private_key_jwt") && settings.clientKey;
        return client.authMethod == QLatin1StringView("none") || !client.secret.isEmpty() || hasKey;
    }
    /// That a refresh can make good again, too.
    [[nodiscard]] bool hasTokensToUse() const
    {
        return tokensAreStored && (tokens.usable(parts.clock()) || !tokens.refresh.isEmpty());
    }
    void newAuthorization();
    /// Grants without a browser (flowgrants.cpp): what stands in the place of the sign-in, and of the code.
    void prepareGrant();
    void askForDeviceCode();
    void pollForTokens();
    void judgePoll(const base::FetchResult &fetched);
    void askByGrant();
    void takeFresh(const Tokens &fresh);
    void keepTokens(std::function<void()> then);
    [[nodiscard]] QStringList scopesToAsk() const;
    void judgeAnswer(const std::optional<Failure> &why);
    /// A stored refresh token for new tokens, one program at a time: a refresh token works once.
    void refreshStored();
    void takeTurn(std::function<void()> then, qint64 deadline);
    void refresh();
    [[nodiscard]] QString keyOfTokens(const QString &clientId) const;
    /// `make` makes the request, and makes it anew where it has to be sent once more.
    void askForTokens(const std::function<base::FetchRequest()> &make);
    [[nodiscard]] base::Expected<Tokens, Failure> tokensIn(const base::FetchResult &fetched);
    void tokensRefused(const Failure &why);
    void judgeTokens(const base::Expected<Tokens, Failure> &fresh);
    /// What a failed MCP request leads to: another sign-in where that can help, the end of the run else.
    void recover(const client::Error &error);
    /// Of a token that the server does not take, the user's own or ours.
    [[nodiscard]] Failure refused(const client::Error &error) const;
    /// An Authorization that the user gave by hand, which stands in the place of a sign-in; empty if none is.
    [[nodiscard]] QByteArray givenAuthorization() const;
    [[nodiscard]] bool stepUp(const auth::Challenge &wanted);
    [[nodiscard]] bool tryRefreshAfterRefusal();
    [[nodiscard]] bool signInAfterRefusal();
    void lookWhereItMoved(const client::Error &error);
};

} // namespace gatehouse::oauth
