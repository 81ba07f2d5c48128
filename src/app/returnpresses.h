// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace gatehouse::app {

/// Has Return press the button that has the focus, as Space does: Qt does so in dialogs alone. For as long as
/// it is there, in all windows of the program.
class ReturnPresses : public QObject
{
    Q_OBJECT

public:
    explicit ReturnPresses(QObject *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace gatehouse::app
