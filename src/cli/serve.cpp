// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/serve.h"

#include "base/json.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/platform.h"
#include "host/host.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace gatehouse::cli {

namespace {

void announce(const host::Running &running, bool json)
{
    if (json) {
        const QJsonObject line{{u"event"_s, u"listening"_s},
                               {u"mcp"_s, running.resource},
                               {u"issuer"_s, running.issuer},
                               {u"sandbox"_s, running.sandbox},
                               {u"pid"_s, QCoreApplication::applicationPid()}};
        printLine(QString::fromUtf8(base::writeJson(line)));
    } else {
        printLine(u"Listening on %1. Ctrl+C ends."_s.arg(running.resource));
    }
}

} // namespace

int runServe(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Serves MCP behind AuthKit without a window."_s);
    addServerOptions(parser);
    parser.addOption({u"json"_s, u"One JSON object per line."_s});
    if (const auto exitCode = parse(parser, arguments))
        return *exitCode;
    const auto settings = settingsFrom(parser);
    if (!settings) {
        printError(settings.error());
        return Usage;
    }
    const bool json = parser.isSet(u"json"_s);
    host::Host server;
    QObject::connect(&server, &host::Host::stateChanged, &server, [&server, json] {
        if (server.state() == host::Host::State::Listening) {
            announce(server.running(), json);
        } else if (server.state() == host::Host::State::Failed) {
            printError(server.error().text);
            QCoreApplication::exit(CannotStart);
        }
    });
    onStopSignal(&server, [] { QCoreApplication::exit(Ok); });
    server.start(*settings);
    return QCoreApplication::exec();
}

} // namespace gatehouse::cli
