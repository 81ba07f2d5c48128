// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/checkup.h"
#include "app/view.h"

#include <QTimer>

class QButtonGroup;
class QPushButton;
class QSplitter;
class QTreeWidget;
class QTreeWidgetItem;

namespace gatehouse::app {

class CheckupBar;
class ChecksDesk;
class Label;
class Strip;

/// What can be wrong with the server, its issuer and its clients: looked at, with what was seen, and what to
/// do about it.
class ChecksView : public View
{
    Q_OBJECT

public:
    /// The desk outlives it.
    explicit ChecksView(ChecksDesk *desk, QWidget *parent = nullptr);

    /// Shows that one.
    void goTo(CheckupId id);
    [[nodiscard]] QWidget *home() const override;
    [[nodiscard]] QList<QWidget *> panes() const override;
    void retheme() override;
    [[nodiscard]] QByteArray saveLayout() const override;
    void restoreLayout(const QByteArray &state) override;

Q_SIGNALS:
    void startWanted();
    void portWanted(int port);
    void settingsWanted(const QString &field);
    void dashboardWanted();
    void clientsWanted();
    /// What the filter finds.
    void trafficWanted(const QString &filter);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void split();
    [[nodiscard]] QWidget *makeTable();
    [[nodiscard]] QWidget *makeChips(QWidget *parent);
    [[nodiscard]] QWidget *makeDetails();
    void refresh();
    void updateHead();
    void fill();
    void showRow(QTreeWidgetItem *item, const CheckupRow &row);
    void showDetails();
    void showChange(const Remedy &remedy);
    void mend();
    [[nodiscard]] bool isWanted(const CheckupRow &row) const;
    [[nodiscard]] const CheckupRow *current() const;

    ChecksDesk *m_desk;
    QList<CheckupRow> m_rows;
    CheckupId m_chosen = CheckupId::Listens;
    QTimer m_soon;
    QTimer m_clock; ///< Ages.

    QSplitter *m_splitter;
    Label *m_title;
    CheckupBar *m_bar;
    QPushButton *m_runAll;
    QPushButton *m_copy;
    QButtonGroup *m_chips;
    QTreeWidget *m_table;
    QWidget *m_details;
    Strip *m_strip;
    QPushButton *m_mend;
    QPushButton *m_undo;
    QPushButton *m_traffic;
    Label *m_changeTitle;
    Label *m_change;
    Label *m_changePlace;
    Label *m_why;
    bool m_isSplit = false; ///< It has had its sizes.
};

} // namespace gatehouse::app
