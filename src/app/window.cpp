// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window.h"

#include "app/mainwindow.h"
#include "app/returnpresses.h"
#include "app/sessiondesk.h"
#include "app/theme.h"
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

namespace {

/// What every window of ours needs, while there is one: its name, the user's choices, words.
class Surroundings
{
public:
    Surroundings()
    {
        QGuiApplication::setDesktopFileName(u"gatehouse"_s);
        const QString chosen = m_kept.value(languageKey).toString();
        const QLocale language = chosen.isEmpty() ? QLocale() : QLocale(chosen);
        // What Qt says by itself, such as the menu of a text field.
        if (m_qtWords.load(language, u"qtbase"_s, u"_"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
            QCoreApplication::installTranslator(&m_qtWords);
        if (m_words.load(language, u"gatehouse"_s, u"_"_s, u":/i18n"_s))
            QCoreApplication::installTranslator(&m_words);
    }
    [[nodiscard]] QSettings *kept() const { return &m_kept; }

private:
    mutable QSettings m_kept{QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
                                 + u"/gatehouse/window.ini"_s,
                             QSettings::IniFormat};
    QTranslator m_qtWords;
    QTranslator m_words;
};

} // namespace

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
    cli::addRecordOption(parser);
    if (const auto exitCode = cli::parse(parser, arguments))
        return *exitCode;
    const auto configuration = cli::configurationFrom(parser, host::processEnvironment());
    if (!configuration) {
        cli::printError(configuration.error());
        return cli::Usage;
    }
    const auto record = cli::recordFileFrom(parser);
    if (!record) {
        cli::printError(record.error());
        return cli::Usage;
    }
    return openWindow(*configuration, cli::settingsFileFrom(parser), {}, *record);
}

int openWindow(const host::Configuration &configuration, const QString &settingsFile,
               const std::function<void(host::Host &)> &prepare, const QString &recordFile)
{
    const Surroundings around;
    host::KeychainStore secrets;
    MainWindow window(configuration, settingsFile, around.kept(), &secrets);
    if (prepare)
        prepare(*window.host());
    window.keepSessions(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
                            + u"/gatehouse/sessions"_s,
                        recordFile);
    QObject::connect(&secrets, &host::KeychainStore::becameUnavailable, &window, &MainWindow::updateStatus);
    base::onStopSignal(&window, [&window] { window.closeUnasked(); });
    window.show();
    window.start();
    return QApplication::exec();
}

int runOpen(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Opens session files in windows of their own, and no server."_s);
    parser.addPositionalArgument(u"file"_s, u"A session file."_s, u"FILE…"_s);
    if (const auto exitCode = cli::parse(parser, arguments, 100))
        return *exitCode;
    if (parser.positionalArguments().isEmpty()) {
        cli::printError(u"Name a session file."_s);
        return cli::Usage;
    }
    const Surroundings around;
    Look::apply(Look::keptAppearance(*around.kept()), Look::keptTextPercent(*around.kept()));
    QObject context;
    new ReturnPresses(&context);
    SessionDesk desk(around.kept(), nullptr);
    const QStringList files = parser.positionalArguments();
    for (const QString &file : files)
        desk.open(file);
    base::onStopSignal(&desk, [&desk] { desk.closeAll(); });
    return QApplication::exec();
}

} // namespace gatehouse::app
