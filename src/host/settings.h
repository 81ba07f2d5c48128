// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/issuer.h"

#include <QHash>
#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>

namespace gatehouse::host {

/// The groups of tools that this program has: "profile", "documents", "workos".
[[nodiscard]] QStringList ownTools();

/// Everything a user can set. Later wins: these defaults, the environment, the command line.
struct Settings
{
    QString host = QStringLiteral("127.0.0.1"); ///< Address to listen on.
    int port = 3000; ///< 0 takes a free one.
    QString subdomain
        = {}; ///< AuthKit environment, as auth::issuerFromSubdomain reads it. Empty: the sandbox.
    int sandboxPort = 4455; ///< The next free one if taken.
    QString resource = {}; ///< Empty: MCP_URL + /mcp, else http://localhost:PORT/mcp.
    QStringList audiences = {}; ///< Accepted in `aud` beside the resource.
    QStringList scopes = auth::authKitScopes(); ///< Advertised.
    QStringList requiredScopes = {}; ///< For every call.
    QStringList requiredPermissions = {}; ///< For every call.
    QStringList organizations = {}; ///< That may call at all. Empty: all, and users without one.
    QStringList tools = ownTools(); ///< What of ownTools() is offered.
    QString documents
        = {}; ///< Where documents are: as store::addressFrom() reads it. Empty: a file of the user's.
    QString stateKeyFile
        = {}; ///< With the secrets that several instances share, as readStateSecrets() reads it.
    QStringList toolRules = {}; ///< Lines of readToolRules().
    QStringList scopeHierarchy = {}; ///< Lines of readScopeHierarchy().
    bool hideForbidden = true; ///< Lists leave out what their reader may not use.
    QStringList algorithms
        = {QStringLiteral("RS256")}; ///< That tokens may be signed with (keys::algorithmNames).
    bool verifyJwt = true;
    bool authorization = true;
    int toleranceSeconds = 10;
    int tokenLifetime = 300; ///< Seconds that the sandbox's access tokens live.
    QString autoSignIn
        = {}; ///< E-mail that the sandbox signs in without its page. Empty: the page is always shown.
    bool sandboxPrivate = false; ///< The sandbox asks for a secret of its run.
    QString peopleFile = {}; ///< JSON file with the sandbox's people. Empty: the built-in three.

    int maxSessions = 1000; ///< MCP sessions at one time, of all clients together.
    int maxStreams = 100; ///< Event streams that wait for changes.
    int maxTasks = 1000; ///< Tasks, whether they work or wait to be asked for.
    int maxRequests = 1000; ///< Under way at one time.
    int replayMiB = 16; ///< Of events kept for clients that come back, of all sessions together.
    int sessionIdleMinutes = 30; ///< After so long without a request or a stream a session ends.

    // The edge (http::EdgeLimits says what each of them means).
    int maxConnections = 256;
    int maxConnectionsPerPeer = 64;
    int maxLineKiB = 8;
    int maxHeaderKiB = 32;
    int maxHeaderFields = 64;
    int maxBodyKiB = 1024;
    int maxUnreadKiB = 1024;
    int firstByteSeconds = 10;
    int headerSeconds = 5;
    int bodySeconds = 15;
    int idleSeconds = 30;
    int answerSeconds = 60;

    QStringList failures = {}; ///< That the sandbox begins with (sandbox::Faults); never kept.

    [[nodiscard]] bool usesSandbox() const { return authorization && subdomain.isEmpty(); }

    bool operator==(const Settings &) const = default;
};

/// One value that cannot be used: which, and a sentence that says what would do.
struct SettingsFault
{
    QString field; ///< "port", "subdomain", …: the member's name.
    QString text;
    qsizetype from = 0; ///< The part of the value that is wrong, where one can tell.
    qsizetype length = 0; ///< 0 where one cannot.

    bool operator==(const SettingsFault &) const = default;
};

/// All that is wrong, in the order of the members.
[[nodiscard]] QList<SettingsFault> validate(const Settings &settings);
/// What can be used and should be thought of twice, in the same form.
[[nodiscard]] QList<SettingsFault> remarksOn(const Settings &settings);

/// What runs and where it came from: the file's settings, and what is stronger in this run.
struct Configuration
{
    Settings settings; ///< In effect.
    Settings kept; ///< As the file has them.
    QHash<QString, QString> overrides; ///< Field → what set it: "--port", "MCP_URL".

    /// MCP_USE_OAUTH_WORKOS_SUBDOMAIN and MCP_URL, the names that mcp-use established, over what is in
    /// effect.
    void readEnvironment(const QHash<QString, QString> &environment);
    /// What the user changed counts from now on and is kept; what the command line or the environment set and
    /// nobody touched stays out of the file. `decided` are fields that the user means as they are, though
    /// they are what is in effect: put back where the command line says the same.
    void adopt(const Settings &wanted, const QSet<QString> &decided = {});
};

/// The variables of the table of settings that the process has.
[[nodiscard]] QHash<QString, QString> processEnvironment();

} // namespace gatehouse::host
