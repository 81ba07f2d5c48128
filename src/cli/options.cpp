// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options.h"

#include "auth/issuer.h"
#include "base/json.h"
#include "base/jsontext.h"
#include "base/quoting.h"
#include "cli/commands.h"
#include "cli/platform.h"
#include "host/bounds.h"
#include "host/settingsfile.h"
#include "inspector/foreigntext.h"
#include "keys/algorithm.h"
#include "oauth/browser.h"
#include "sandbox/faults.h"

#include <QFile>
#include <QHash>
#include <QUrl>

#include <cstdio>
#include <tuple>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

namespace {

void print(FILE *stream, const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stream);
    std::fflush(stream);
}

/// Each as one line that a terminal does not obey.
QByteArray bytesOf(const QStringList &lines)
{
    QByteArray all;
    for (const QString &line : lines)
        all += inspector::escapedForDisplay(line).toUtf8() + '\n';
    return all;
}

/// The setting that an option sets.
const QList<std::pair<QString, QString>> &fieldsOfOptions()
{
    static const QList<std::pair<QString, QString>> all = {
        {u"host"_s, u"host"_s},
        {u"port"_s, u"port"_s},
        {u"subdomain"_s, u"subdomain"_s},
        {u"sandbox-port"_s, u"sandboxPort"_s},
        {u"resource"_s, u"resource"_s},
        {u"audience"_s, u"audiences"_s},
        {u"scopes"_s, u"scopes"_s},
        {u"required-scopes"_s, u"requiredScopes"_s},
        {u"required-permissions"_s, u"requiredPermissions"_s},
        {u"organizations"_s, u"organizations"_s},
        {u"tool-rule"_s, u"toolRules"_s},
        {u"scope-includes"_s, u"scopeHierarchy"_s},
        {u"hide-forbidden"_s, u"hideForbidden"_s},
        {u"algorithms"_s, u"algorithms"_s},
        {u"token-lifetime"_s, u"tokenLifetime"_s},
        {u"auto-sign-in"_s, u"autoSignIn"_s},
        {u"sandbox-private"_s, u"sandboxPrivate"_s},
        {u"people"_s, u"peopleFile"_s},
        {u"no-verify-jwt"_s, u"verifyJwt"_s},
        {u"no-auth"_s, u"authorization"_s},
    };
    return all;
}

} // namespace

std::optional<int> parse(QCommandLineParser &parser, const QStringList &arguments, qsizetype positionals)
{
    const QCommandLineOption help = parser.addHelpOption();
    if (!parser.parse(arguments)) {
        printError(parser.errorText());
        return Usage;
    }
    if (parser.isSet(help)) {
        print(stdout, parser.helpText().toUtf8());
        return Ok;
    }
    const QStringList words = parser.positionalArguments();
    if (words.size() > positionals) {
        printError(u"%1 takes no \"%2\"."_s.arg(arguments.first(), words.at(positionals)));
        return Usage;
    }
    return std::nullopt;
}

base::Expected<int, QString> numberOf(const QCommandLineParser &parser, const QString &name, int least,
                                      int most)
{
    bool ok = false;
    const int number = parser.value(name).toInt(&ok);
    if (!ok || number < least || number > most) {
        return base::failure(
            u"--%1 wants a whole number from %2 to %3; this is \"%4\"."_s.arg(name).arg(least).arg(most).arg(
                parser.value(name)));
    }
    return number;
}

void printLine(const QString &line)
{
    print(stdout, inspector::escapedForDisplay(line).toUtf8() + '\n');
}

void printLines(const QStringList &lines)
{
    print(stdout, bytesOf(lines));
}

void printText(const QString &text)
{
    const QString shown = outputIsTerminal()
        ? inspector::escapedForDisplay(text, inspector::Space::Text)
        : text;
    print(stdout, shown.toUtf8() + '\n');
}

void printJson(const QJsonValue &json)
{
    print(stdout, base::terminalJson(base::writeJson(json)) + '\n');
}

void printJsonText(const QByteArray &json)
{
    print(stdout, base::terminalJson(base::compactJson(json)) + '\n');
}

void printJsonLines(const QByteArray &lines)
{
    print(stdout, lines);
}

void printError(const QString &line)
{
    print(stderr, "gatehouse: " + inspector::escapedForDisplay(line).toUtf8() + '\n');
}

void printErrorText(const QString &text)
{
    print(stderr, "gatehouse: " + bytesOf(text.split(u'\n')));
}

void printError(const QJsonObject &json)
{
    print(stderr, base::terminalJson(base::writeJson(json)) + '\n');
}

base::Expected<QByteArray, QString> secretFrom(const QString &word)
{
    if (word != "-"_L1)
        return word.toUtf8();
    constexpr qint64 maximumBytes = 64 * 1024;
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return base::failure(u"Standard input cannot be read."_s);
    // Empty lines before it are skipped; a folder, or what is closed, gives not even those.
    QByteArray text;
    for (qsizetype taken = 0; text.isEmpty() && taken < maximumBytes;) {
        const QByteArray line = input.readLine(maximumBytes);
        if (line.isEmpty())
            break;
        taken += line.size();
        text = line.trimmed();
    }
    if (text.isEmpty())
        return base::failure(u"Nothing came from standard input."_s);
    return text;
}

base::Expected<QString, QString> issuerFrom(const QString &word)
{
    const auto issuer = auth::issuerFromSubdomain(word);
    if (!word.contains("://"_L1))
        return issuer;
    const QUrl url(word, QUrl::StrictMode);
    if (oauth::mayOpen(url) && url.userInfo().isEmpty() && !url.hasQuery() && !url.hasFragment())
        return word;
    return issuer ? base::failure(u"\"%1\" is no address of an issuer."_s.arg(word)) : issuer;
}

bool confirm(const QString &question)
{
    if (!hasTerminal())
        return false;
    print(stderr, "gatehouse: " + inspector::escapedForDisplay(question).toUtf8() + " [y/N] ");
    const QByteArray answer = lineFromTerminal().toLower();
    return answer == "y" || answer == "yes";
}

void addServerOptions(QCommandLineParser &parser)
{
    parser.addOptions(
        {{u"port"_s, u"Port to listen on (3000); 0 takes a free one."_s, u"PORT"_s},
         {u"host"_s, u"IP address to listen on (127.0.0.1)."_s, u"ADDRESS"_s},
         {u"subdomain"_s, u"AuthKit environment: acme, acme.authkit.app or an address. None: the sandbox."_s,
          u"S"_s},
         {u"sandbox-port"_s, u"Port of the sandbox (4455), the next free one if taken."_s, u"PORT"_s},
         {u"resource"_s,
          u"This server as published and as tokens must name it (http://localhost:PORT/mcp)."_s, u"URL"_s},
         {u"audience"_s, u"One more audience to accept; may be repeated."_s, u"A"_s},
         {u"scopes"_s, u"Scopes to advertise (\"email offline_access openid profile\")."_s, u"\"a b\""_s},
         {u"required-scopes"_s, u"Scopes that every call needs (none)."_s, u"\"a b\""_s},
         {u"required-permissions"_s, u"Permissions that every call needs (none)."_s, u"\"a b\""_s},
         {u"organizations"_s, u"Only members of these organizations may call (all)."_s, u"\"a b\""_s},
         {u"tool-rule"_s,
          u"What a tool needs: \"get-profile scope=a permission=b organization=c\"; may be repeated."_s,
          u"RULE"_s},
         {u"scope-includes"_s,
          u"A scope and those that it includes: \"files:write files:read\"; may be repeated."_s,
          u"\"a b\""_s},
         {u"hide-forbidden"_s, u"Lists leave out what their reader may not use: on or off (on)."_s,
          u"on|off"_s},
         {u"algorithms"_s,
          u"Algorithms that tokens may be signed with (RS256): %1."_s.arg(
              keys::algorithmNames().join(u", "_s)),
          u"\"a b\""_s},
         {u"no-verify-jwt"_s, u"Do not check signatures. For development, on loopback only."_s},
         {u"no-auth"_s, u"Ask nobody for a token. On loopback only."_s},
         {u"token-lifetime"_s, u"Seconds that the sandbox's access tokens live (300)."_s, u"S"_s},
         {u"auto-sign-in"_s,
          u"The sandbox signs this person in without its page, for every program and page of this computer "
          "(loopback redirects only)."_s,
          u"E-MAIL"_s},
         {u"sandbox-private"_s,
          u"The sandbox asks for a secret of its run, which is printed at the start."_s},
         {u"people"_s, u"JSON file with the sandbox's people (docs/sandbox.md)."_s, u"FILE"_s},
         {u"fail"_s,
          u"Has the sandbox fail: %1; may be repeated."_s.arg(sandbox::Faults::names().join(u", "_s)),
          u"NAME"_s},
         {u"config"_s, u"Settings file to read instead of the user's own."_s, u"FILE"_s}});
    for (const host::Bound &bound : host::bounds())
        parser.addOption(
            {bound.option,
             u"%1 (%2)."_s.arg(QString::fromLatin1(bound.text)).arg(host::Settings().*bound.member),
             bound.unit});
}

QString settingsFileFrom(const QCommandLineParser &parser)
{
    return parser.isSet(u"config"_s) ? parser.value(u"config"_s) : host::usualSettingsFile();
}

base::Expected<host::Configuration, QString> configurationFrom(const QCommandLineParser &parser,
                                                               const QHash<QString, QString> &environment)
{
    const QString file = settingsFileFrom(parser);
    const auto kept
        = parser.isSet(u"config"_s) ? host::readSettingsFile(file) : host::readSettingsFileIfThere(file);
    if (!kept)
        return base::failure(kept.error());
    host::Configuration out;
    out.kept = *kept;
    out.settings = host::withEnvironment(*kept, environment);
    host::Settings &settings = out.settings;
    if (!environment.value(u"MCP_USE_OAUTH_WORKOS_SUBDOMAIN"_s).trimmed().isEmpty())
        out.overrides.insert(u"subdomain"_s, u"MCP_USE_OAUTH_WORKOS_SUBDOMAIN"_s);
    if (!environment.value(u"MCP_URL"_s).trimmed().isEmpty())
        out.overrides.insert(u"resource"_s, u"MCP_URL"_s);
    for (const auto &[name, place, least, most] :
         {std::tuple{u"port"_s, &settings.port, 0, 65535},
          std::tuple{u"sandbox-port"_s, &settings.sandboxPort, 0, 65535},
          std::tuple{u"token-lifetime"_s, &settings.tokenLifetime, 1, 86400}}) {
        if (!parser.isSet(name))
            continue;
        const auto number = numberOf(parser, name, least, most);
        if (!number)
            return base::failure(number.error());
        *place = *number;
    }
    for (const host::Bound &bound : host::bounds()) {
        if (!parser.isSet(bound.option))
            continue;
        const auto number = numberOf(parser, bound.option, bound.lowest, bound.highest);
        if (!number)
            return base::failure(number.error());
        settings.*bound.member = *number;
    }
    for (const auto &[name, place] :
         {std::pair{u"host"_s, &settings.host}, std::pair{u"subdomain"_s, &settings.subdomain},
          std::pair{u"resource"_s, &settings.resource}, std::pair{u"auto-sign-in"_s, &settings.autoSignIn},
          std::pair{u"people"_s, &settings.peopleFile}}) {
        if (parser.isSet(name))
            *place = parser.value(name);
    }
    if (parser.isSet(u"audience"_s))
        settings.audiences = parser.values(u"audience"_s);
    settings.failures = parser.values(u"fail"_s);
    if (const QString unknown = sandbox::Faults::unknownIn(settings.failures); !unknown.isEmpty())
        return base::failure(u"--fail: "_s + unknown);
    if (parser.isSet(u"scopes"_s))
        settings.scopes = words(parser.value(u"scopes"_s));
    if (parser.isSet(u"required-scopes"_s))
        settings.requiredScopes = words(parser.value(u"required-scopes"_s));
    if (parser.isSet(u"required-permissions"_s))
        settings.requiredPermissions = words(parser.value(u"required-permissions"_s));
    if (parser.isSet(u"organizations"_s))
        settings.organizations = words(parser.value(u"organizations"_s));
    if (parser.isSet(u"tool-rule"_s))
        settings.toolRules = parser.values(u"tool-rule"_s);
    if (parser.isSet(u"scope-includes"_s))
        settings.scopeHierarchy = parser.values(u"scope-includes"_s);
    if (parser.isSet(u"hide-forbidden"_s)) {
        const QString value = parser.value(u"hide-forbidden"_s);
        if (value != "on"_L1 && value != "off"_L1)
            return base::failure(u"--hide-forbidden is on or off; this is \"%1\"."_s.arg(value));
        settings.hideForbidden = value == "on"_L1;
    }
    if (parser.isSet(u"algorithms"_s))
        settings.algorithms = words(parser.value(u"algorithms"_s));
    settings.sandboxPrivate = settings.sandboxPrivate || parser.isSet(u"sandbox-private"_s);
    settings.verifyJwt = settings.verifyJwt && !parser.isSet(u"no-verify-jwt"_s);
    settings.authorization = settings.authorization && !parser.isSet(u"no-auth"_s);
    for (const host::Bound &bound : host::bounds()) {
        if (parser.isSet(bound.option))
            out.overrides.insert(bound.field, u"--"_s + bound.option);
    }
    for (const auto &[option, field] : fieldsOfOptions()) {
        if (parser.isSet(option))
            out.overrides.insert(field, u"--"_s + option);
    }
    if (parser.isSet(u"subdomain"_s) && settings.subdomain.isEmpty())
        return base::failure(u"--subdomain wants a name; leave it out for the sandbox."_s);
    const QList<host::SettingsFault> faults = host::validate(settings);
    if (faults.isEmpty())
        return out;
    // What forbids verifyJwt off is the address that was asked for.
    const host::SettingsFault &fault = faults.first();
    const QString field = fault.field == "verifyJwt"_L1 ? u"host"_s : fault.field;
    return base::failure(out.overrides.value(field, field) + u": "_s + fault.text);
}

QStringList words(const QString &text)
{
    return text.simplified().split(u' ', Qt::SkipEmptyParts);
}

} // namespace gatehouse::cli
