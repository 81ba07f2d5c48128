// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScreen>
#include <QWidget>

namespace gatehouse::app {

/// How large a window can be on its screen, with a frame around it.
[[nodiscard]] inline QSize roomOnScreen(const QWidget &window)
{
    return window.screen()->availableSize() - QSize(40, 80);
}

} // namespace gatehouse::app
