// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/settings.h"

#include "auth/issuer.h"
#include "base/characters.h"
#include "base/headers.h"
#include "host/accessrules.h"
#include "host/settingstable.h"
#include "keys/algorithm.h"
#include "sandbox/faults.h"
#include "server/configuration.h"
#include "store/address.h"
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
        if (!base::isScope(scope)) {
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

std::optional<SettingsFault> numberFault(const Setting &setting, const Settings &settings)
{
    const auto *const place = std::get_if<int Settings::*>(&setting.member);
    const int value = place ? settings.**place : 0;
    if (!place || (value >= setting.lowest && value <= setting.highest))
        return std::nullopt;
    constexpr int highestPort = 65535;
    const QString text = setting.highest == highestPort
        ? Tr::tr("A port is a number from 0 to 65535; 0 takes a free one. This is %1.").arg(value)
        : (setting.unit == "S"_L1 ? Tr::tr("This is %1 to %2 seconds, and not %3.")
                                  : Tr::tr("This is a number from %1 to %2, and not %3."))
              .arg(setting.lowest)
              .arg(setting.highest)
              .arg(value);
    return SettingsFault{setting.field, text};
}

std::optional<SettingsFault> toolsFault(const QStringList &tools)
{
    for (const QString &name : tools) {
        if (!ownTools().contains(name))
            return SettingsFault{u"tools"_s,
                                 Tr::tr("There are no tools called \"%1\": choose from %2.")
                                     .arg(name, ownTools().join(u", "_s)),
                                 tools.join(u' ').indexOf(name), name.size()};
    }
    return std::nullopt;
}

std::optional<SettingsFault> documentsFault(const QString &documents)
{
    const auto address = store::addressFrom(documents);
    if (documents.isEmpty() || (address && address->password.isEmpty()))
        return std::nullopt;
    return SettingsFault{
        u"documents"_s,
        address ? Tr::tr("A password does not belong into an address that is kept and shown: set "
                         "PGPASSWORD, or write it into ~/.pgpass.")
                : address.error()};
}

std::optional<SettingsFault> resourceFault(const QString &resource)
{
    if (resource.isEmpty())
        return std::nullopt;
    const QUrl url(resource, QUrl::StrictMode);
    if (web::isHttpsOrLoopback(url) && !url.hasFragment() && base::isFieldValue(resource.toUtf8()))
        return std::nullopt;
    const qsizetype hash = resource.indexOf(u'#');
    return SettingsFault{u"resource"_s,
                         Tr::tr("\"%1\" is no address of a server: use https://… without a fragment, or "
                                "http:// on this computer.")
                             .arg(resource),
                         std::max<qsizetype>(hash, 0), hash < 0 ? resource.size() : resource.size() - hash};
}

} // namespace

QStringList ownTools()
{
    return {u"profile"_s, u"documents"_s, u"workos"_s};
}

QList<SettingsFault> validate(const Settings &settings)
{
    QList<SettingsFault> faults;
    const auto note = [&faults](const std::optional<SettingsFault> &fault) {
        if (fault)
            faults.append(*fault);
    };
    for (const Setting &setting : settingsTable())
        note(numberFault(setting, settings));
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
            if (!base::isScope(word))
                faults.append({field, Tr::tr("\"%1\" is not a name as WorkOS has them.").arg(word),
                               list->join(u' ').indexOf(word), word.size()});
        }
    }
    note(toolsFault(settings.tools));
    note(documentsFault(settings.documents));
    if (const auto rules = readToolRules(settings.toolRules); !rules)
        faults.append({u"toolRules"_s, rules.error()});
    if (const auto hierarchy = readScopeHierarchy(settings.scopeHierarchy); !hierarchy)
        faults.append({u"scopeHierarchy"_s, hierarchy.error()});
    note(algorithmFault(settings.algorithms));
    if (const QString unknown = sandbox::Faults::unknownIn(settings.failures); !unknown.isEmpty())
        faults.append({u"failures"_s, unknown});
    if (!address.isNull() && !address.isLoopback() && (!settings.verifyJwt || !settings.authorization))
        faults.append({settings.authorization ? u"verifyJwt"_s : u"authorization"_s,
                       Tr::tr("Without verification the server listens on loopback only: anybody who reaches "
                              "%1 would get in.")
                           .arg(settings.host)});
    return faults;
}

QList<SettingsFault> remarksOn(const Settings &settings)
{
    QList<SettingsFault> remarks;
    for (const Setting &setting : settingsTable()) {
        if (*setting.warning != '\0' && !setting.isSame(settings, Settings()))
            remarks.append({setting.field, Setting::translated(setting.warning)});
    }
    if (const QHostAddress address(settings.host); !address.isNull() && !address.isLoopback())
        remarks.append({u"host"_s, Tr::tr("Other machines can reach the server there.")});
    if (!settings.scopes.contains(u"offline_access"_s))
        remarks.append({u"scopes"_s,
                        Tr::tr("Without offline_access clients get no refresh token and must sign in every "
                               "few minutes.")});
    return remarks;
}

void Configuration::readEnvironment(const QHash<QString, QString> &environment)
{
    for (const Setting &setting : settingsTable()) {
        const auto *const place = std::get_if<QString Settings::*>(&setting.member);
        QString value = environment.value(setting.variable).trimmed();
        if (!place || setting.variable.isEmpty() || value.isEmpty())
            continue;
        settings.**place = setting.isBase ? server::resourceAt(value) : value;
        overrides.insert(setting.field, setting.variable);
    }
}

void Configuration::adopt(const Settings &wanted, const QSet<QString> &decided)
{
    Settings inFile = wanted;
    for (const Setting &setting : settingsTable()) {
        if (!overrides.contains(setting.field))
            continue;
        if (setting.isSame(settings, wanted) && !decided.contains(setting.field))
            setting.copy(kept, inFile);
        else
            overrides.remove(setting.field);
    }
    settings = wanted;
    kept = inFile;
}

QHash<QString, QString> processEnvironment()
{
    QHash<QString, QString> out;
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const Setting &setting : settingsTable()) {
        if (environment.contains(setting.variable))
            out.insert(setting.variable, environment.value(setting.variable));
    }
    return out;
}

} // namespace gatehouse::host
