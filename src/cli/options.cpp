// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options.h"

#include "base/json.h"
#include "cli/commands.h"

#include <QHash>

#include <cstdio>
#include <tuple>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

namespace {

void print(FILE *stream, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stream);
    std::fflush(stream);
}

/// Where a setting's value came from, as a user would look for it.
QString sourceOf(const QCommandLineParser &parser, const QString &field)
{
    static const QHash<QString, QString> options = {{u"host"_s, u"host"_s},
                                                    {u"port"_s, u"port"_s},
                                                    {u"subdomain"_s, u"subdomain"_s},
                                                    {u"sandboxPort"_s, u"sandbox-port"_s},
                                                    {u"resource"_s, u"resource"_s},
                                                    {u"audiences"_s, u"audience"_s},
                                                    {u"scopes"_s, u"scopes"_s},
                                                    {u"requiredScopes"_s, u"required-scopes"_s},
                                                    {u"tokenLifetime"_s, u"token-lifetime"_s},
                                                    {u"autoSignIn"_s, u"auto-sign-in"_s},
                                                    {u"peopleFile"_s, u"people"_s},
                                                    {u"verifyJwt"_s, u"host"_s}};
    const QString option = options.value(field, field);
    if (field == "subdomain"_L1 && !parser.isSet(option))
        return u"MCP_USE_OAUTH_WORKOS_SUBDOMAIN"_s;
    if (field == "resource"_L1 && !parser.isSet(option))
        return u"MCP_URL"_s;
    return u"--"_s + option;
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
        print(stdout, parser.helpText());
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
    print(stdout, line + u'\n');
}

void printError(const QString &line)
{
    print(stderr, u"gatehouse: "_s + line + u'\n');
}

void printError(const QJsonObject &json)
{
    print(stderr, QString::fromUtf8(base::writeJson(json)) + u'\n');
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
         {u"no-verify-jwt"_s, u"Do not check signatures. For development, on loopback only."_s},
         {u"no-auth"_s, u"Ask nobody for a token. On loopback only."_s},
         {u"token-lifetime"_s, u"Seconds that the sandbox's access tokens live (300)."_s, u"S"_s},
         {u"auto-sign-in"_s,
          u"The sandbox signs this person in without its page (loopback redirects only)."_s, u"E-MAIL"_s},
         {u"people"_s, u"JSON file with the sandbox's people (docs/sandbox.md)."_s, u"FILE"_s}});
}

base::Expected<host::Settings, QString> settingsFrom(const QCommandLineParser &parser,
                                                     const QHash<QString, QString> &environment)
{
    host::Settings settings = host::withEnvironment({}, environment);
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
    for (const auto &[name, place] :
         {std::pair{u"host"_s, &settings.host}, std::pair{u"subdomain"_s, &settings.subdomain},
          std::pair{u"resource"_s, &settings.resource}, std::pair{u"auto-sign-in"_s, &settings.autoSignIn},
          std::pair{u"people"_s, &settings.peopleFile}}) {
        if (parser.isSet(name))
            *place = parser.value(name);
    }
    settings.audiences = parser.values(u"audience"_s);
    if (parser.isSet(u"scopes"_s))
        settings.scopes = words(parser.value(u"scopes"_s));
    settings.requiredScopes = words(parser.value(u"required-scopes"_s));
    settings.verifyJwt = !parser.isSet(u"no-verify-jwt"_s);
    settings.authorization = !parser.isSet(u"no-auth"_s);
    if (parser.isSet(u"subdomain"_s) && settings.subdomain.isEmpty())
        return base::failure(u"--subdomain wants a name; leave it out for the sandbox."_s);
    const QList<host::SettingsFault> faults = host::validate(settings);
    if (faults.isEmpty())
        return settings;
    return base::failure(sourceOf(parser, faults.first().field) + u": "_s + faults.first().text);
}

QStringList words(const QString &text)
{
    return text.simplified().split(u' ', Qt::SkipEmptyParts);
}

} // namespace gatehouse::cli
