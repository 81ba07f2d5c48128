// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window.h"
#include "face/inspection.h"
#include "host/host.h"
#include "host/settingsfile.h"
#include "inspect/configuration.h"

#include <QApplication>
#include <QStandardPaths>

#include <Gatehouse/inspector.h>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace gatehouse;

namespace Gatehouse {

namespace {

int fail(const Server &server, const QString &why)
{
    std::fprintf(stderr, "%s: %s\n", Inspection::descriptionOf(server).name.toUtf8().constData(),
                 why.toUtf8().constData());
    return 1;
}

} // namespace

int inspect(Server &server, int port)
{
    const Server::Options &options = Inspection::optionsOf(server);
    if (!qobject_cast<QApplication *>(QCoreApplication::instance()))
        return fail(server, u"inspect() needs a QApplication, made before the server."_s);
    if (const auto judged = Inspection::judge(server); !judged)
        return fail(server, judged.error());
    const QString file
        = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + u"/gatehouse-settings.json"_s;
    const auto kept = host::readSettingsFileIfThere(file);
    if (!kept)
        return fail(server, kept.error());
    server.stop();
    return app::openWindow(
        gatehouse::inspect::configurationOf(options, port, *kept, host::processEnvironment()), file,
        [&server](host::Host &host) {
            host.setOffer({.description = Inspection::descriptionOf(server),
                           .hasOwnTools = false,
                           .add = Inspection::offerOf(server)});
            host.addSink(Inspection::sinkOf(server));
        });
}

} // namespace Gatehouse
