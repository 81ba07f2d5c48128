// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QBoxLayout;

namespace gatehouse::app {

/// Groups of widgets side by side where there is room, and below one another where there is not: large text
/// must not make the window wider than the screen.
class WrappingRow : public QWidget
{
    Q_OBJECT

public:
    explicit WrappingRow(QWidget *parent = nullptr);

    /// A new group at the end, with a layout of its own. The stretch counts while they stand side by side.
    QWidget *addGroup(int stretch = 0);
    /// One widget as a group; while it is hidden, it takes no room. Another such row goes to a line of its
    /// own before it wraps.
    void addWidget(QWidget *widget);
    /// Behind the last group: what is left of the row stays empty.
    void addStretch();
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    [[nodiscard]] int wholeWidth() const; ///< Of all of it in one line.

    QBoxLayout *m_row;
    QList<QWidget *> m_groups;
};

} // namespace gatehouse::app
