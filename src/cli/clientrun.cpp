// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clientrun.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/mask.h"
#include "base/quoting.h"
#include "base/random.h"
#include "base/secretstore.h"
#include "base/stopsignal.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/platform.h"
#include "fetch/networkfetcher.h"
#include "host/keychainstore.h"
#include "inspector/words.h"

#include <QCoreApplication>

#include <memory>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

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

namespace {

/// Each line ends as a sentence does, whoever wrote it.
QString inOneLine(const QString &text)
{
    QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
    for (QString &line : lines) {
        line = line.trimmed();
        if (!line.isEmpty() && line.back().isLetterOrNumber())
            line += u'.';
    }
    return lines.join(u' ');
}

/// A line for each step of a sign-in; a call that needs none prints only its result.
void tell(const oauth::Flow &flow, int index)
{
    using oauth::StepId;
    using oauth::StepState;
    const oauth::Step &step = flow.steps().at(index);
    const bool signIn = step.id >= StepId::Resource && step.id <= StepId::Token;
    if (step.state == StepState::Done && signIn) {
        const bool isGood = step.status() > 0 && step.status() < 400;
        const QString status = isGood ? u", HTTP %1"_s.arg(step.status()) : QString();
        printError(u"%1: done (%2 ms%3)"_s.arg(step.title).arg(step.tookMs).arg(status));
    } else if (step.state == StepState::Failed) {
        printError(u"%1: %2"_s.arg(step.title, inOneLine(step.detail)));
        if (!step.data.isUndefined())
            printError(u"data: "_s + QString::fromUtf8(base::writeJson(step.data)));
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

/// Where the browser is, and how else its answer can come here.
void tellOfBrowser(const oauth::Flow &flow, bool isOpen, bool json)
{
    const QString address = flow.startAddress().toString();
    if (json) {
        printError(QJsonObject{{u"event"_s, u"browser"_s}, {u"open"_s, isOpen}, {u"start"_s, address}});
        return;
    }
    printError((isOpen ? u"Waiting for the browser. If none opens, open %1 on this machine."_s
                       : u"No browser could be started. Open %1 on this machine."_s)
                   .arg(address));
    const bool isElsewhere = !isOpen || qEnvironmentVariableIsSet("SSH_CONNECTION");
    if (isElsewhere && hasTerminal())
        printErrorText(
            u"Or on another machine: open the address below there, and when its browser cannot open %1 at "
            "the end, paste that whole address here.\n%2"_s.arg(
                flow.redirectUri(), QString::fromLatin1(flow.authorizationAddress().toEncoded())));
}

void tellOfDevice(const oauth::DeviceCode &code, bool json)
{
    const QString whole = QString::fromLatin1(code.whole.toEncoded());
    const QString address = QString::fromLatin1(code.address.toEncoded());
    if (json)
        return printError(QJsonObject{{u"event"_s, u"device"_s},
                                      {u"uri"_s, address},
                                      {u"code"_s, code.user},
                                      {u"complete"_s, whole},
                                      {u"expires"_s, code.lifetimeMs / 1000}});
    printError(u"Open %1 in any browser, and type the code %2 there. It is good for %3 minutes."_s
                   .arg(address, code.user)
                   .arg((code.lifetimeMs + 59'999) / 60'000));
    if (!whole.isEmpty())
        printError(u"Or open %1"_s.arg(whole));
}

/// What comes of the flow beside its steps.
void tellOf(oauth::Flow &flow, bool json)
{
    QObject::connect(&flow, &oauth::Flow::stepChanged, &flow,
                     [&flow, json](int index) { json ? tellAsJson(flow, index) : tell(flow, index); });
    QObject::connect(&flow, &oauth::Flow::told, &flow,
                     [json](const client::Told &what, const QString &sentence) {
                         json ? printError(base::maskJson(client::jsonOf(what)).toObject())
                              : printError(inspector::escapedForDisplay(sentence));
                     });
    QObject::connect(&flow, &oauth::Flow::browserAwaited, &flow,
                     [&flow, json](bool isOpen) { tellOfBrowser(flow, isOpen, json); });
    QObject::connect(&flow, &oauth::Flow::deviceAwaited, &flow,
                     [json](const oauth::DeviceCode &code) { tellOfDevice(code, json); });
    QObject::connect(&flow, &oauth::Flow::startOpenedAgain, &flow, [json] {
        if (json)
            printError(QJsonObject{{u"event"_s, u"start_opened_again"_s}});
        else
            printError(
                u"The link was opened a second time. If that was not you, stop here (Ctrl+C): somebody "
                "else on this machine may have taken it."_s);
    });
}

/// Lines of the terminal, while a browser is waited for: before and after they are others' to read.
void takePasted(oauth::Flow &flow)
{
    const auto lines = std::make_shared<std::unique_ptr<QObject>>();
    QObject::connect(&flow, &oauth::Flow::browserAwaited, &flow, [&flow, lines] {
        *lines = onLineFromTerminal([&flow](const QString &line) {
            if (!line.trimmed().isEmpty() && !flow.takePasted(line))
                printError(u"That is not the address at which this sign-in ends."_s);
        });
    });
    QObject::connect(&flow, &oauth::Flow::stepChanged, &flow, [&flow, lines] {
        if (flow.startAddress().isEmpty())
            lines->reset();
    });
}

} // namespace

RunWay runWayFrom(const QCommandLineParser &parser)
{
    return {parser.isSet(u"json"_s), !parser.isSet(u"no-keyring"_s)};
}

int runFlow(const oauth::FlowSettings &settings, const RunWay &way,
            const std::function<int(const oauth::Flow &)> &finish)
{
    const bool json = way.json;
    fetch::NetworkFetcher fetcher;
    base::MemorySecretStore nowhere;
    host::KeychainStore keyring;
    base::SecretStore *secrets = way.usesKeyring ? static_cast<base::SecretStore *>(&keyring) : &nowhere;
    QObject::connect(&keyring, &host::KeychainStore::becameUnavailable, &keyring, [json](const QString &why) {
        if (json)
            printError(QJsonObject{{u"event"_s, u"keyring"_s}, {u"reachable"_s, false}, {u"why"_s, why}});
        else
            printError(u"No keyring can be reached, so this sign-in is kept for this run only: "_s + why);
    });
    oauth::Flow flow(settings, {&fetcher, secrets, base::systemClock(), base::systemRandom()});
    tellOf(flow, json);
    if (!json && hasTerminal())
        takePasted(flow);
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

} // namespace gatehouse::cli
