// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/call.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/jsontext.h"
#include "base/random.h"
#include "cli/clientoptions.h"
#include "cli/clientrun.h"
#include "cli/commands.h"
#include "cli/content.h"
#include "cli/options.h"
#include "fetch/networkfetcher.h"
#include "host/keychainstore.h"
#include "oauth/signout.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

namespace {

int finish(const oauth::Flow &flow, bool json, const client::BlobWords &words)
{
    const QJsonObject &result = flow.result();
    if (json && !result.isEmpty()) {
        printJsonText(flow.resultJson());
    } else if (!flow.failure()) {
        const QString text = client::resultText(result, words);
        const bool onlyStructured = text.isEmpty() && result.contains("structuredContent"_L1);
        printText(onlyStructured ? QString::fromUtf8(base::memberText(flow.resultJson(), "structuredContent"))
                                 : text);
    }
    return exitCodeOf(flow);
}

void tellSignedOut(const QString &server, const oauth::SignedOut &out, bool json)
{
    if (json)
        return printJson(QJsonObject{{u"kept"_s, out.wasKept},
                                     {u"issuer"_s, out.issuer},
                                     {u"revoked"_s, out.isRevoked},
                                     {u"note"_s, out.note}});
    if (!out.wasKept)
        return printLine(u"No sign-in was kept for %1."_s.arg(server));
    printLine(u"The sign-in for %1 is forgotten."_s.arg(server));
    printLine(out.isRevoked
                  ? u"%1 has revoked it."_s.arg(out.issuer)
                  : u"It was not revoked at %1, and its tokens stay good until they expire. %2"_s.arg(
                      out.issuer, out.note));
}

} // namespace

int runCall(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Calls a tool of any MCP server, signing in where the server wants it.\n"
        "Exit codes: 0 ok, 1 usage, 3 sign-in refused, 4 unreachable, 5 the server or its tool answered with an error."_s);
    parser.addPositionalArgument(u"URL"_s, u"The MCP server."_s);
    parser.addPositionalArgument(u"TOOL"_s, u"The tool's name."_s);
    parser.addPositionalArgument(u"JSON"_s, u"Its arguments as an object ({})."_s, u"[JSON]"_s);
    addClientOptions(parser);
    parser.addOption(
        {u"save"_s, u"Folder in which images, sounds and files of the answer are saved."_s, u"DIR"_s});
    if (const auto exitCode = parse(parser, arguments, 3))
        return *exitCode;
    auto settings = flowSettingsFrom(parser);
    if (!settings)
        return usageError(settings.error());
    const QStringList given = parser.positionalArguments();
    settings->tool = given.value(1);
    if (settings->tool.isEmpty())
        return usageError(u"call wants URL TOOL [JSON]."_s);
    if (given.size() == 3) {
        const auto json = base::readJsonObject(given.at(2).toUtf8());
        if (!json)
            return usageError(u"The arguments are no JSON object: %1"_s.arg(json.error().text));
        settings->arguments = *json;
    }
    const auto words = blobSaver(parser.value(u"save"_s));
    if (!words)
        return usageError(words.error());
    const bool json = parser.isSet(u"json"_s);
    return runFlow(*settings, runWayFrom(parser),
                   [json, words = *words](const oauth::Flow &flow) { return finish(flow, json, words); });
}

int runLogin(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Signs in to any MCP server and lists its tools. The sign-in is kept in the keyring.\n"
        "Exit codes: 0 ok, 1 usage, 3 sign-in refused, 4 unreachable, 5 the server answered with an error."_s);
    parser.addPositionalArgument(u"URL"_s, u"The MCP server."_s);
    addClientOptions(parser);
    if (const auto exitCode = parse(parser, arguments, 1))
        return *exitCode;
    auto settings = flowSettingsFrom(parser);
    if (!settings)
        return usageError(settings.error());
    settings->last = oauth::StepId::List;
    const bool json = parser.isSet(u"json"_s);
    return runFlow(*settings, runWayFrom(parser), [json](const oauth::Flow &flow) {
        if (flow.failure())
            return exitCodeOf(flow);
        if (const QString remark = flow.listRemark(); !remark.isEmpty())
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

int runLogout(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Forgets the sign-in that is kept for an MCP server, and has its authorization server revoke it.\n"
        "Exit codes: 0 ok (also where there was none), 1 usage, 3 no keyring can be reached."_s);
    parser.addPositionalArgument(u"URL"_s, u"The MCP server."_s);
    parser.addOption({u"json"_s, u"One object on stdout."_s});
    if (const auto exitCode = parse(parser, arguments, 1))
        return *exitCode;
    const QString server = parser.positionalArguments().value(0);
    if (const QString fault = serverAddressFault(server); !fault.isEmpty())
        return usageError(fault);
    fetch::NetworkFetcher fetcher;
    host::KeychainStore secrets;
    bool isReachable = true;
    QObject::connect(&secrets, &host::KeychainStore::becameUnavailable, &secrets, [&](const QString &why) {
        isReachable = false;
        printError(u"No keyring can be reached: "_s + why);
    });
    const bool json = parser.isSet(u"json"_s);
    oauth::signOut(server, {&fetcher, &secrets, base::systemClock(), base::systemRandom()},
                   [&](const oauth::SignedOut &out) {
                       tellSignedOut(server, out, json);
                       QCoreApplication::exit(isReachable ? Ok : Refused);
                   });
    return QCoreApplication::exec();
}

} // namespace gatehouse::cli
