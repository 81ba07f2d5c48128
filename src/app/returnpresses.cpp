// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/returnpresses.h"

#include <QApplication>
#include <QDialog>
#include <QKeyEvent>
#include <QPushButton>
#include <QToolButton>

namespace gatehouse::app {

namespace {

/// What is ticked or chosen has its own keys, and a dialog its own button for Return.
bool isPressed(const QObject *watched)
{
    const auto *button = qobject_cast<const QAbstractButton *>(watched);
    return button && (qobject_cast<const QPushButton *>(button) || qobject_cast<const QToolButton *>(button))
        && !qobject_cast<const QDialog *>(button->window());
}

} // namespace

ReturnPresses::ReturnPresses(QObject *parent)
    : QObject(parent)
{
    qApp->installEventFilter(this);
}

bool ReturnPresses::eventFilter(QObject *watched, QEvent *event)
{
    if ((event->type() != QEvent::KeyPress && event->type() != QEvent::KeyRelease) || !isPressed(watched))
        return false;
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isReturn = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (!isReturn || (key->modifiers() & ~Qt::KeypadModifier) != 0)
        return false;
    QKeyEvent space(event->type(), Qt::Key_Space, {}, {}, key->isAutoRepeat());
    QCoreApplication::sendEvent(watched, &space);
    return true;
}

} // namespace gatehouse::app
