// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/label.h"
#include "host/host.h"

#include <QWidget>

class QPushButton;
class QToolButton;

namespace gatehouse::app {

class PillMenu;

/// What the server does, where it is, and how it judges; with what starts and stops it.
class ServerBar : public QWidget
{
    Q_OBJECT

public:
    explicit ServerBar(QWidget *parent = nullptr);

    /// `running` counts where it is listening, `why` where it has failed.
    void show(host::Host::State state, const host::Running &running, const QString &why);
    [[nodiscard]] QPushButton *startStop() const { return m_startStop; }

    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void startWanted();
    void stopWanted();
    void settingsWanted();
    void addressCopyWanted();
    void connectWanted(); ///< Another program.
    void settingWanted(const QString &field);
    void checksOnWanted(); ///< Tokens are to be asked for, and their signatures checked.
    void requestsWanted(const QString &filter);
    void faultsWanted(); ///< To break something.
    void keysWanted(); ///< To be seen.
    void dashboardWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    using QWidget::show;
    void fit();
    void showMode(const host::Running &running);
    void showVerify(const host::Running &running);

    QWidget *m_left = nullptr; ///< What it does, and where.
    QWidget *m_right = nullptr; ///< Under which rules.
    QPushButton *m_startStop;
    Label *m_dot;
    Label *m_stateWord;
    QLabel *m_address;
    QToolButton *m_copyAddress;
    QPushButton *m_connect;
    PillMenu *m_mode;
    PillMenu *m_verify;
    bool m_isUp = false;
};

} // namespace gatehouse::app
