// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/settingstable.h"

#include "keys/algorithm.h"
#include "sandbox/faults.h"
#include "server/configuration.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::host {

namespace {

QString written(int value)
{
    return QString::number(value);
}

QString written(bool value)
{
    return value ? u"on"_s : u"off"_s;
}

QString written(const QString &value)
{
    return value;
}

QString written(const QStringList &value)
{
    return value.join(u' ');
}

QList<Setting> makeTable()
{
    return {
        {.field = u"host"_s,
         .member = &Settings::host,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Listens on"),
         .topic = Topic::Server,
         .notation = Notation::Text,
         .option = u"host"_s,
         .unit = u"ADDRESS"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting",
                                   "IP address to listen on; anything but loopback gets a warning"),
         .usually = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "127.0.0.1, and ::1 with it")},
        {.field = u"port"_s,
         .member = &Settings::port,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Port"),
         .topic = Topic::Server,
         .notation = Notation::Number,
         .option = u"port"_s,
         .unit = u"PORT"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "port to listen on; 0 takes a free one"),
         .lowest = 0,
         .highest = 65535},
        {.field = u"subdomain"_s,
         .member = &Settings::subdomain,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "AuthKit environment"),
         .topic = Topic::AuthKit,
         .notation = Notation::Text,
         .option = u"subdomain"_s,
         .unit = u"S"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting",
                                   "AuthKit environment: acme, acme.authkit.app or an address"),
         .usually = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "the sandbox"),
         .variable = QString(auth::subdomainVariable)},
        {.field = u"sandboxPort"_s,
         .member = &Settings::sandboxPort,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Port of the sandbox"),
         .topic = Topic::Sandbox,
         .notation = Notation::Number,
         .option = u"sandbox-port"_s,
         .unit = u"PORT"_s,
         .help
         = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "the sandbox's port; the next free one if taken"),
         .lowest = 0,
         .highest = 65535},
        {.field = u"resource"_s,
         .member = &Settings::resource,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Address of this server"),
         .topic = Topic::Server,
         .notation = Notation::Text,
         .option = u"resource"_s,
         .unit = u"URL"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting",
                                   "this server as published, and as the audience of tokens must name it"),
         .usually = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "http://localhost:PORT/mcp"),
         .variable = QString(server::addressVariable),
         .isBase = true},
        {.field = u"audiences"_s,
         .member = &Settings::audiences,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "More audiences"),
         .topic = Topic::Access,
         .notation = Notation::Lines,
         .option = u"audience"_s,
         .unit = u"A"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "one more audience to accept"),
         .usually = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "none")},
        {.field = u"scopes"_s,
         .member = &Settings::scopes,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Advertised scopes"),
         .topic = Topic::Access,
         .notation = Notation::Words,
         .option = u"scopes"_s,
         .unit = u"\"a b\""_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "scopes to advertise"),
         .suggestions = auth::authKitScopes()},
        {.field = u"requiredScopes"_s,
         .member = &Settings::requiredScopes,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Required scopes"),
         .topic = Topic::Access,
         .notation = Notation::Words,
         .option = u"required-scopes"_s,
         .unit = u"\"a b\""_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "scopes that every call needs (403 without)"),
         .usually = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "none")},
        {.field = u"requiredPermissions"_s,
         .member = &Settings::requiredPermissions,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Required permissions"),
         .topic = Topic::Access,
         .notation = Notation::Words,
         .option = u"required-permissions"_s,
         .unit = u"\"a b\""_s,
         .help
         = QT_TRANSLATE_NOOP("gatehouse::host::Setting",
                             "permissions that every call needs, in the token's permissions (403 without)"),
         .usually = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "none")},
        {.field = u"organizations"_s,
         .member = &Settings::organizations,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Organizations"),
         .topic = Topic::Access,
         .notation = Notation::Words,
         .option = u"organizations"_s,
         .unit = u"\"a b\""_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting",
                                   "only tokens for one of these organizations (org_id) may call"),
         .usually = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "all")},
        {.field = u"tools"_s,
         .member = &Settings::tools,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Tools of this program"),
         .topic = Topic::Tools,
         .notation = Notation::Words,
         .option = u"tools"_s,
         .unit = u"\"a b\""_s,
         .help
         = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "which of this program's own tools are offered"),
         .choices = ownTools()},
        {.field = u"documents"_s,
         .member = &Settings::documents,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Documents"),
         .topic = Topic::Tools,
         .notation = Notation::Text,
         .option = u"documents"_s,
         .unit = u"FILE|URL"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting",
                                   "where documents are: a file, or postgresql://host/database for several "
                                   "machines (docs/documents.md)"),
         .usually = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "a file in the user's data folder")},
        {.field = u"stateKeyFile"_s,
         .member = &Settings::stateKeyFile,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Key file"),
         .topic = Topic::Server,
         .notation = Notation::Text,
         .option = u"state-key-file"_s,
         .unit = u"FILE"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting",
                                   "file with a secret that several instances behind one load balancer share "
                                   "(docs/instances.md)"),
         .usually = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "a key of this run")},
        {.field = u"toolRules"_s,
         .member = &Settings::toolRules,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Rules for tools"),
         .topic = Topic::Access,
         .notation = Notation::Lines,
         .option = u"tool-rule"_s,
         .unit = u"RULE"_s,
         .help = QT_TRANSLATE_NOOP(
             "gatehouse::host::Setting",
             "what one tool needs, as in \"get-profile scope=email permission=p organization=org_1\""),
         .usually = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "none")},
        {.field = u"scopeHierarchy"_s,
         .member = &Settings::scopeHierarchy,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Scopes that include others"),
         .topic = Topic::Access,
         .notation = Notation::Lines,
         .option = u"scope-includes"_s,
         .unit = u"\"a b\""_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting",
                                   "a scope and those that it includes, as in \"files:write files:read\""),
         .usually = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "none")},
        {.field = u"hideForbidden"_s,
         .member = &Settings::hideForbidden,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Hide what the caller may not use"),
         .topic = Topic::Access,
         .notation = Notation::OnOff,
         .option = u"hide-forbidden"_s,
         .unit = u"on|off"_s,
         .help
         = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "lists leave out what their reader may not use")},
        {.field = u"algorithms"_s,
         .member = &Settings::algorithms,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Algorithms"),
         .topic = Topic::AuthKit,
         .notation = Notation::Words,
         .option = u"algorithms"_s,
         .unit = u"\"a b\""_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "algorithms that tokens may be signed with"),
         .choices = keys::algorithmNames()},
        {.field = u"verifyJwt"_s,
         .member = &Settings::verifyJwt,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Verify signatures (verifyJwt)"),
         .topic = Topic::AuthKit,
         .notation = Notation::TurnsOff,
         .option = u"no-verify-jwt"_s,
         .help
         = QT_TRANSLATE_NOOP("gatehouse::host::Setting",
                             "do not check signatures; all else still is. Loopback only, for development"),
         .warning = QT_TRANSLATE_NOOP("gatehouse::host::Setting",
                                      "Off, anybody on this computer can make up a token: claims are still "
                                      "read, but nobody vouches for them. For development only."),
         .usually = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "off")},
        {.field = u"authorization"_s,
         .member = &Settings::authorization,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Ask for a token"),
         .topic = Topic::AuthKit,
         .notation = Notation::TurnsOff,
         .option = u"no-auth"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "ask nobody for a token. Loopback only"),
         .warning = QT_TRANSLATE_NOOP(
             "gatehouse::host::Setting",
             "Off, every program on this computer may call everything, and there is nobody to call it as."),
         .usually = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "off")},
        {.field = u"toleranceSeconds"_s,
         .member = &Settings::toleranceSeconds,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Clock tolerance"),
         .topic = Topic::AuthKit,
         .notation = Notation::Number,
         .option = u"clock-tolerance"_s,
         .unit = u"S"_s,
         .help
         = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "seconds by which the issuer's clock may differ"),
         .lowest = 0,
         .highest = 60},
        {.field = u"tokenLifetime"_s,
         .member = &Settings::tokenLifetime,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Life of its tokens"),
         .topic = Topic::Sandbox,
         .notation = Notation::Number,
         .option = u"token-lifetime"_s,
         .unit = u"S"_s,
         .help
         = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "seconds that the sandbox's access tokens live"),
         .lowest = 1,
         .highest = 86400},
        {.field = u"autoSignIn"_s,
         .member = &Settings::autoSignIn,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Signs in by itself"),
         .topic = Topic::Sandbox,
         .notation = Notation::Text,
         .option = u"auto-sign-in"_s,
         .unit = u"E-MAIL"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting",
                                   "the sandbox signs this person in without its page, for redirects to this "
                                   "machine; every program and page of this machine can use that"),
         .usually = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "off")},
        {.field = u"sandboxPrivate"_s,
         .member = &Settings::sandboxPrivate,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Keep the sandbox private"),
         .topic = Topic::Sandbox,
         .notation = Notation::TurnsOn,
         .option = u"sandbox-private"_s,
         .help = QT_TRANSLATE_NOOP(
             "gatehouse::host::Setting",
             "the sandbox's page and its tokens ask for a secret of this run (docs/sandbox.md)"),
         .usually = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "off")},
        {.field = u"peopleFile"_s,
         .member = &Settings::peopleFile,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "People"),
         .topic = Topic::Sandbox,
         .notation = Notation::Text,
         .option = u"people"_s,
         .unit = u"FILE"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting",
                                   "JSON file with the sandbox's people (docs/sandbox.md)"),
         .usually = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "three built in")},
        {.field = u"maxSessions"_s,
         .member = &Settings::maxSessions,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "MCP sessions"),
         .topic = Topic::Limits,
         .notation = Notation::Number,
         .option = u"max-sessions"_s,
         .unit = u"N"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "MCP sessions at one time"),
         .lowest = 1,
         .highest = 100'000},
        {.field = u"maxStreams"_s,
         .member = &Settings::maxStreams,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Waiting streams"),
         .topic = Topic::Limits,
         .notation = Notation::Number,
         .option = u"max-streams"_s,
         .unit = u"N"_s,
         .help
         = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "event streams that wait for changes at one time"),
         .lowest = 1,
         .highest = 100'000},
        {.field = u"maxTasks"_s,
         .member = &Settings::maxTasks,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Tasks"),
         .topic = Topic::Limits,
         .notation = Notation::Number,
         .option = u"max-tasks"_s,
         .unit = u"N"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "tasks at one time"),
         .lowest = 1,
         .highest = 100'000},
        {.field = u"maxRequests"_s,
         .member = &Settings::maxRequests,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Requests under way"),
         .topic = Topic::Limits,
         .notation = Notation::Number,
         .option = u"max-requests"_s,
         .unit = u"N"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "requests under way at one time"),
         .lowest = 1,
         .highest = 100'000},
        {.field = u"replayMiB"_s,
         .member = &Settings::replayMiB,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Events kept"),
         .topic = Topic::Limits,
         .notation = Notation::Number,
         .option = u"replay"_s,
         .unit = u"MIB"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting",
                                   "MiB of events that are kept for clients that come back"),
         .lowest = 1,
         .highest = 1024},
        {.field = u"sessionIdleMinutes"_s,
         .member = &Settings::sessionIdleMinutes,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Idle sessions end after"),
         .topic = Topic::Limits,
         .notation = Notation::Number,
         .option = u"session-idle"_s,
         .unit = u"MIN"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "minutes after which an idle session ends"),
         .lowest = 1,
         .highest = 1440},
        {.field = u"maxConnections"_s,
         .member = &Settings::maxConnections,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Connections"),
         .topic = Topic::Limits,
         .notation = Notation::Number,
         .option = u"max-connections"_s,
         .unit = u"N"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting",
                                   "connections at one time; idle ones make room for new ones"),
         .lowest = 1,
         .highest = 100'000},
        {.field = u"maxConnectionsPerPeer"_s,
         .member = &Settings::maxConnectionsPerPeer,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Connections of one address"),
         .topic = Topic::Limits,
         .notation = Notation::Number,
         .option = u"max-connections-per-peer"_s,
         .unit = u"N"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting",
                                   "connections from one address that is not this machine"),
         .lowest = 1,
         .highest = 100'000},
        {.field = u"maxLineKiB"_s,
         .member = &Settings::maxLineKiB,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Request line"),
         .topic = Topic::Limits,
         .notation = Notation::Number,
         .option = u"max-line"_s,
         .unit = u"KIB"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "KiB of a request line"),
         .lowest = 1,
         .highest = 64},
        {.field = u"maxHeaderKiB"_s,
         .member = &Settings::maxHeaderKiB,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Header"),
         .topic = Topic::Limits,
         .notation = Notation::Number,
         .option = u"max-header"_s,
         .unit = u"KIB"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "KiB of all header fields of a request"),
         .lowest = 1,
         .highest = 1024},
        {.field = u"maxHeaderFields"_s,
         .member = &Settings::maxHeaderFields,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Header fields"),
         .topic = Topic::Limits,
         .notation = Notation::Number,
         .option = u"max-header-fields"_s,
         .unit = u"N"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "header fields of a request"),
         .lowest = 8,
         .highest = 1000},
        {.field = u"maxBodyKiB"_s,
         .member = &Settings::maxBodyKiB,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Body"),
         .topic = Topic::Limits,
         .notation = Notation::Number,
         .option = u"max-body"_s,
         .unit = u"KIB"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "KiB of a request's body"),
         .lowest = 1,
         .highest = 16 * 1024},
        {.field = u"maxUnreadKiB"_s,
         .member = &Settings::maxUnreadKiB,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Unread of a stream"),
         .topic = Topic::Limits,
         .notation = Notation::Number,
         .option = u"max-unread"_s,
         .unit = u"KIB"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting",
                                   "KiB of an event stream that its reader may leave unread"),
         .lowest = 64,
         .highest = 1024 * 1024},
        {.field = u"firstByteSeconds"_s,
         .member = &Settings::firstByteSeconds,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "First byte after"),
         .topic = Topic::Limits,
         .notation = Notation::Number,
         .option = u"first-byte-time"_s,
         .unit = u"S"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "seconds to the first byte on a connection"),
         .lowest = 1,
         .highest = 3600},
        {.field = u"headerSeconds"_s,
         .member = &Settings::headerSeconds,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Time for the header"),
         .topic = Topic::Limits,
         .notation = Notation::Number,
         .option = u"header-time"_s,
         .unit = u"S"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "seconds for the header fields of a request"),
         .lowest = 1,
         .highest = 3600},
        {.field = u"bodySeconds"_s,
         .member = &Settings::bodySeconds,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Time for the body"),
         .topic = Topic::Limits,
         .notation = Notation::Number,
         .option = u"body-time"_s,
         .unit = u"S"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "seconds for a request's body"),
         .lowest = 1,
         .highest = 3600},
        {.field = u"idleSeconds"_s,
         .member = &Settings::idleSeconds,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Idle connections end after"),
         .topic = Topic::Limits,
         .notation = Notation::Number,
         .option = u"idle-time"_s,
         .unit = u"S"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting",
                                   "seconds that a connection may wait for its next request"),
         .lowest = 1,
         .highest = 86400},
        {.field = u"answerSeconds"_s,
         .member = &Settings::answerSeconds,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Time for an answer"),
         .topic = Topic::Limits,
         .notation = Notation::Number,
         .option = u"answer-time"_s,
         .unit = u"S"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "seconds for an answer that is no stream"),
         .lowest = 1,
         .highest = 86400},
        {.field = u"failures"_s,
         .member = &Settings::failures,
         .label = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Faults"),
         .topic = Topic::Sandbox,
         .notation = Notation::Lines,
         .option = u"fail"_s,
         .unit = u"NAME"_s,
         .help = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "has the sandbox fail"),
         .usually = QT_TRANSLATE_NOOP("gatehouse::host::Setting", "none"),
         .isKept = false,
         .choices = sandbox::Faults::names()},
    };
}

} // namespace

QString Setting::textOf(const Settings &settings) const
{
    return std::visit([&settings](auto place) { return written(settings.*place); }, member);
}

QString Setting::defaultText() const
{
    return *usually == '\0' ? textOf(Settings()) : QString::fromLatin1(usually);
}

QString Setting::translated(const char *text)
{
    return *text == '\0' ? QString() : QCoreApplication::translate("gatehouse::host::Setting", text);
}

QString titleOf(Topic topic)
{
    switch (topic) {
    case Topic::Server:
        return Setting::translated(QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Server"));
    case Topic::AuthKit:
        return u"AuthKit"_s;
    case Topic::Access:
        return Setting::translated(QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Access"));
    case Topic::Tools:
        return Setting::translated(QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Tools"));
    case Topic::Sandbox:
        return Setting::translated(QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Sandbox"));
    case Topic::Limits:
        return Setting::translated(QT_TRANSLATE_NOOP("gatehouse::host::Setting", "Limits"));
    }
    return {};
}

bool Setting::isSame(const Settings &a, const Settings &b) const
{
    return std::visit([&a, &b](auto place) { return a.*place == b.*place; }, member);
}

void Setting::copy(const Settings &from, Settings &to) const
{
    std::visit([&from, &to](auto place) { to.*place = from.*place; }, member);
}

const QList<Setting> &settingsTable()
{
    static const QList<Setting> all = makeTable();
    return all;
}

const Setting *findSetting(const QString &field)
{
    const QList<Setting> &all = settingsTable();
    const auto found
        = std::find_if(all.begin(), all.end(), [&field](const Setting &one) { return one.field == field; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace gatehouse::host
