// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace gatehouse::app {

/// Opens the window and runs until it is closed; takes the options of `serve`. Needs a QApplication. The
/// answer is the exit code.
int runWindow(const QStringList &arguments);

/// Whether there is a display to open a window on.
[[nodiscard]] bool hasDisplay();

} // namespace gatehouse::app
