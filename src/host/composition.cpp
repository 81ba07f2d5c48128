// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/composition.h"

#include "host/accessrules.h"
#include "sandbox/people.h"

#include <QHostAddress>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::host {

namespace {

mcp::ProtocolLimits limitsOf(const Settings &settings)
{
    mcp::ProtocolLimits limits;
    limits.sessions = {settings.maxSessions, settings.sessionIdleMinutes * qint64(60'000)};
    limits.streams = settings.maxStreams;
    limits.tasks.count = settings.maxTasks;
    limits.operations = settings.maxRequests;
    limits.replayBytes = qsizetype(settings.replayMiB) * 1024 * 1024;
    return limits;
}

http::EdgeLimits edgeOf(const Settings &settings)
{
    http::EdgeLimits limits;
    limits.connections = settings.maxConnections;
    limits.connectionsPerPeer = settings.maxConnectionsPerPeer;
    limits.lineBytes = qsizetype(settings.maxLineKiB) * 1024;
    limits.fieldBytes = qsizetype(settings.maxHeaderKiB) * 1024;
    limits.fields = settings.maxHeaderFields;
    limits.bodyBytes = qsizetype(settings.maxBodyKiB) * 1024;
    limits.unfinishedBytes = std::max(limits.unfinishedBytes, 2 * limits.bodyBytes);
    limits.backlogBytes = qsizetype(settings.maxUnreadKiB) * 1024;
    limits.firstByte = std::chrono::seconds(settings.firstByteSeconds);
    limits.head = std::chrono::seconds(settings.headerSeconds);
    limits.body = std::chrono::seconds(settings.bodySeconds);
    limits.idle = std::chrono::seconds(settings.idleSeconds);
    limits.answer = std::chrono::seconds(settings.answerSeconds);
    return limits;
}

auth::Policy policyOf(const Settings &settings, const QString &issuer)
{
    auth::Policy policy;
    policy.issuer = issuer;
    policy.audiences = settings.audiences;
    policy.algorithms = settings.algorithms;
    policy.needs = {settings.requiredScopes, settings.requiredPermissions, settings.organizations};
    policy.scopeIncludes
        = readScopeHierarchy(settings.scopeHierarchy).value_or(QHash<QString, QStringList>());
    policy.toleranceSeconds = settings.toleranceSeconds;
    policy.verifyJwt = settings.verifyJwt;
    return policy;
}

} // namespace

server::Configuration serverConfigurationOf(const Settings &settings, const QString &issuer)
{
    server::Configuration configuration;
    configuration.resource = settings.resource;
    if (settings.authorization)
        configuration.policy = policyOf(settings, issuer);
    configuration.scopes = settings.scopes;
    configuration.rules
        = readToolRules(settings.toolRules).value_or(QHash<QString, base::AccessRequirements>());
    configuration.hidesForbidden = settings.hideForbidden;
    configuration.limits = limitsOf(settings);
    configuration.edge = edgeOf(settings);
    return configuration;
}

base::Expected<sandbox::SandboxSettings, StartError> sandboxSettingsOf(const Settings &settings,
                                                                       const QString &resource)
{
    const auto people = sandbox::readPeopleFile(settings.peopleFile);
    if (!people)
        return base::failure(StartError{StartError::Kind::BadSetting, u"peopleFile"_s, 0, 0, people.error()});
    sandbox::SandboxSettings own;
    own.port = quint16(settings.sandboxPort);
    own.defaultResource = resource;
    own.accessTokenSeconds = settings.tokenLifetime;
    own.people = *people;
    own.autoSignIn = settings.autoSignIn;
    own.isPrivate = settings.sandboxPrivate;
    own.faults = settings.failures;
    if (const QString fault = own.fault(); !fault.isEmpty())
        return base::failure(StartError{StartError::Kind::BadSetting, u"autoSignIn"_s, 0, 0, fault});
    return own;
}

QList<Notice> noticesOf(const Settings &settings)
{
    QList<Notice> notices;
    if (settings.usesSandbox() && settings.sandboxPrivate)
        notices.append({Notice::Kind::SandboxPrivate});
    if (settings.usesSandbox() && !settings.autoSignIn.isEmpty())
        notices.append({Notice::Kind::AutoSignIn, settings.autoSignIn});
    if (!QHostAddress(settings.host).isLoopback())
        notices.append({Notice::Kind::NotLoopback, settings.host});
    if (!settings.authorization)
        notices.append({Notice::Kind::AuthorizationOff});
    else if (!settings.verifyJwt)
        notices.append({Notice::Kind::VerifyJwtOff});
    return notices;
}

} // namespace gatehouse::host
