// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/label.h"

#include <QPushButton>

namespace gatehouse::app {

/// What stands where a list would: why there is nothing, and what can be done about it.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    /// Object names are "<name>State", "<name>Title", "<name>Text", "<name>Button".
    explicit EmptyState(const QString &name, QWidget *parent = nullptr);

    /// Without an action there is no button.
    void say(const QString &iconName, const QString &title, const QString &text, const QString &action);
    /// Beside the first one.
    QPushButton *addButton(const QString &objectName, const QString &iconName, const QString &text);
    [[nodiscard]] QPushButton *button() const { return m_button; }
    void retheme();

private:
    QString m_iconName;
    Label *m_icon;
    Label *m_title;
    Label *m_text;
    QPushButton *m_button;
    QLayout *m_buttons;
};

} // namespace gatehouse::app
