// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oauth/negativechecks.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QSplitter;
class QTreeWidget;

namespace gatehouse::app {

class HttpText;
class Strip;

/// What the server must refuse, and what it did: a table, with the request of the chosen check below.
class ChecksPage : public QWidget
{
    Q_OBJECT

public:
    explicit ChecksPage(QWidget *parent = nullptr);

    void show(const QList<oauth::NegativeCheck> &checks, bool isRunning);
    void setHasTraffic(bool has);
    /// The request of the chosen check; empty where it was not sent.
    [[nodiscard]] QByteArray requestId() const;
    void select(int index);
    void retheme();

Q_SIGNALS:
    void runWanted();
    void cancelWanted();
    void copyWanted();
    void trafficWanted();
    void chosen();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showChosen();
    void fit();

    QList<oauth::NegativeCheck> m_checks;
    bool m_isRunning = false;
    bool m_isSplit = false;
    Strip *m_strip;
    QPushButton *m_run;
    QSplitter *m_split;
    QTreeWidget *m_table;
    HttpText *m_text;
    QPushButton *m_traffic;
};

} // namespace gatehouse::app
