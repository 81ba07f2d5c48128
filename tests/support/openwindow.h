// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/mainwindow.h"
#include "base/secretstore.h"
#include "support/wait.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

namespace gatehouse {

/// The window over a server and a sandbox of its own, which leaves nothing behind.
class OpenWindow
{
public:
    /// It opens at the traffic, as one that was closed there; at its first view where `isFirst` says so.
    /// With `sessions` it records into a file of that folder.
    explicit OpenWindow(const host::Settings &changes = {}, bool isFirst = false, int textPercent = 100,
                        const QString &sessions = {})
        : m_kept(m_folder.filePath(QStringLiteral("window.ini")), QSettings::IniFormat)
        , m_isPrepared(isFirst || closedAtTheTraffic(m_kept, textPercent))
        , m_window(configuration(changes), m_folder.filePath(QStringLiteral("settings.json")), &m_kept,
                   &m_secrets)
    {
        if (!sessions.isEmpty())
            m_window.keepSessions(sessions);
        m_window.show();
        m_window.start();
    }

    /// False if the server does not come up in time.
    [[nodiscard]] bool waitForServer()
    {
        return gatehouse::waitFor([this] { return m_window.host()->state() == host::Host::State::Listening; },
                                  10'000);
    }
    /// The same, and it has the keyboard, as where a person just opened it.
    [[nodiscard]] bool waitUntilReady()
    {
        m_window.activateWindow();
        return QTest::qWaitForWindowActive(&m_window) && waitForServer();
    }
    [[nodiscard]] host::Running running() { return m_window.host()->running(); }
    [[nodiscard]] inspector::TrafficModel *traffic() { return m_window.traffic(); }
    [[nodiscard]] app::MainWindow *window() { return &m_window; }
    void close() { m_window.close(); }

    static bool closedAtTheTraffic(QSettings &kept, int textPercent)
    {
        kept.setValue(QStringLiteral("window/textPercent"), textPercent);
        kept.setValue(QStringLiteral("window/version"), 1);
        kept.setValue(QStringLiteral("window/viewName"), QStringLiteral("trafficView"));
        return true;
    }

private:
    static host::Configuration configuration(const host::Settings &changes)
    {
        host::Configuration configuration;
        configuration.settings = changes;
        configuration.settings.port = configuration.settings.sandboxPort = 0;
        configuration.settings.tokenLifetime = 3600;
        configuration.kept = configuration.settings;
        return configuration;
    }
    QTemporaryDir m_folder;
    QSettings m_kept;
    bool m_isPrepared; ///< Before the window reads them.
    base::MemorySecretStore m_secrets;
    app::MainWindow m_window;
};

} // namespace gatehouse
