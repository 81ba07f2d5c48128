// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/call.h"

#include "base/characters.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/jsontext.h"
#include "base/mask.h"
#include "base/quoting.h"
#include "base/random.h"
#include "base/stopsignal.h"
#include "cli/answering.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/platform.h"
#include "fetch/networkfetcher.h"
#include "host/keychainstore.h"
#include "inspector/words.h"
#include "oauth/dpop.h"
#include "oauth/flow.h"
#include "web/clientidurl.h"
#include "web/origin.h"

#include <QCoreApplication>
#include <QHash>
#include <QStandardPaths>
#include <QUrl>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

namespace {

base::Expected<base::Header, QString> headerFrom(const QString &text)
{
    const QByteArray line = text.toUtf8();
    const qsizetype colon = line.indexOf(':');
    const QByteArray name = colon > 0 ? line.first(colon) : QByteArray();
    const QByteArray value = colon > 0 ? line.sliced(colon + 1).trimmed() : QByteArray();
    if (!base::isToken(name) || !base::isFieldValue(value))
        return base::failure(u"--header wants 'Name: value'."_s);
    return base::Header(name, value);
}

QString addressFault(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || url.hasFragment() || !url.userInfo().isEmpty())
        return u"\"%1\" is not the address of an MCP server."_s.arg(text);
    if (!oauth::mayOpen(url))
        return u"\"%1\" is neither https nor http to this machine."_s.arg(text);
    return {};
}

void addClientOptions(QCommandLineParser &parser)
{
    parser.addOptions(
        {{u"browser"_s, u"system; none, which follows redirects itself; or a command."_s, u"B"_s,
          u"system"_s},
         {u"callback-port"_s,
          u"Where the browser comes back (33418); a free one where it is taken, 0 takes any."_s, u"N"_s},
         {u"issuer"_s, u"The authorization server that it must be (the one that the MCP server names)."_s,
          u"URL"_s},
         {u"client-id"_s, u"A client that the authorization server knows."_s, u"ID"_s},
         {u"client-metadata-url"_s,
          u"Address of a document that says who the client is, for servers that read such (CIMD)."_s,
          u"URL"_s},
         {u"client-secret"_s, u"That client's secret, for --issuer alone; - reads it from standard input."_s,
          u"S|-"_s},
         {u"grant"_s,
          u"How tokens are come by: code (you sign in), client_credentials, jwt-bearer or enterprise."_s,
          u"G"_s},
         {u"client-key"_s,
          u"File with the private key (PEM) that the client shows itself by, instead of a secret."_s,
          u"FILE"_s},
         {u"client-key-algorithm"_s, u"What that key signs with (ES256)."_s, u"ALG"_s},
         {u"assertion"_s, u"File with the JWT that --grant jwt-bearer shows."_s, u"FILE"_s},
         {u"id-token"_s, u"File with the ID token that --grant enterprise exchanges."_s, u"FILE"_s},
         {u"idp-token-endpoint"_s, u"Where it does: the identity provider's token endpoint."_s, u"URL"_s},
         {u"dpop"_s, u"Binds the tokens to a key of this run (RFC 9449); they are not kept."_s},
         {u"scope"_s, u"Scopes to ask for (what the server asks for)."_s, u"\"a b\""_s},
         {u"header"_s, u"One more header for the MCP server; may be repeated."_s, u"'K: V'"_s},
         {u"answer"_s,
          u"How a question of the server in the middle of a call is answered: ask (forms, and models in "
          u"whose "
          "place a person answers), accept (forms with their defaults), decline, or a JSON object to answer "
          "with. Without it, nothing can be asked for."_s,
          u"A"_s},
         {u"timeout"_s, u"How long one answer may take, from its last progress (60)."_s, u"S"_s},
         {u"json"_s, u"One object per step on stderr, the whole result as one line on stdout."_s}});
}

base::Expected<QByteArray, QString> fileOf(const QCommandLineParser &parser, const QString &option)
{
    constexpr qint64 maximumBytes = 64 * 1024;
    const auto bytes = base::readFile(parser.value(option), maximumBytes);
    if (!bytes)
        return base::failure(u"--%1: %2"_s.arg(option, bytes.error()));
    if (bytes->trimmed().isEmpty())
        return base::failure(u"--%1: The file is empty."_s.arg(option));
    return bytes->trimmed();
}

/// How tokens are come by, and what is shown for that. The error is one sentence.
base::Expected<void, QString> readGrant(const QCommandLineParser &parser, oauth::FlowSettings &settings)
{
    using oauth::Grant;
    static const QHash<QString, Grant> grants{{u"code"_s, Grant::Code},
                                              {u"client_credentials"_s, Grant::ClientCredentials},
                                              {u"jwt-bearer"_s, Grant::JwtBearer},
                                              {u"enterprise"_s, Grant::Enterprise}};
    const QString name = parser.isSet(u"grant"_s) ? parser.value(u"grant"_s) : u"code"_s;
    if (!grants.contains(name))
        return base::failure(u"--grant wants code, client_credentials, jwt-bearer or enterprise."_s);
    settings.grant = grants.value(name);
    if (parser.isSet(u"client-key"_s)) {
        const auto pem = fileOf(parser, u"client-key"_s);
        if (!pem)
            return base::failure(pem.error());
        if (parser.isSet(u"client-key-algorithm"_s))
            settings.clientKeyAlgorithm = parser.value(u"client-key-algorithm"_s);
        const auto key = keys::SigningKey::fromPem(*pem, settings.clientKeyAlgorithm);
        if (!key)
            return base::failure(u"--client-key: "_s + key.error());
        settings.clientKey = *key;
    }
    for (const auto &[option, to] :
         {std::pair(u"assertion"_s, &settings.assertion), std::pair(u"id-token"_s, &settings.idToken)}) {
        if (!parser.isSet(option))
            continue;
        const auto bytes = fileOf(parser, option);
        if (!bytes)
            return base::failure(bytes.error());
        if (!oauth::isTokenText(*bytes))
            return base::failure(u"--%1: That is no token."_s.arg(option));
        *to = *bytes;
    }
    if (parser.isSet(u"idp-token-endpoint"_s)) {
        settings.idpTokenEndpoint = QUrl(parser.value(u"idp-token-endpoint"_s), QUrl::StrictMode);
        if (!settings.idpTokenEndpoint.isValid() || !web::isHttpsOrLoopback(settings.idpTokenEndpoint))
            return base::failure(u"--idp-token-endpoint wants an https address."_s);
    }
    if (parser.isSet(u"dpop"_s)) {
        const auto key = oauth::makeDpopKey();
        if (!key)
            return base::failure(u"--dpop: "_s + key.error());
        settings.dpopKey = *key;
    }
    const bool hasClient = !settings.clientId.isEmpty();
    if (settings.clientKey && !hasClient)
        return base::failure(u"--client-key goes with --client-id."_s);
    if (settings.clientKey && !settings.clientSecret.isEmpty())
        return base::failure(u"--client-key and --client-secret are two ways of one client."_s);
    if (settings.grant == Grant::ClientCredentials && !settings.clientKey
        && (!hasClient || settings.clientSecret.isEmpty()))
        return base::failure(
            u"--grant client_credentials wants --client-id and --client-secret or --client-key."_s);
    if (settings.grant == Grant::JwtBearer && settings.assertion.isEmpty())
        return base::failure(u"--grant jwt-bearer wants --assertion FILE."_s);
    if (settings.grant == Grant::Enterprise
        && (settings.idToken.isEmpty() || settings.idpTokenEndpoint.isEmpty() || !hasClient))
        return base::failure(
            u"--grant enterprise wants --client-id, --id-token FILE and --idp-token-endpoint URL."_s);
    return {};
}

base::Expected<oauth::FlowSettings, QString> settingsOf(const QCommandLineParser &parser)
{
    const QStringList given = parser.positionalArguments();
    if (given.isEmpty())
        return base::failure(u"The address of an MCP server is missing."_s);
    if (const QString fault = addressFault(given.at(0)); !fault.isEmpty())
        return base::failure(fault);
    oauth::FlowSettings settings;
    settings.server = given.at(0);
    settings.clientId = parser.value(u"client-id"_s);
    const auto secret = secretFrom(parser.value(u"client-secret"_s));
    if (!secret)
        return base::failure(u"--client-secret: "_s + secret.error());
    settings.clientSecret = QString::fromUtf8(*secret);
    if (parser.isSet(u"issuer"_s)) {
        const auto issuer = issuerFrom(parser.value(u"issuer"_s));
        if (!issuer)
            return base::failure(u"--issuer: "_s + issuer.error());
        settings.issuer = *issuer;
    }
    settings.clientMetadataUrl = parser.value(u"client-metadata-url"_s);
    const QString fault = web::clientIdUrlFault(settings.clientMetadataUrl);
    if (parser.isSet(u"client-metadata-url"_s) && !fault.isEmpty())
        return base::failure(u"--client-metadata-url: "_s + fault);
    if (settings.clientId.isEmpty() && !settings.clientSecret.isEmpty())
        return base::failure(u"--client-secret goes with --client-id."_s);
    if (const auto grant = readGrant(parser, settings); !grant)
        return base::failure(grant.error());
    settings.scopes = words(parser.value(u"scope"_s));
    const QStringList headers = parser.values(u"header"_s);
    for (const QString &text : headers) {
        const auto header = headerFrom(text);
        if (!header)
            return base::failure(header.error());
        settings.headers.append(*header);
    }
    settings.lockFolder
        = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + u"/gatehouse"_s;
    if (parser.isSet(u"callback-port"_s)) {
        const auto port = numberOf(parser, u"callback-port"_s, 0, 65535);
        if (!port)
            return base::failure(port.error());
        settings.callbackPort = quint16(*port);
    }
    const auto offer = offerFrom(parser.value(u"answer"_s), parser.isSet(u"json"_s));
    if (!offer)
        return base::failure(offer.error());
    settings.offer = *offer;
    if (parser.isSet(u"timeout"_s)) {
        const auto seconds = numberOf(parser, u"timeout"_s, 1, 3600);
        if (!seconds)
            return base::failure(seconds.error());
        settings.requestMs = int(*seconds) * 1000;
    }
    const QString browser = parser.value(u"browser"_s);
    if (browser == "system"_L1)
        settings.opener = oauth::systemOpener();
    else if (browser != "none"_L1)
        settings.opener = oauth::commandOpener(browser);
    if (browser != "none"_L1 && !settings.opener)
        return base::failure(u"--browser wants system, none or a command."_s);
    return settings;
}

int exitCodeOf(const oauth::Flow &flow)
{
    if (!flow.failure())
        return Ok;
    switch (flow.failure()->kind) {
    case oauth::Failure::Kind::SignIn:
        return Refused;
    case oauth::Failure::Kind::Unreachable:
        return Unreachable;
    case oauth::Failure::Kind::Tool:
        return ToolFailed;
    case oauth::Failure::Kind::Cancelled:
        return Refused;
    }
    return Refused;
}

/// A line for each step of a sign-in; a call that needs none prints only its result.
void tell(const oauth::Flow &flow, int index)
{
    using oauth::StepId;
    using oauth::StepState;
    const oauth::Step &step = flow.steps().at(index);
    const bool signIn = step.id >= StepId::Resource && step.id <= StepId::Token;
    if (step.state == StepState::Done && signIn) {
        const QString status = step.status() > 0 ? u", HTTP %1"_s.arg(step.status()) : QString();
        printError(u"%1: done (%2 ms%3)"_s.arg(step.title).arg(step.tookMs).arg(status));
    } else if (step.state == StepState::Failed) {
        printError(u"%1: %2"_s.arg(step.title, QString(step.detail).replace(u'\n', u' ')));
    }
}

/// The same for programs: every step that is over, as one line.
void tellAsJson(const oauth::Flow &flow, int index)
{
    using oauth::StepState;
    const oauth::Step &step = flow.steps().at(index);
    if (step.state != StepState::Waiting && step.state != StepState::Running)
        printError(oauth::jsonOf(step));
}

int finish(const oauth::Flow &flow, bool json)
{
    const QJsonObject &result = flow.result();
    if (json && !result.isEmpty()) {
        printJsonText(flow.resultJson());
    } else if (!flow.failure()) {
        const QString text = oauth::resultText(result);
        const bool onlyStructured = text.isEmpty() && result.contains("structuredContent"_L1);
        printText(onlyStructured ? QString::fromUtf8(base::memberText(flow.resultJson(), "structuredContent"))
                                 : text);
    }
    return exitCodeOf(flow);
}

/// Runs the flow to its end; the exit code tells how it went.
int run(const oauth::FlowSettings &settings, bool json, const std::function<int(const oauth::Flow &)> &finish)
{
    fetch::NetworkFetcher fetcher;
    host::KeychainStore secrets;
    QObject::connect(&secrets, &host::KeychainStore::becameUnavailable, &secrets, [json](const QString &why) {
        if (json)
            printError(QJsonObject{{u"event"_s, u"keyring"_s}, {u"reachable"_s, false}, {u"why"_s, why}});
        else
            printError(u"No keyring can be reached, so this sign-in is kept for this run only: "_s + why);
    });
    oauth::Flow flow(settings, {&fetcher, &secrets, base::systemClock(), base::systemRandom()});
    QObject::connect(&flow, &oauth::Flow::stepChanged, &flow,
                     [&flow, json](int index) { json ? tellAsJson(flow, index) : tell(flow, index); });
    QObject::connect(&flow, &oauth::Flow::told, &flow,
                     [json](const client::Told &what, const QString &sentence) {
                         json ? printError(base::maskJson(client::jsonOf(what)).toObject())
                              : printError(inspector::escapedForDisplay(sentence));
                     });
    QObject::connect(&flow, &oauth::Flow::browserAwaited, &flow, [&flow, json](bool isOpen) {
        const QString address = flow.startAddress().toString();
        if (json)
            printError(QJsonObject{{u"event"_s, u"browser"_s}, {u"open"_s, isOpen}, {u"start"_s, address}});
        else
            printError((isOpen ? u"Waiting for the browser. If none opens, open %1 on this machine."_s
                               : u"No browser could be started. Open %1 on this machine."_s)
                           .arg(address));
    });
    QObject::connect(&flow, &oauth::Flow::startOpenedAgain, &flow, [json] {
        if (json)
            printError(QJsonObject{{u"event"_s, u"start_opened_again"_s}});
        else
            printError(
                u"The link was opened a second time. If that was not you, stop here (Ctrl+C): somebody "
                "else on this machine may have taken it."_s);
    });
    QObject::connect(&flow, &oauth::Flow::finished, &flow, [&flow, json, finish] {
        const bool mayAsk
            = flow.failure() && flow.failure()->reason == oauth::Failure::Reason::IssuerNotNamed && !json;
        if (mayAsk)
            printError(u"To say so on the command line: --issuer "_s
                       + base::shellWord(flow.server().issuer.toUtf8()));
        if (!mayAsk || !confirm(u"Do you trust %1?"_s.arg(flow.server().issuer))) {
            QCoreApplication::exit(finish(flow));
            return;
        }
        flow.trustTheIssuer();
        flow.retryFrom(oauth::StepId::Client);
        flow.runAll();
    });
    base::onStopSignal(&flow, [&flow] { flow.cancel(); });
    flow.runAll();
    return QCoreApplication::exec();
}

int usage(const QString &text)
{
    printError(text);
    return Usage;
}

} // namespace

int runCall(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Calls a tool of any MCP server, signing in where the server wants it.\n"
        "Exit codes: 0 ok, 1 usage, 3 sign-in refused, 4 unreachable, 5 tool error."_s);
    parser.addPositionalArgument(u"URL"_s, u"The MCP server."_s);
    parser.addPositionalArgument(u"TOOL"_s, u"The tool's name."_s);
    parser.addPositionalArgument(u"JSON"_s, u"Its arguments as an object ({})."_s, u"[JSON]"_s);
    addClientOptions(parser);
    if (const auto exitCode = parse(parser, arguments, 3))
        return *exitCode;
    auto settings = settingsOf(parser);
    if (!settings)
        return usage(settings.error());
    const QStringList given = parser.positionalArguments();
    settings->tool = given.value(1);
    if (settings->tool.isEmpty())
        return usage(u"call wants URL TOOL [JSON]."_s);
    if (given.size() == 3) {
        const auto json = base::readJsonObject(given.at(2).toUtf8());
        if (!json)
            return usage(u"The arguments are no JSON object: %1"_s.arg(json.error().text));
        settings->arguments = *json;
    }
    const bool json = parser.isSet(u"json"_s);
    return run(*settings, json, [json](const oauth::Flow &flow) { return finish(flow, json); });
}

int runLogin(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Signs in to any MCP server and lists its tools. The sign-in is kept in the keyring.\n"
        "Exit codes: 0 ok, 1 usage, 3 sign-in refused, 4 unreachable."_s);
    parser.addPositionalArgument(u"URL"_s, u"The MCP server."_s);
    addClientOptions(parser);
    if (const auto exitCode = parse(parser, arguments, 1))
        return *exitCode;
    auto settings = settingsOf(parser);
    if (!settings)
        return usage(settings.error());
    settings->last = oauth::StepId::List;
    const bool json = parser.isSet(u"json"_s);
    return run(*settings, json, [json](const oauth::Flow &flow) {
        if (flow.failure())
            return exitCodeOf(flow);
        if (const QString remark = flow.toolsRemark(); !remark.isEmpty())
            json ? printError(QJsonObject{{u"event"_s, u"remark"_s}, {u"text"_s, remark}})
                 : printError(remark);
        QStringList names;
        for (const client::ToolInfo &tool : flow.tools())
            names.append(tool.name);
        if (json)
            printJson(QJsonObject{{u"tools"_s, QJsonArray::fromStringList(names)}});
        else
            printLines(names);
        return int(Ok);
    });
}

} // namespace gatehouse::cli
