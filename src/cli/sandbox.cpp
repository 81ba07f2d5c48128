// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/sandbox.h"

#include "auth/bearer.h"
#include "base/json.h"
#include "base/stopsignal.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/platform.h"
#include "fetch/networkfetcher.h"
#include "host/notice.h"
#include "sandbox/controlclient.h"
#include "sandbox/faults.h"
#include "sandbox/sandbox.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

namespace {

int finishToken(const QString &issuer, const base::Expected<QJsonObject, sandbox::ControlError> &answer)
{
    if (!answer && !answer.error().reached) {
        printError(u"No sandbox answers at %1: %2 Start one with \"gatehouse serve\" or \"gatehouse "
                   u"sandbox\", or name it "
                   "with --issuer."_s.arg(issuer, answer.error().text));
        return Unreachable;
    }
    const QString token = answer ? answer->value("access_token"_L1).toString() : QString();
    if (token.isEmpty()) {
        const QString why = answer ? QString() : answer.error().text;
        printError(u"%1 gave no token (HTTP %2). %3"_s.arg(issuer)
                       .arg(answer ? 200 : answer.error().status)
                       .arg(why.isEmpty() ? u"Is it a Gatehouse sandbox?"_s : why));
        return why.isEmpty() ? Unreachable : Usage;
    }
    // Whoever holds the port may be no sandbox: only what can be a token is given on, to shells and headers.
    if (!auth::readBearer({{"Bearer " + token.toUtf8()}, {}})) {
        printError(u"%1 gave something that is no token. Is it a Gatehouse sandbox?"_s.arg(issuer));
        return Unreachable;
    }
    printLine(token);
    return Ok;
}

} // namespace

int runSandbox(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Runs only the sandbox authorization server."_s);
    parser.addOptions(
        {{u"port"_s, u"Port (4455), the next free one if taken; 0 takes any."_s, u"PORT"_s, u"4455"_s},
         {u"token-lifetime"_s, u"Seconds that an access token lives (300)."_s, u"S"_s, u"300"_s},
         {u"auto-sign-in"_s, u"Signs this person in without the page (loopback redirects only)."_s,
          u"E-MAIL"_s},
         {u"private"_s, u"Asks for a secret of this run, which is printed at the start."_s},
         {u"fail"_s,
          u"Fails from the start: %1; may be repeated."_s.arg(sandbox::Faults::names().join(u", "_s)),
          u"NAME"_s},
         {u"people"_s, u"JSON file with the people (docs/sandbox.md)."_s, u"FILE"_s}});
    if (const auto exitCode = parse(parser, arguments))
        return *exitCode;
    const auto port = numberOf(parser, u"port"_s, 0, 65535);
    const auto lifetime = numberOf(parser, u"token-lifetime"_s, 1, 86400);
    if (!port || !lifetime) {
        printError(port ? lifetime.error() : port.error());
        return Usage;
    }
    sandbox::SandboxSettings settings;
    settings.port = quint16(*port);
    settings.accessTokenSeconds = *lifetime;
    settings.autoSignIn = parser.value(u"auto-sign-in"_s);
    settings.isPrivate = parser.isSet(u"private"_s);
    settings.faults = parser.values(u"fail"_s);
    const auto people = sandbox::readPeopleFile(parser.value(u"people"_s));
    if (people)
        settings.people = *people;
    if (const QString fault = people ? settings.fault() : people.error(); !fault.isEmpty()) {
        printError(fault);
        return CannotStart;
    }
    fetch::NetworkFetcher fetcher;
    sandbox::Sandbox sandbox(settings, base::systemClock(), base::systemRandom());
    sandbox.setFetcher(&fetcher);
    if (const auto started = sandbox.start(); !started) {
        printError(
            u"Port %1 cannot be listened on: %2."_s.arg(started.error().port).arg(started.error().detail));
        return CannotStart;
    }
    if (sandbox.movedPort())
        printError(
            u"warning: port %1 is in use, so the sandbox listens on another one."_s.arg(settings.port));
    base::onStopSignal(&sandbox,
                       [] { QCoreApplication::exit(Ok); }); // Whoever reads that it runs may end it.
    printLine(u"Sandbox AuthKit on %1. Ctrl+C ends."_s.arg(sandbox.issuer()));
    if (!sandbox.secret().isEmpty())
        printLine(u"Secret of the sandbox: %1"_s.arg(sandbox.secret()));
    if (!settings.autoSignIn.isEmpty())
        printError(host::sentenceOf(host::Notice{host::Notice::Kind::AutoSignIn, settings.autoSignIn}));
    return QCoreApplication::exec();
}

int runToken(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Prints an access token of the running sandbox, for curl and scripts."_s);
    parser.addOptions(
        {{u"issuer"_s, u"The sandbox (http://127.0.0.1:4455)."_s, u"URL"_s, u"http://127.0.0.1:4455"_s},
         {u"secret"_s, u"Of its run, where it is private; - reads it from standard input."_s, u"S|-"_s},
         {u"user"_s, u"Who signs in (ada@example.com)."_s, u"E-MAIL"_s},
         {u"organization"_s, u"One of the user's organizations (the first)."_s, u"ID"_s},
         {u"scope"_s, u"Granted scopes (\"email offline_access openid profile\")."_s, u"\"a b\""_s},
         {u"resource"_s, u"Audience (the server that the sandbox belongs to)."_s, u"URL"_s},
         {u"flaw"_s, u"One thing wrong with it: issuer, algorithm, signature, key or early."_s, u"NAME"_s},
         {u"ttl"_s, u"Lifetime in seconds (300); negative for one that has expired."_s, u"S"_s}});
    if (const auto exitCode = parse(parser, arguments))
        return *exitCode;
    QJsonObject wish;
    for (const QString &name : {u"user"_s, u"organization"_s, u"scope"_s, u"resource"_s, u"flaw"_s}) {
        if (parser.isSet(name))
            wish.insert(name, parser.value(name));
    }
    if (parser.isSet(u"ttl"_s)) {
        const auto seconds = numberOf(parser, u"ttl"_s, -86400, 86400 * 365);
        if (!seconds) {
            printError(seconds.error());
            return Usage;
        }
        wish.insert(u"ttl"_s, *seconds);
    }
    const QString issuer = parser.value(u"issuer"_s);
    const auto secret = secretFrom(parser.value(u"secret"_s));
    if (!secret) {
        printError(u"--secret: "_s + secret.error());
        return Usage;
    }
    fetch::NetworkFetcher fetcher;
    sandbox::askSandbox(
        fetcher, {issuer, QString::fromUtf8(*secret)}, u"token"_s, wish,
        [issuer](const auto &answer) { QCoreApplication::exit(finishToken(issuer, answer)); });
    return QCoreApplication::exec();
}

} // namespace gatehouse::cli
