// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window.h"
#include "face/inspection.h"
#include "host/host.h"
#include "host/settings.h"

#include <QApplication>
#include <QStandardPaths>

#include <Gatehouse/inspector.h>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace gatehouse;

namespace Gatehouse {

namespace {

int fail(const Server::Options &options, const QString &why)
{
    std::fprintf(stderr, "%s: %s\n", options.name.toUtf8().constData(), why.toUtf8().constData());
    return 1;
}

/// As if the program's options were on the command line: the environment counts where they say nothing.
host::Configuration configurationOf(const Server::Options &options, int port)
{
    host::Configuration configuration;
    configuration.readEnvironment(host::processEnvironment());
    host::Settings &settings = configuration.settings;
    settings.port = port;
    settings.host = options.host;
    settings.verifyJwt = options.oauth.verifyJwt;
    settings.authorization = !options.oauth.isOff;
    settings.requiredScopes = options.oauth.requiredScopes;
    if (!options.oauth.subdomain.isEmpty())
        settings.subdomain = options.oauth.subdomain;
    if (!options.oauth.resource.isEmpty())
        settings.resource = options.oauth.resource;
    if (!options.oauth.scopesSupported.isEmpty())
        settings.scopes = options.oauth.scopesSupported;
    configuration.kept = settings;
    return configuration;
}

} // namespace

int inspect(Server &server, int port)
{
    const Server::Options &options = Inspection::optionsOf(server);
    if (!qobject_cast<QApplication *>(QCoreApplication::instance()))
        return fail(options, u"inspect() needs a QApplication, made before the server."_s);
    if (const auto judged = Inspection::judge(server); !judged)
        return fail(options, judged.error());
    server.stop();
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation);
    return app::openWindow(configurationOf(options, port), folder + u"/gatehouse-settings.json"_s,
                           [&server](host::Host &host) {
                               host.setOffer({.description = Inspection::descriptionOf(server),
                                              .hasOwnTools = false,
                                              .add = Inspection::offerOf(server)});
                               host.addSink(Inspection::sinkOf(server));
                           });
}

} // namespace Gatehouse
