// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "host/settings.h"

#include <QStringList>

#include <functional>

namespace gatehouse::host {
class Host;
}

namespace gatehouse::app {

/// Opens the window and runs until it is closed; takes the options of `serve`. Needs a QApplication. The
/// answer is the exit code.
int runWindow(const QStringList &arguments);

/// The same with these settings, which are kept in that file. `prepare` is called before the server starts.
/// What passes is recorded in `recordFile`, where one is named.
int openWindow(const host::Configuration &configuration, const QString &settingsFile,
               const std::function<void(host::Host &)> &prepare, const QString &recordFile = {});

/// Opens windows for the session files that are named, and no server; runs until they are closed. Needs a
/// QApplication.
int runOpen(const QStringList &arguments);

/// Whether there is a display to open a window on.
[[nodiscard]] bool hasDisplay();

} // namespace gatehouse::app
