// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/label.h"
#include "app/theme.h"
#include "host/host.h"
#include "host/settings.h"
#include "inspector/trafficmodel.h"

#include <QMainWindow>
#include <QPointer>
#include <QSet>

class QLabel;
class QListWidget;
class QPushButton;
class QSettings;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace gatehouse::base {
class SecretStore;
}

namespace gatehouse::app {

class Banners;
class ClientView;
class Pill;
class SettingsDialog;
struct ServerState;
class TrafficView;

/// The window over a host: what runs, what passes, and the way to the settings.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// Applied settings are kept in `settingsFile`; `kept` holds the window's own state and outlives it.
    /// So do the secrets.
    MainWindow(const host::Configuration &configuration, QString settingsFile, QSettings *kept,
               base::SecretStore *secrets, QWidget *parent = nullptr);
    ~MainWindow() override;

    void start();
    /// Closes also where that loses what is being typed: the system wants the program to end.
    void closeUnasked();
    [[nodiscard]] host::Host *host() { return &m_host; }
    [[nodiscard]] inspector::TrafficModel *traffic() { return &m_traffic; }
    [[nodiscard]] ClientView *client() const { return m_clientView; }
    /// Says anew where secrets are kept.
    void updateStatus();

protected:
    void closeEvent(QCloseEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeMenus();
    void makeBar(QVBoxLayout *column);
    void beginRun();
    void updateServer();
    void copyAddress();
    /// At that setting, where one is named.
    void openSettings(const QString &field = {});
    [[nodiscard]] ServerState serverState() const;
    /// `decided`: see host::Configuration::take().
    void apply(const host::Settings &wanted, const QSet<QString> &decided = {});
    void keep(const host::Settings &wanted, const QSet<QString> &decided);
    void turnVerifyOn();
    void setLook(Appearance appearance, int textPercent);
    void fitToLook();
    /// For a while, in the status bar.
    void say(const QString &text, int milliseconds);
    void restore();
    enum View { TrafficPage, ClientPage };
    void showView(View view);
    void connectViews();
    /// Where a setting is that decided something, and what it says now.
    [[nodiscard]] QString settingWords(const QString &field) const;
    void goToPane(int step);
    void keepFocusOutOfBars(QWidget *old, QWidget *now);
    void goHome(); ///< With the focus, to what the view is about.
    void about();
    QAction *action(const QString &name, const QString &text, const QKeySequence &keys,
                    const std::function<void()> &run);

    host::Configuration m_configuration;
    QString m_settingsFile;
    QSettings *m_kept;
    base::SecretStore *m_secrets;
    host::Host m_host;
    inspector::TrafficModel m_traffic;
    Appearance m_appearance = Appearance::AsTheDesktop;

    QAction *m_start = nullptr;
    QAction *m_stop = nullptr;
    QWidget *m_bar = nullptr;
    QPushButton *m_startStop = nullptr;
    Label *m_dot = nullptr;
    Label *m_stateWord = nullptr;
    QLabel *m_address = nullptr;
    QToolButton *m_copyAddress = nullptr;
    Pill *m_mode = nullptr;
    Pill *m_verify = nullptr;
    QListWidget *m_views = nullptr;
    QStackedWidget *m_pages = nullptr;
    TrafficView *m_trafficView = nullptr;
    ClientView *m_clientView = nullptr;
    Banners *m_banners = nullptr;
    QLabel *m_counts = nullptr;
    QLabel *m_issuer = nullptr;
    qint64 m_keysFetchedAt = 0;
    QSet<QByteArray> m_sessions; ///< Fingerprints of those that were used and not ended.
    SettingsDialog *m_settingsDialog = nullptr;
    bool m_hasRun = false;
    int m_run = -1; ///< Host::run() of what is shown.
};

} // namespace gatehouse::app
