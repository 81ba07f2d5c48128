// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settingskeeper.h"
#include "app/theme.h"
#include "app/workosdesk.h"
#include "host/host.h"
#include "inspector/clientsmodel.h"
#include "inspector/offermodel.h"
#include "inspector/trafficmodel.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

class QMenu;
class QSettings;
class QStackedWidget;

namespace gatehouse::base {
class SecretStore;
}

namespace gatehouse::app {

/// Where the language is kept that somebody chose; empty: the system's.
inline constexpr QLatin1StringView languageKey("window/language");

class Banners;
class ChecksDesk;
class ChecksView;
class ClientView;
class ClientsView;
class ConnectDesk;
class Details;
class DetailsWindows;
class DocumentsDialog;
class HomeView;
class KeysView;
class Palette;
struct PaletteEntry;
class Rail;
class ServerBar;
class SessionDesk;
class SessionKeeper;
class ShortcutsDialog;
class SettingsDialog;
class StatusItem;
class StatusLine;
struct ServerState;
class ToolsView;
class TrafficActions;
class TrafficView;
class View;

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

    /// Records what passes, from the next start() on: in `file`, or in one of `folder` until somebody names
    /// one. Once.
    void keepSessions(const QString &folder, const QString &file = {});
    void start();
    /// Closes also where that loses what is being typed: the system wants the program to end.
    void closeUnasked();
    [[nodiscard]] host::Host *host() { return &m_host; }
    [[nodiscard]] inspector::TrafficModel *traffic() { return &m_traffic; }
    [[nodiscard]] SessionKeeper *keeper() const { return m_keeper.get(); }
    [[nodiscard]] SessionDesk *sessions() const { return m_sessions; }
    [[nodiscard]] ClientView *client() const { return m_clientView; }
    /// Says anew where secrets are kept.
    void makeStatus();
    void updateStatus();

protected:
    void closeEvent(QCloseEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeMenus();
    void beginRun();
    void recordRun(bool idsAreNew);
    void updateServer();
    void copyAddress();
    /// At that setting, where one is named.
    void openSettings(const QString &field = {});
    void openDocuments();
    [[nodiscard]] ServerState serverState() const;
    void settingsApplied(const std::optional<host::StartError> &error, quint64 errand);
    void setLook(Appearance appearance, int textPercent);
    void fitToLook();
    /// For a while, in the status bar.
    void say(const QString &text, int milliseconds);
    void restore();
    void addView(View *view, const QString &iconName, const QString &name, const QString &actionName,
                 const QKeySequence &keys);
    void showView(View *view);
    [[nodiscard]] View *currentView() const;
    void connectViews();
    void connectTools();
    void connectKeys();
    void connectHome();
    void connectChecks();
    void openConnect();
    void connectDetails(Details *details);
    void openDetails(quint64 serial);
    void prepareDetails(Details *details);
    void restoreDefaultLayout();
    void openShortcuts();
    void startAt(int port);
    void showTraffic(const QString &filter);
    void listOffer();
    void goToPane(int step);
    void keepFocusOutOfBars(QWidget *old, QWidget *now);
    void openPalette(const QString &typed = {});
    void goToRequest(quint64 serial);
    [[nodiscard]] QList<PaletteEntry> paletteEntries();
    void goHome(); ///< With the focus, to what the view is about.
    void about();
    QAction *action(const QString &name, const QString &text, const QKeySequence &keys,
                    const std::function<void()> &run);

    QSettings *m_kept;
    base::SecretStore *m_secrets;
    std::unique_ptr<SessionKeeper> m_keeper; ///< Outlives the host, which tells it.
    host::Host m_host;
    WorkOsDesk m_workOs;
    SettingsKeeper m_settings;
    inspector::TrafficModel m_traffic;
    Appearance m_appearance = Appearance::AsTheDesktop;

    QAction *m_start = nullptr;
    QAction *m_stop = nullptr;
    ServerBar *m_bar = nullptr;
    Rail *m_rail = nullptr;
    QPointer<ShortcutsDialog> m_shortcuts;
    TrafficActions *m_trafficActions = nullptr;
    DetailsWindows *m_detailsWindows = nullptr;
    SessionDesk *m_sessions = nullptr;
    QList<QAction *> m_viewActions; ///< In the rail's order.
    QStackedWidget *m_pages = nullptr;
    HomeView *m_homeView = nullptr;
    TrafficView *m_trafficView = nullptr;
    ClientView *m_clientView = nullptr;
    ConnectDesk *m_connect = nullptr;
    ClientsView *m_clientsView = nullptr;
    ToolsView *m_toolsView = nullptr;
    KeysView *m_keysView = nullptr;
    ChecksDesk *m_checks = nullptr;
    ChecksView *m_checksView = nullptr;
    Banners *m_banners = nullptr;
    Palette *m_palette = nullptr;
    StatusLine *m_counts = nullptr; ///< Of the traffic.
    StatusLine *m_facts = nullptr; ///< Of the server.
    struct
    {
        StatusItem *shown;
        StatusItem *newest;
        StatusItem *sandbox;
        StatusItem *dropped;
        StatusItem *sessions;
        StatusItem *keys;
        StatusItem *issuer;
        StatusItem *kept;
        StatusItem *secrets;
    } m_status = {};
    QTimer m_statusClock; ///< What only time changes.
    qint64 m_keysFetchedAt = 0;
    inspector::ClientsModel m_clients;
    inspector::OfferModel m_offer;
    SettingsDialog *m_settingsDialog = nullptr;
    quint64 m_dialogErrand = 0; ///< What it applied last.
    DocumentsDialog *m_documents = nullptr;
    bool m_hasRun = false;
    int m_run = -1; ///< Host::run() of what is shown.
};

} // namespace gatehouse::app
