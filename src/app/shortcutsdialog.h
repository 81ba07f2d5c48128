// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>
#include <QString>

class QLineEdit;
class QMenuBar;
class QTreeWidget;

namespace gatehouse::app {

/// All keys there are, by what they belong to, with a search. Modeless.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT

public:
    struct Key
    {
        QString what = {};
        QString keys = {}; ///< As the system writes them.
    };
    struct Group
    {
        QString title = {};
        QList<Key> keys = {};
    };
    explicit ShortcutsDialog(const QList<Group> &groups, QWidget *parent = nullptr);

    /// Of the actions in the menus, and of what views do with keys that are no action's.
    [[nodiscard]] static QList<Group> groupsOf(const QMenuBar &menus);

private:
    void search();

    QLineEdit *m_search;
    QTreeWidget *m_list;
};

} // namespace gatehouse::app
