// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/settings.h"

#include "auth/issuer.h"
#include "base/headers.h"
#include "host/accessrules.h"
#include "host/bounds.h"
#include "keys/algorithm.h"
#include "web/characters.h"
#include "web/origin.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QUrl>

#include <optional>

using namespace Qt::StringLiterals;

namespace gatehouse::host {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::host::Settings)
};

std::optional<SettingsFault> scopeFault(const QString &field, const QStringList &scopes)
{
    for (const QString &scope : scopes) {
        if (!web::isScope(scope)) {
            const qsizetype from = scopes.join(u' ').indexOf(scope);
            return SettingsFault{
                field,
                Tr::tr("\"%1\" is not a scope: a scope is visible ASCII without quotes and backslashes.")
                    .arg(scope),
                from, scope.size()};
        }
    }
    return std::nullopt;
}

std::optional<SettingsFault> algorithmFault(const QStringList &algorithms)
{
    const QString field = u"algorithms"_s;
    const QString known = keys::algorithmNames().join(u", "_s);
    if (algorithms.isEmpty())
        return SettingsFault{field, Tr::tr("At least one algorithm must be allowed: %1.").arg(known)};
    for (const QString &name : algorithms) {
        if (!keys::algorithmNamed(name))
            return SettingsFault{
                field, Tr::tr("\"%1\" is not an algorithm that can be allowed: %2.").arg(name, known),
                algorithms.join(u' ').indexOf(name), name.size()};
    }
    return std::nullopt;
}

/// Where an address goes on behind its host, which neither a subdomain nor an issuer does; else a character
/// that no host has.
std::pair<qsizetype, qsizetype> afterHost(const QString &text)
{
    static const QRegularExpression pattern(u"\\A(?:https?://)?[A-Za-z0-9.:\\[\\]-]*"_s);
    const qsizetype from = pattern.match(text).capturedLength();
    return from < text.size() ? std::pair(from, text.size() - from)
                              : std::pair<qsizetype, qsizetype>(0, text.size());
}

std::optional<SettingsFault> portFault(const QString &field, int port)
{
    if (port >= 0 && port <= 65535)
        return std::nullopt;
    return SettingsFault{
        field, Tr::tr("A port is a number from 0 to 65535; 0 takes a free one. This is %1.").arg(port)};
}

std::optional<SettingsFault> resourceFault(const QString &resource)
{
    if (resource.isEmpty())
        return std::nullopt;
    const QUrl url(resource, QUrl::StrictMode);
    if (web::isHttpsOrLoopback(url) && !url.hasFragment() && base::isSafeHeaderValue(resource.toUtf8()))
        return std::nullopt;
    const qsizetype hash = resource.indexOf(u'#');
    return SettingsFault{u"resource"_s,
                         Tr::tr("\"%1\" is no address of a server: use https://… without a fragment, or "
                                "http:// on this computer.")
                             .arg(resource),
                         std::max<qsizetype>(hash, 0), hash < 0 ? resource.size() : resource.size() - hash};
}

} // namespace

QStringList Settings::defaultScopes()
{
    return {u"email"_s, u"offline_access"_s, u"openid"_s, u"profile"_s};
}

QList<SettingsFault> validate(const Settings &settings)
{
    QList<SettingsFault> faults;
    const auto note = [&faults](const std::optional<SettingsFault> &fault) {
        if (fault)
            faults.append(*fault);
    };
    note(portFault(u"port"_s, settings.port));
    note(portFault(u"sandboxPort"_s, settings.sandboxPort));
    if (settings.port != 0 && settings.usesSandbox() && settings.port == settings.sandboxPort)
        faults.append({u"sandboxPort"_s,
                       Tr::tr("The server and the sandbox cannot share port %1.").arg(settings.port)});
    const QHostAddress address(settings.host);
    if (address.isNull())
        faults.append(
            {u"host"_s,
             Tr::tr("\"%1\" is not an IP address; 127.0.0.1 is this computer.").arg(settings.host)});
    if (!settings.subdomain.isEmpty()) {
        if (const auto issuer = auth::issuerFromSubdomain(settings.subdomain); !issuer) {
            const auto [from, length] = afterHost(settings.subdomain);
            faults.append({u"subdomain"_s, issuer.error(), from, length});
        }
    }
    note(resourceFault(settings.resource));
    for (const QString &audience : settings.audiences) {
        if (audience.isEmpty())
            faults.append({u"audiences"_s, Tr::tr("An audience cannot be empty.")});
    }
    note(scopeFault(u"scopes"_s, settings.scopes));
    note(scopeFault(u"requiredScopes"_s, settings.requiredScopes));
    for (const auto &[field, list] : {std::pair{u"requiredPermissions"_s, &settings.requiredPermissions},
                                      std::pair{u"organizations"_s, &settings.organizations}}) {
        for (const QString &word : *list) {
            if (!web::isScope(word))
                faults.append({field, Tr::tr("\"%1\" is not a name as WorkOS has them.").arg(word),
                               list->join(u' ').indexOf(word), word.size()});
        }
    }
    if (const auto rules = readToolRules(settings.toolRules); !rules)
        faults.append({u"toolRules"_s, rules.error()});
    if (const auto hierarchy = readScopeHierarchy(settings.scopeHierarchy); !hierarchy)
        faults.append({u"scopeHierarchy"_s, hierarchy.error()});
    note(algorithmFault(settings.algorithms));
    if (settings.tokenLifetime < 1 || settings.tokenLifetime > 86400)
        faults.append(
            {u"tokenLifetime"_s,
             Tr::tr("A sandbox token lives 1 to 86400 seconds; this is %1.").arg(settings.tokenLifetime)});
    for (const Bound &bound : bounds()) {
        const int value = settings.*bound.member;
        if (value < bound.lowest || value > bound.highest)
            faults.append({bound.field,
                           Tr::tr("This is a number from %1 to %2, and not %3.")
                               .arg(bound.lowest)
                               .arg(bound.highest)
                               .arg(value)});
    }
    if (settings.toleranceSeconds < 0 || settings.toleranceSeconds > 60)
        faults.append(
            {u"toleranceSeconds"_s,
             Tr::tr("The clock tolerance is 0 to 60 seconds; this is %1.").arg(settings.toleranceSeconds)});
    if (!address.isNull() && !address.isLoopback() && (!settings.verifyJwt || !settings.authorization))
        faults.append({u"verifyJwt"_s,
                       Tr::tr("Without verification the server listens on loopback only: anybody who reaches "
                              "%1 would get in.")
                           .arg(settings.host)});
    return faults;
}

Settings withEnvironment(Settings settings, const QHash<QString, QString> &environment)
{
    if (const QString subdomain = environment.value(u"MCP_USE_OAUTH_WORKOS_SUBDOMAIN"_s).trimmed();
        !subdomain.isEmpty())
        settings.subdomain = subdomain;
    QString url = environment.value(u"MCP_URL"_s).trimmed();
    if (!url.isEmpty()) {
        while (url.endsWith(u'/'))
            url.chop(1);
        settings.resource = url + u"/mcp"_s;
    }
    return settings;
}

QHash<QString, QString> processEnvironment()
{
    QHash<QString, QString> out;
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"MCP_USE_OAUTH_WORKOS_SUBDOMAIN"_s, u"MCP_URL"_s}) {
        if (environment.contains(name))
            out.insert(name, environment.value(name));
    }
    return out;
}

} // namespace gatehouse::host
