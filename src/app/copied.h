// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAbstractButton;
class QWidget;

namespace gatehouse::app {

/// Says on the button itself, for a moment, that it has copied.
void sayCopied(QAbstractButton *button);

/// Has every button below `root` do so whose object name says that it copies.
void signCopies(QWidget *root);

} // namespace gatehouse::app
