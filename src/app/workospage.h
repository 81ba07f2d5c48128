// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settingspages.h"

class QLineEdit;
class QListWidget;
class QPushButton;

namespace gatehouse::app {

class Label;
class WorkOsDesk;

/// WorkOS's API key, and the environment's resource indicators beside our own address. Counts at once.
class WorkOsPage : public SettingsPage
{
    Q_OBJECT

public:
    WorkOsPage(WorkOsDesk *desk, QWidget *parent);
    int search(const QString &word) override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] QWidget *addKey(QGridLayout *form);
    [[nodiscard]] QWidget *addIndicators(QGridLayout *form);
    void update();
    void updateKey();
    void updateIndicators();
    void setAsking(bool isAsking);

    WorkOsDesk *m_desk;
    Label *m_keyNote = nullptr;
    QLineEdit *m_key = nullptr;
    QPushButton *m_keep = nullptr;
    QPushButton *m_forget = nullptr;
    QListWidget *m_list = nullptr;
    Label *m_note = nullptr;
    QPushButton *m_look = nullptr;
    QPushButton *m_add = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_yes = nullptr; ///< Asked whether to add, …
    QPushButton *m_no = nullptr;
    QList<QWidget *> m_titles;
    bool m_isAsking = false; ///< … which it is now.
};

} // namespace gatehouse::app
