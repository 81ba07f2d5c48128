// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/exchangelog.h"

#include <QSet>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QTimer>

#include <functional>

class QMenu;

namespace gatehouse::inspector {
class TrafficModel;
}

namespace gatehouse::app {

/// Draws the cells of the traffic: tones, an icon with each verdict, a bar for the time.
class TrafficDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

/// The traffic's rows. Keeps the selected row by its serial through every change of the filter, and follows
/// the newest row while that is in view.
class TrafficTable : public QTableView
{
    Q_OBJECT

public:
    explicit TrafficTable(inspector::TrafficModel *model, QWidget *parent = nullptr);

    [[nodiscard]] quint64 currentSerial() const { return m_current; } ///< 0 where nothing is selected.
    void select(quint64 serial);
    /// The next row in that direction, of those that are wanted; nothing where there is none.
    using IsWanted = std::function<bool(const inspector::Entry &)>;
    void selectBeside(int step, const IsWanted &isWanted = {});
    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }
    void follow(); ///< Goes to the newest row and stays there.
    void fitToFont(); ///< After a change of font or theme.
    [[nodiscard]] QByteArray saveColumns() const;
    void restoreColumns(const QByteArray &state);
    /// Those that are there at first, as wide as their words.
    void restoreUsualColumns();
    [[nodiscard]] QList<QAction *> columnActions();

Q_SIGNALS:
    void currentChangedTo(quint64 serial);
    void followingChanged(bool isFollowing);
    /// A term for the filter, from the cell that was asked about.
    void termWanted(const QString &term);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void addOfEntry(QMenu *menu, const exchange::Exchange &exchange);
    [[nodiscard]] QString termOf(const QModelIndex &index) const;
    void setFollowing(bool isFollowing);
    void askForColumns(const QPoint &at);
    void spreadColumns();
    /// Paints how long the rows in sight that run have taken.
    void tick();

    inspector::TrafficModel *m_model;
    quint64 m_current = 0;
    bool m_isFollowing = true;
    bool m_isResetting = false;
    bool m_isSpreading = false;
    bool m_isFocusing = false; ///< Qt makes the first row the current one then, which nobody chose.
    QTimer m_tick; ///< While rows in sight are running.
    QSet<int> m_sizedByHand; ///< Columns whose width is the user's.
};

} // namespace gatehouse::app
