// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/fetch.h"
#include "base/random.h"
#include "client/mcpclient.h"
#include "client/told.h"
#include "oauth/browser.h"
#include "oauth/device.h"
#include "oauth/discovery.h"
#include "oauth/failure.h"
#include "oauth/redirect.h"
#include "oauth/registration.h"
#include "oauth/step.h"
#include "oauth/tokenrequest.h"
#include "oauth/tokens.h"

#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace gatehouse::base {
class SecretStore;
}

namespace gatehouse::oauth {

/// What a run is about. The defaults ask for what the server wants.
struct FlowSettings
{
    QString server; ///< Address of the MCP server, as the user wrote it: compared to the byte.
    QString issuer = {}; ///< The authorization server that it must be; empty: the one that the server names.
    QString clientId; ///< Empty: a stored client, or a new registration.
    /// Of a document that says who the client is, as a client id for servers that take such (Client ID
    /// Metadata Document); empty: there is none. A given client id goes before it.
    QString clientMetadataUrl = {};
    QString clientSecret; ///< Goes to `issuer` alone, or to the one that the user trusts.
    Allowances allowances = {}; ///< By a word of the user.
    Grant grant = Grant::Code;
    std::optional<keys::SigningKey> clientKey = {}; ///< Shows the given client by private_key_jwt.
    QString clientKeyAlgorithm = QStringLiteral("ES256");
    std::optional<keys::SigningKey> dpopKey
        = {}; ///< Tokens are bound to it (RFC 9449), and kept for this run alone.
    QByteArray assertion = {}; ///< Of Grant::JwtBearer. A secret.
    QUrl idpTokenEndpoint = {}; ///< Of Grant::Enterprise: where idToken goes, and nowhere else.
    QByteArray idToken = {}; ///< A secret.
    QStringList
        scopes; ///< Empty: challenge, then metadata, then none; AuthKit's four besides where it is AuthKit.
    QList<QPair<QByteArray, QByteArray>> headers; ///< For the MCP server alone.
    Opener opener; ///< Gets startAddress(). Empty: no browser and no listener, redirects are followed here.
    quint16 callbackPort = 33418; ///< A free one where it is taken.
    std::optional<Redirect> redirect = {}; ///< Where the browser shall be sent instead; there or nowhere.
    std::optional<CallbackDoor> door = {}; ///< That has it, where it is none of ours to listen on.
    client::ClientOffer offer = {}; ///< What the MCP server may ask of its client.
    Errand errand = Errand::Tools;
    /// Of a tool or prompt its name, of a resource its URI. Empty: get-profile where it is listed, and
    /// nothing else.
    QString tool;
    QJsonObject arguments;
    StepId last = StepId::Refresh; ///< The run ends with this one.
    bool useKept = true; ///< A sign-in that was kept is used; else a new one is made.
    bool refreshAtEnd = false; ///< Try the refresh token once everything else is done.
    QString revision = {}; ///< Of MCP, the only one to speak; empty: the one that the server speaks.
    int requestMs = 60'000; ///< How long the MCP server may take for one answer.
    int signInMs = 5 * 60 * 1000; ///< How long the browser may take.
    QString lockFolder
        = {}; ///< Where programs that share a sign-in take turns to refresh it. Empty: there is no other.
    int lockMs = 20'000; ///< How long another program's refresh may take.
};

/// What of a sign-in shall be kept no longer.
struct Forgotten
{
    bool access = false;
    bool refresh = false;
    bool id = false;
    bool client = false; ///< The registration; the authorization server may keep it.
    bool trust
        = false; ///< Which authorization server is the right one, as the user said or as it was first seen.
};

struct Credentials;

/// What the flow works with; all outlive it.
struct FlowParts
{
    base::Fetcher *fetcher = nullptr;
    base::SecretStore *secrets = nullptr;
    base::Clock clock;
    base::Random random;
};

/// The whole registration, sign-in and call, one step after the other, with every leg kept for showing. One
/// engine for all paces. Lives on one thread; nothing is signalled from within next(), runAll() or the
/// constructor except stepChanged().
class Flow : public QObject
{
    Q_OBJECT

public:
    Flow(FlowSettings settings, FlowParts parts, QObject *parent = nullptr);
    ~Flow() override;

    [[nodiscard]] const QList<Step> &steps() const;
    /// The step that runs or comes next; stepCount when all are over.
    [[nodiscard]] int current() const;
    [[nodiscard]] bool isRunning() const;
    /// All is over and the session is being closed; nothing can be asked for until finished().
    [[nodiscard]] bool isEnding() const;

    /// Runs one step; does nothing while one runs, or after the end.
    void next();
    /// Runs all steps that are left.
    void runAll();
    /// Fails the step that runs or comes next; what was reached before stays. Nothing is left under way or
    /// listening.
    void cancel();
    /// Makes this step or, where it needs something that is spent, an earlier one the next to run, and
    /// forgets what came of all from there on. The answer is that step. Does nothing while one runs.
    StepId retryFrom(StepId id);

    /// Where the browser was or is to be sent; empty before that step. A secret: holds the state.
    [[nodiscard]] QUrl authorizationAddress() const;
    /// A link that leads there once; empty where no browser is waited for. Whoever opens it first signs in.
    [[nodiscard]] QUrl startAddress() const;
    /// Sends the browser once more, with another link; the old one leads nowhere then. Does nothing while no
    /// browser is waited for.
    void openAgain();
    /// The redirect address that is used or would be.
    [[nodiscard]] QString redirectUri() const;
    /// The end of a sign-in that came in by another way than the own listener, as a query; false if it was
    /// ignored.
    bool takeCallback(QByteArrayView query);
    /// The same of the address at which a browser elsewhere ended, as its user copied it.
    bool takePasted(const QString &address);

    /// Why the run failed; nullopt while it has not.
    [[nodiscard]] const std::optional<Failure> &failure() const;
    [[nodiscard]] const QList<client::ToolInfo> &tools() const;
    /// Of any errand: what was listed, as the server wrote it; of resources also their templates.
    [[nodiscard]] const QList<QJsonObject> &entries() const;
    [[nodiscard]] const QList<QJsonObject> &templates() const;
    /// What is wrong with that list, though it could be had in part; masked, empty if nothing is.
    [[nodiscard]] QString listRemark() const;
    /// What was called or is to be called: the tool that was named, or get-profile in its place. Empty: none.
    [[nodiscard]] QString calledTool() const;
    /// The result of the call; empty before that.
    [[nodiscard]] const QJsonObject &result() const;
    /// The same as the server wrote it.
    [[nodiscard]] QByteArray resultJson() const;
    /// Secret. Empty where none was needed or reached.
    [[nodiscard]] QByteArray accessToken() const;
    /// What the user has said is right all the same.
    [[nodiscard]] const Allowances &allowances() const;
    /// All that came with it: secrets.
    [[nodiscard]] const Tokens &tokens() const;
    /// What was learned on the way; empty members before that.
    [[nodiscard]] const AuthorizationServer &server() const;
    [[nodiscard]] const Resource &resource() const;
    [[nodiscard]] const ClientRegistration &client() const;

    /// The user's word for the authorization server that was found, after a failure of
    /// Failure::Reason::IssuerNotNamed: it is kept, and retryFrom(StepId::Client) goes on.
    void trustTheIssuer();
    /// The user's word on that one failure of Failure::Reason::ToBeAllowed, for this run; retryFrom() with
    /// the step that failed goes on, or with StepId::Resource where that comes before it.
    void allow();
    /// Whether something of that is kept, to be forgotten.
    [[nodiscard]] bool hasTrust() const;
    /// Reads the files of an assertion or an ID token anew, where the grant shows one and the file holds one.
    void takeAssertions(const Credentials &given);
    /// What the next tools/call calls.
    void setCall(const QString &tool, const QJsonObject &arguments);
    /// Forgets what was ticked here and in SecretStore; for a flow that does not run. `done` comes once,
    /// unless the flow goes first.
    void forget(const Forgotten &what, std::function<void()> done);

Q_SIGNALS:
    void stepChanged(int index);
    /// An answer has come to a request of a step that is over.
    void legChanged(int index);
    /// The MCP server tells how far it is, as a masked sentence, too.
    void told(const gatehouse::client::Told &what, const QString &sentence);
    /// The user's browser is waited for; `isOpen` is false where it could not be started, so that the user
    /// must open startAddress() or authorizationAddress() by hand.
    void browserAwaited(bool isOpen);
    /// Somebody has to open an address anywhere and type a code there; tokens are asked for meanwhile.
    void deviceAwaited(const gatehouse::oauth::DeviceCode &code);
    /// startAddress() was opened a second time: by the user, or by somebody who read it off this machine.
    void startOpenedAgain();
    /// One step that next() started is over, or all that runAll() started, or a step failed.
    void paused();
    /// All steps are over, or one failed. failure() tells which.
    void finished();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::oauth
