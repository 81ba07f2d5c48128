// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/view.h"
#include "inspector/clientsmodel.h"

#include <QSet>
#include <QTimer>

class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;

namespace gatehouse::app {

class ConnectDesk;
class ConnectView;
class EmptyState;
class Strip;

/// Who calls the server: programs, for whom, how often, and how that went. And how others are told of it.
class ClientsView : public View
{
    Q_OBJECT

public:
    /// Both outlive it.
    ClientsView(inspector::ClientsModel *model, ConnectDesk *desk, QWidget *parent = nullptr);

    /// Where clients come to; empty: nothing listens.
    void setAddress(const QString &address);
    /// The page that connects another program, or the list.
    void showConnect(bool isWanted);
    [[nodiscard]] QWidget *home() const override;
    [[nodiscard]] QList<QWidget *> panes() const override;
    void retheme() override;

Q_SIGNALS:
    void trafficWanted(const QString &filter); ///< The requests that this finds.
    void addressCopyWanted();
    void startWanted();
    void endWanted(const QByteArray &session); ///< By its fingerprint.
    void messageWanted(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void makeTable();
    [[nodiscard]] QWidget *makeList();
    void makeConnect();
    void refresh();
    void updateBadge();
    void updateEmptyState();
    void fitColumns();
    void choose(quint64 serial);
    void showTraffic();
    void askToEnd();
    void closeQuestion();
    [[nodiscard]] quint64 current() const; ///< Serial; 0: none.

    inspector::ClientsModel *m_model;
    QSortFilterProxyModel *m_sorted;
    QTableView *m_table;
    EmptyState *m_empty;
    QStackedWidget *m_whole; ///< The list, or the page that connects.
    ConnectDesk *m_desk;
    ConnectView *m_connect = nullptr; ///< Made when it is opened first.
    QStackedWidget *m_stack;
    QWidget *m_bar;
    QPushButton *m_traffic;
    QPushButton *m_copy;
    QPushButton *m_end;
    Strip *m_question; ///< Whether a session is to end.
    QPushButton *m_keep;
    QSet<int> m_sizedByHand; ///< Columns whose width is the user's.
    bool m_isFitting = false;
    bool m_isChoosing = false; ///< The row that was chosen before.
    QByteArray m_asked; ///< Which one; empty: none is asked about.
    QTimer m_soon; ///< Changes come in bursts.
    QTimer m_clock; ///< What only time changes.
    QString m_address;
};

} // namespace gatehouse::app
