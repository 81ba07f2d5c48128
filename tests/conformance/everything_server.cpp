// SPDX-License-Identifier: GPL-3.0-or-later
// everything_server [--port N] [--auth | --subdomain S] [--resource URL] [--state-key-file FILE]
// [--max-sessions N] [--max-streams N] [--max-connections N]: the host that Gatehouse is, offering what the
// conformance scenarios ask for. Prints its address, or with --resource the port, and the sandbox's address,
// one a line. Ends with its standard input.
#include "conformance/everything.h"
#include "host/engine.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSocketNotifier>

#include <cstdio>
#include <unistd.h>

using namespace gatehouse;
using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{u"port"_s, u"Port to listen on; 0 takes a free one."_s, u"N"_s, u"0"_s},
                       {u"auth"_s, u"Behind the sandbox."_s},
                       {u"subdomain"_s, u"Behind that issuer."_s, u"S"_s},
                       {u"resource"_s, u"As published."_s, u"URL"_s},
                       {u"state-key-file"_s, u"Secrets that instances share."_s, u"FILE"_s},
                       {u"max-sessions"_s, u"Sessions at one time."_s, u"N"_s, u"1000"_s},
                       {u"max-streams"_s, u"Waiting event streams at one time."_s, u"N"_s, u"100"_s},
                       {u"max-connections"_s, u"Connections at one time."_s, u"N"_s, u"256"_s}});
    parser.process(app);
    host::Settings settings;
    settings.port = parser.value(u"port"_s).toInt();
    settings.sandboxPort = 0;
    settings.tools = {u"profile"_s}; // No documents of whoever runs the tests.
    settings.maxSessions = parser.value(u"max-sessions"_s).toInt();
    settings.maxStreams = parser.value(u"max-streams"_s).toInt();
    settings.maxConnections = parser.value(u"max-connections"_s).toInt();
    settings.subdomain = parser.value(u"subdomain"_s);
    settings.resource = parser.value(u"resource"_s);
    settings.authorization = parser.isSet(u"auth"_s) || !settings.subdomain.isEmpty();
    settings.stateKeyFile = parser.value(u"state-key-file"_s);
    host::Engine engine;
    engine.setOffer({.add = &test::offerEverything});
    // Nobody watches: what is recorded is dropped at once.
    QObject::connect(&engine, &host::Engine::exchanged, &engine, [&engine] { engine.tookBatch(); });
    const auto running = engine.start(settings);
    if (!running) {
        qCritical("Cannot listen: %s", qPrintable(running.error().detail));
        return 2;
    }
    if (settings.resource.isEmpty())
        std::printf("%s\n", qPrintable(running->resource));
    else
        std::printf("%d\n", running->port);
    if (running->sandbox)
        std::printf("%s\n", qPrintable(running->issuer));
    std::fflush(stdout);
    QSocketNotifier parent(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&parent, &QSocketNotifier::activated, &app, [] {
        char byte = 0;
        if (read(STDIN_FILENO, &byte, 1) <= 0)
            QCoreApplication::quit();
    });
    return QCoreApplication::exec();
}
