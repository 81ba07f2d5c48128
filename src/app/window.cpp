// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window.h"

#include "app/mainwindow.h"
#include "base/stopsignal.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/platform.h"
#include "host/keychainstore.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>
#include <QStandardPaths>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

bool hasDisplay()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
        || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
#else
    return true;
#endif
}

int runWindow(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Opens the window. The commands work without one."_s);
    cli::addServerOptions(parser);
    if (const auto exitCode = cli::parse(parser, arguments))
        return *exitCode;
    const auto configuration = cli::configurationFrom(parser, host::processEnvironment());
    if (!configuration) {
        cli::printError(configuration.error());
        return cli::Usage;
    }
    return openWindow(*configuration, cli::settingsFileFrom(parser), {});
}

int openWindow(const host::Configuration &configuration, const QString &settingsFile,
               const std::function<void(host::Host &)> &prepare)
{
    QGuiApplication::setDesktopFileName(u"gatehouse"_s);
    QSettings kept(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
                       + u"/gatehouse/window.ini"_s,
                   QSettings::IniFormat);
    const QString chosen = kept.value(languageKey).toString();
    const QLocale language = chosen.isEmpty() ? QLocale() : QLocale(chosen);
    QTranslator qtWords; // What Qt says by itself, such as the menu of a text field.
    if (qtWords.load(language, u"qtbase"_s, u"_"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&qtWords);
    QTranslator words;
    if (words.load(language, u"gatehouse"_s, u"_"_s, u":/i18n"_s))
        QCoreApplication::installTranslator(&words);
    host::KeychainStore secrets;
    MainWindow window(configuration, settingsFile, &kept, &secrets);
    if (prepare)
        prepare(*window.host());
    QObject::connect(&secrets, &host::KeychainStore::becameUnavailable, &window, &MainWindow::updateStatus);
    base::onStopSignal(&window, [&window] { window.closeUnasked(); });
    window.show();
    window.start();
    return QApplication::exec();
}

} // namespace gatehouse::app
