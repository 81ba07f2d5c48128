// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

namespace gatehouse::app {

class View;

/// The window's views, one below the other, each with what is new in it.
class Rail : public QListWidget
{
    Q_OBJECT

public:
    explicit Rail(QWidget *parent = nullptr);

    /// At the end. `key` is named in its tool tip.
    void addView(View *view, const QString &iconName, const QString &name, const QString &key);
    /// Where there is little room, icons say which view it is.
    void setNarrow(bool isNarrow);
    void retheme();

private:
    void updateItem(int row);

    QList<View *> m_all;
    QStringList m_names;
    QStringList m_keys;
    bool m_isNarrow = false;
};

} // namespace gatehouse::app
