// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/banners.h"
#include "app/clientsview.h"
#include "app/keysview.h"
#include "app/mainwindow.h"
#include "app/sessiondesk.h"
#include "app/sessionkeeper.h"
#include "app/statusline.h"
#include "app/trafficview.h"
#include "auth/explanation.h"

#include <QDateTime>
#include <QFileInfo>
#include <QStatusBar>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

void MainWindow::makeStatus()
{
    m_counts = new StatusLine(this);
    m_counts->setObjectName(u"counts"_s);
    const auto traffic = [this](const std::function<void()> &then) {
        return [this, then] {
            showView(m_trafficView);
            then();
        };
    };
    m_status.shown = m_counts->add(u"statusShown"_s, traffic([this] { m_trafficView->focusFilter(); }));
    m_status.newest = m_counts->add(u"statusNewest"_s, traffic([this] {
                                        if (m_trafficView->isPaused())
                                            m_trafficView->togglePause();
                                        m_trafficView->follow();
                                    }));
    m_status.sandbox = m_counts->add(u"statusSandbox"_s, traffic([this] {
                                         m_trafficView->setSandboxShown(true);
                                         m_trafficView->maximiseDetails(false);
                                         m_trafficView->home()->setFocus();
                                     }));
    m_status.dropped = m_counts->add(u"statusDropped"_s, traffic([this] { m_trafficView->follow(); }));
    m_facts = new StatusLine(this); // Behind the others in the order of the focus.
    m_facts->setObjectName(u"facts"_s);
    m_status.sessions = m_facts->add(u"statusSessions"_s, [this] {
        showView(m_clientsView);
        m_clientsView->entrance()->setFocus();
    });
    m_status.keys = m_facts->add(u"statusKeys"_s, [this] {
        showView(m_keysView);
        m_keysView->entrance()->setFocus();
    });
    m_status.issuer = m_facts->add(u"statusIssuer"_s, [this] { openSettings(u"subdomain"_s); });
    m_status.kept = m_facts->add(u"statusKept"_s, [this] {
        if (m_keeper && !m_keeper->keptIn().isEmpty())
            m_sessions->open(m_keeper->keptIn());
    });
    m_status.secrets = m_facts->add(u"statusSecrets"_s, [this] { openSettings(u"apiKey"_s); });
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(m_counts);
    statusBar()->addPermanentWidget(m_facts);
    m_statusClock.setInterval(5'000);
    connect(&m_statusClock, &QTimer::timeout, this, &MainWindow::updateStatus);
    m_statusClock.start();
}

void MainWindow::updateStatus()
{
    const TrafficView::Summary summary = m_trafficView->summary();
    m_status.shown->say(summary.shown, tr("filter them"));
    m_status.newest->say(summary.newest, tr("go to the newest"));
    m_status.sandbox->say(summary.sandbox, tr("show them"));
    m_status.dropped->say(summary.dropped, tr("show those that are left"));
    const auto sessions = int(m_clients.log().sessions());
    m_status.sessions->say(sessions > 0 ? tr("Sessions: %1").arg(sessions) : QString(),
                           tr("show the clients"));
    const qint64 ago = QDateTime::currentMSecsSinceEpoch() - m_keysFetchedAt;
    m_status.keys->say(m_keysFetchedAt > 0 ? tr("Keys read %1 ago").arg(auth::duration(ago / 1000))
                                           : QString(),
                       tr("show them"));
    const bool isUp = m_host.state() == host::Host::State::Listening;
    m_status.issuer->say(
        isUp && !m_host.running().issuer.isEmpty() ? tr("Issuer %1").arg(m_host.running().issuer) : QString(),
        tr("change it"));
    m_status.kept->say(m_keeper && !m_keeper->keptIn().isEmpty()
                           ? tr("Kept in %1").arg(QFileInfo(m_keeper->keptIn()).fileName())
                           : QString(),
                       tr("look at it"));
    m_status.secrets->say(m_secrets->outlivesTheProgram() ? tr("Secrets: system keyring")
                                                          : tr("Secrets: in memory only"),
                          tr("show the settings of WorkOS"));
    // What never changes gives way to what does; Checks says it as well.
    int wanted = 0;
    for (const StatusItem *item : statusBar()->findChildren<StatusItem *>())
        wanted += item->said().isEmpty() ? 0 : item->sizeHint().width();
    const int around = 5 * fontMetrics().averageCharWidth();
    m_status.secrets->setRoom(wanted + around <= width());
}

} // namespace gatehouse::app
