// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/copied.h"

#include "app/icons.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

constexpr int shownMs = 1500;

} // namespace

void sayCopied(QAbstractButton *button)
{
    if (button->property("copied").toBool())
        return; // It says so already.
    const QString text = button->text();
    const QIcon before = button->icon();
    const int width = button->minimumWidth();
    const QString said = QCoreApplication::translate("gatehouse::app::Copied", "Copied");
    button->setProperty("copied", true);
    button->setMinimumWidth(button->width()); // Nothing beside it moves.
    button->setIcon(icon(u"good"_s, inspector::Tone::Good));
    if (!text.isEmpty())
        button->setText(said);
    QTimer::singleShot(shownMs, button, [button, text, before, width, said] {
        button->setProperty("copied", false);
        button->setMinimumWidth(width);
        button->setIcon(before);
        if (button->text() == said) // Else it says something newer.
            button->setText(text);
    });
}

void signCopies(QWidget *root)
{
    const QList<QAbstractButton *> buttons = root->findChildren<QAbstractButton *>();
    for (QAbstractButton *button : buttons) {
        if (button->objectName().contains("copy"_L1, Qt::CaseInsensitive))
            QObject::connect(button, &QAbstractButton::clicked, button, [button] { sayCopied(button); });
    }
}

} // namespace gatehouse::app
