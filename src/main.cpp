// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window.h"
#include "base/logging.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/platform.h"
#include "host/apikey.h"

#include <QApplication>
#include <QFileInfo>

using namespace Qt::StringLiterals;
using namespace gatehouse;

int main(int argc, char *argv[])
{
    cli::restrictNewFiles();
    base::installMaskingMessageHandler();
    host::takeApiKey();
    QCoreApplication::setApplicationName(u"gatehouse"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(GATEHOUSE_VERSION));

    const QString first = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    if (const cli::Command command = cli::commandNamed(first)) {
        const QCoreApplication application(argc, argv);
        return command(QCoreApplication::arguments().sliced(1));
    }
    if (first == "--version"_L1) {
        cli::printLine(u"gatehouse "_s + QStringLiteral(GATEHOUSE_VERSION));
        return cli::Ok;
    }
    if (first == "--help"_L1 || first == "-h"_L1) {
        cli::printText(cli::overview().chopped(1));
        return cli::Ok;
    }
    // Options alone are the window's, and a file is opened; anything else would be a command.
    const bool isOpen = first == "open"_L1;
    const bool isFile = !first.startsWith(u'-') && QFileInfo(first).isFile();
    if (!first.isEmpty() && !first.startsWith(u'-') && !isOpen && !isFile) {
        cli::printErrorText(u"There is no command \"%1\"."_s.arg(first) + u'\n' + cli::overview().chopped(1));
        return cli::Usage;
    }
    if (!app::hasDisplay()) {
        cli::printError(u"There is no display to open a window on: use \"gatehouse serve\"."_s);
        return cli::CannotStart;
    }
    const QApplication application(argc, argv);
    if (isOpen || isFile)
        return app::runOpen(QCoreApplication::arguments().sliced(isOpen ? 1 : 0));
    return app::runWindow(QCoreApplication::arguments());
}
