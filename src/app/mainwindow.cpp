// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainwindow.h"

#include "app/banners.h"
#include "app/checksdesk.h"
#include "app/checksview.h"
#include "app/clientsview.h"
#include "app/clientview.h"
#include "app/connectdesk.h"
#include "app/copied.h"
#include "app/details.h"
#include "app/detailswindows.h"
#include "app/documentsdialog.h"
#include "app/homeview.h"
#include "app/icons.h"
#include "app/keysview.h"
#include "app/palette.h"
#include "app/rail.h"
#include "app/returnpresses.h"
#include "app/screenroom.h"
#include "app/serverbar.h"
#include "app/sessiondesk.h"
#include "app/sessionkeeper.h"
#include "app/settingsdialog.h"
#include "app/statusline.h"
#include "app/timestrip.h"
#include "app/toolsview.h"
#include "app/trafficactions.h"
#include "app/traffictable.h"
#include "app/trafficview.h"
#include "base/secretstore.h"
#include "host/sessionrun.h"
#include "host/settingstable.h"
#include "inspector/foreigntext.h"
#include "inspector/words.h"
#include "web/origin.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDateTime>
#include <QHBoxLayout>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

constexpr int stateVersion = 1; ///< Of what is kept; another version is not restored.
constexpr int narrowWindow = 1120;
constexpr QLatin1StringView savedFiltersKey("traffic/filters");
constexpr QLatin1StringView sessionNotedKey("sessions/noted");

QString layoutKey(const View &view)
{
    return u"layout/"_s + view.objectName();
}

} // namespace

MainWindow::MainWindow(const host::Configuration &configuration, QString settingsFile, QSettings *kept,
                       base::SecretStore *secrets, QWidget *parent)
    : QMainWindow(parent)
    , m_kept(kept)
    , m_secrets(secrets)
    , m_workOs(secrets, &m_host)
    , m_settings(&m_host, configuration, std::move(settingsFile), this)
{
    setObjectName(u"mainWindow"_s);
    // Before there are widgets: each would be polished a second time.
    Look::apply(Look::keptAppearance(*m_kept), Look::keptTextPercent(*m_kept));
    auto *center = new QWidget(this);
    auto *column = new QVBoxLayout(center);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_bar = new ServerBar(center);
    column->addWidget(m_bar);
    m_rail = new Rail(center);
    m_pages = new QStackedWidget(center);
    m_trafficView = new TrafficView(&m_traffic, m_pages);
    m_connect = new ConnectDesk(&m_clients, this);
    m_clientsView = new ClientsView(&m_clients, m_connect, m_pages);
    m_clientView = new ClientView(&m_traffic, m_secrets, m_pages);
    m_toolsView = new ToolsView(&m_offer, &m_traffic, m_pages);
    m_keysView = new KeysView(m_pages);
    m_homeView = new HomeView(m_clientView->run(), &m_workOs, m_pages);
    m_banners = new Banners(center);
    m_checks = new ChecksDesk({&m_host, &m_settings, &m_workOs, &m_clients, m_banners->outages()}, this);
    m_checksView = new ChecksView(m_checks, m_pages);
    addView(m_homeView, u"home"_s, tr("&Home"), u"actionHome"_s, Qt::ALT | Qt::Key_1);
    addView(m_trafficView, u"traffic"_s, tr("T&raffic"), u"actionTraffic"_s, Qt::ALT | Qt::Key_2);
    addView(m_clientsView, u"clients"_s, tr("Clie&nts"), u"actionClients"_s, Qt::ALT | Qt::Key_3);
    addView(m_clientView, u"signin"_s, tr("S&ign-in"), u"actionClient"_s, Qt::ALT | Qt::Key_4);
    addView(m_toolsView, u"tools"_s, tr("T&ools"), u"actionTools"_s, Qt::ALT | Qt::Key_5);
    addView(m_keysView, u"key"_s, tr("&Keys"), u"actionKeys"_s, Qt::ALT | Qt::Key_6);
    addView(m_checksView, u"checks"_s, tr("Che&cks"), u"actionChecks"_s, Qt::ALT | Qt::Key_7);
    m_rail->setCurrentRow(0);
    auto *page = new QVBoxLayout;
    page->setSpacing(0);
    page->addWidget(m_banners);
    page->addWidget(m_pages, 1);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addLayout(page, 1);
    column->addLayout(row, 1);
    setCentralWidget(center);
    makeStatus();
    m_detailsWindows = new DetailsWindows(
        &m_traffic, [this](Details *details) { prepareDetails(details); }, this);
    m_trafficActions = new TrafficActions(
        m_trafficView, &m_traffic, [this] { showView(m_trafficView); }, this);
    connect(m_trafficActions, &TrafficActions::detailsWanted, this, &MainWindow::openDetails);
    m_sessions = new SessionDesk(m_kept, this);
    connect(m_sessions, &SessionDesk::messageWanted, this, [this](const QString &text) { say(text, 8000); });
    makeMenus();
    m_palette = new Palette(this);

    connect(&m_host, &host::Host::stateChanged, this, [this] {
        if (m_host.state() == host::Host::State::Listening
            && std::exchange(m_run, m_host.run()) != m_host.run())
            beginRun();
        updateServer();
    });
    connect(&m_host, &host::Host::exchanged, this, [this](const QList<exchange::Exchange> &batch) {
        for (const exchange::Exchange &exchange : batch)
            m_keysFetchedAt = std::max(m_keysFetchedAt, exchange.verdict.keysFetchedAt);
        m_clients.record(batch);
        m_connect->record(batch);
        m_offer.record(batch);
        m_keysView->record(batch);
        m_traffic.record(batch);
        if (!m_traffic.isPaused())
            m_trafficView->strip()->record(batch);
        m_toolsView->lookAtTraffic();
    });
    connect(&m_host, &host::Host::sessionEnded, this, [this](const QByteArray &fingerprint) {
        m_clients.endSession(fingerprint);
        updateStatus();
    });
    connect(&m_host, &host::Host::noticed, m_banners, &Banners::showNotice);
    connect(m_banners, &Banners::outagesChanged, m_checks, &ChecksDesk::outagesChanged);
    connect(&m_host, &host::Host::noticed, this, [this](const host::Notice &notice) {
        if (notice.kind == host::Notice::Kind::KeysFetched)
            say(host::sentenceOf(notice), 15'000);
    });
    connect(m_banners, &Banners::keysWanted, &m_host, &host::Host::fetchKeys);
    connect(m_banners, &Banners::settingsWanted, this, &MainWindow::openSettings);
    connect(m_banners, &Banners::verifyWanted, &m_settings, &SettingsKeeper::turnVerifyOn);
    connect(&m_settings, &SettingsKeeper::applying, m_banners, &Banners::forgetOutages);
    connect(&m_settings, &SettingsKeeper::applied, this, &MainWindow::settingsApplied);
    connect(&m_settings, &SettingsKeeper::notKept, this, [this](const QString &why) { say(why, 10'000); });
    connectViews();
    new ReturnPresses(this);
    connect(qApp, &QApplication::focusChanged, this, &MainWindow::keepFocusOutOfBars);
    resize(QSize(1280, 800).boundedTo(roomOnScreen(*this)));
    restore();
    goHome();
    signCopies(this);
    // What keys and menus copy has no button to say so.
    connect(QApplication::clipboard(), &QClipboard::dataChanged, this, [this] {
        if (QApplication::clipboard()->ownsClipboard())
            say(tr("Copied"), 1500);
    });
    setWindowIcon(QIcon(u":/gatehouse.svg"_s)); // Resources are there once there is a look.
    updateServer();
}

MainWindow::~MainWindow()
{
    disconnect(qApp, nullptr, this, nullptr); // The focus moves while the children go.
    // Children go after the members, and these look at them; Home looks at the run of the sign-in.
    delete m_checksView;
    delete m_checks;
    delete m_homeView;
    delete m_toolsView;
    delete m_clientsView;
    delete m_connect;
    delete m_clientView;
}

void MainWindow::addView(View *view, const QString &iconName, const QString &name, const QString &actionName,
                         const QKeySequence &keys)
{
    m_pages->addWidget(view);
    m_rail->addView(view, iconName, QString(name).remove(u'&'), keys.toString(QKeySequence::NativeText));
    QAction *show = action(actionName, name, keys, [this, view] {
        showView(view);
        view->entrance()->setFocus();
    });
    m_viewActions.append(show);
}

View *MainWindow::currentView() const
{
    return static_cast<View *>(m_pages->currentWidget());
}

void MainWindow::connectViews()
{
    connect(m_bar, &ServerBar::startWanted, this, &MainWindow::start);
    connect(m_bar, &ServerBar::stopWanted, &m_host, &host::Host::stop);
    connect(m_bar, &ServerBar::settingsWanted, this, [this] { openSettings(); });
    connect(m_bar, &ServerBar::addressCopyWanted, this, &MainWindow::copyAddress);
    connect(m_rail, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_trafficView, &TrafficView::summaryChanged, this, &MainWindow::updateStatus);
    connect(m_trafficView, &TrafficView::savedFiltersChanged, this,
            [this](const QStringList &filters) { m_kept->setValue(savedFiltersKey, filters); });
    connect(m_trafficView, &TrafficView::startWanted, this, &MainWindow::start);
    connect(m_trafficView, &TrafficView::portWanted, this, &MainWindow::startAt);
    connect(m_trafficView, &TrafficView::addressCopyWanted, this, &MainWindow::copyAddress);
    connect(m_trafficView, &TrafficView::clientWanted, this, [this] {
        showView(m_clientView);
        m_clientView->runAll();
    });
    connect(m_clientsView, &ClientsView::startWanted, this, &MainWindow::start);
    connect(m_clientsView, &ClientsView::addressCopyWanted, this, &MainWindow::copyAddress);
    connect(m_clientsView, &ClientsView::trafficWanted, this, &MainWindow::showTraffic);
    connect(m_clientsView, &ClientsView::messageWanted, this,
            [this](const QString &text) { say(text, 8000); });
    m_connect->setOwnSteps([this](const QByteArray &mark) { return m_clientView->knowsStep(mark); });
    connect(m_connect, &ConnectDesk::arrived, this, [this](const QString &client) {
        say(tr("%1 is connected").arg(inspector::lineText(client)), 15'000);
        QApplication::alert(this);
    });
    connect(m_bar, &ServerBar::connectWanted, this, &MainWindow::openConnect);
    connect(m_bar, &ServerBar::settingWanted, this, &MainWindow::openSettings);
    connect(m_bar, &ServerBar::checksOnWanted, &m_settings, &SettingsKeeper::turnVerifyOn);
    connect(m_bar, &ServerBar::requestsWanted, this, &MainWindow::showTraffic);
    connect(m_bar, &ServerBar::dashboardWanted, m_clientView, &ClientView::openDashboard);
    connect(m_bar, &ServerBar::keysWanted, this, [this] {
        showView(m_keysView);
        m_keysView->entrance()->setFocus();
    });
    connect(m_bar, &ServerBar::faultsWanted, this, [this] {
        showView(m_homeView);
        m_homeView->showFaults();
    });
    connect(m_clientsView, &ClientsView::endWanted, this, [this](const QByteArray &session) {
        m_host.endSession(session, [this, session](bool wasThere) {
            m_clients.endSession(session); // Also one that was not there: the list was wrong.
            updateStatus();
            say(wasThere ? tr("The session has ended. Its client is told when it calls again.")
                         : tr("There was no such session any more."),
                8000);
        });
    });
    connectTools();
    connectKeys();
    connectHome();
    connectChecks();
    connectDetails(m_trafficView->details());
    connect(m_trafficView, &TrafficView::windowWanted, this, &MainWindow::openDetails);
    m_clientView->setWorkOs(&m_workOs);
    m_clientView->setDoor({[this](const oauth::CallbackDoor::Answer &answer) {
                               m_host.setRedirected(oauth::ownRedirectPath.toByteArray(), answer);
                           },
                           [this] { m_host.setRedirected(oauth::ownRedirectPath.toByteArray(), {}); }});
    connect(m_clientView, &ClientView::trafficWanted, this, [this](const QByteArray &id) {
        showView(m_trafficView);
        m_trafficView->showRequest(id);
    });
    connect(m_clientView, &ClientView::messageWanted, this, [this](const QString &text) { say(text, 5000); });
}

void MainWindow::connectDetails(Details *details)
{
    details->setClientSteps([this](const QByteArray &id) { return m_clientView->knowsStep(id); });
    details->setSettingWords([this](const QString &field) { return m_settings.wordsOf(field); });
    connect(details, &Details::keysWanted, &m_host, &host::Host::fetchKeys);
    connect(details, &Details::dashboardWanted, m_clientView, &ClientView::openDashboard);
    connect(details, &Details::messageWanted, this, [this](const QString &text) { say(text, 8000); });
    connect(details, &Details::clientStepWanted, this, [this](const QByteArray &id) {
        activateWindow();
        showView(m_clientView);
        m_clientView->showStep(id);
    });
}

void MainWindow::openDetails(quint64 serial)
{
    if (!m_detailsWindows->open(serial))
        say(tr("There are %1 such windows: close some of them first.").arg(DetailsWindows::most), 5000);
}

/// As they are in this window.
void MainWindow::prepareDetails(Details *details)
{
    const host::Running running
        = m_host.state() == host::Host::State::Listening ? m_host.running() : host::Running();
    details->setResource(running.resource);
    details->setUsesSandbox(running.sandbox);
    details->setTab(m_trafficView->details()->tab());
    connectDetails(details);
}

void MainWindow::restoreDefaultLayout()
{
    setWindowState(windowState() & ~(Qt::WindowMaximized | Qt::WindowFullScreen));
    resize(QSize(1280, 800).boundedTo(roomOnScreen(*this)));
    m_trafficView->setStripWanted(true);
    m_trafficView->setDetailsPlace(TrafficView::DetailsPlace::Automatic);
    m_trafficView->table()->restoreUsualColumns();
    for (int i = 0; i < m_pages->count(); ++i)
        static_cast<View *>(m_pages->widget(i))->restoreLayout({});
    m_trafficActions->update();
    say(tr("The layout is as it was at first"), 5000);
}

void MainWindow::connectTools()
{
    connect(&m_host, &host::Host::offerChanged, this, &MainWindow::listOffer);
    connect(m_toolsView, &ToolsView::startWanted, this, &MainWindow::start);
    connect(m_toolsView, &ToolsView::trafficWanted, this, [this](const QByteArray &id) {
        showView(m_trafficView);
        m_trafficView->showRequest(id);
    });
    connect(m_toolsView, &ToolsView::messageWanted, this, [this](const QString &text) { say(text, 5000); });
    ClientRun *run = m_clientView->run();
    const auto signedIn = [this, run] {
        const oauth::Flow *flow = run->flow();
        const bool isIn = flow && !flow->accessToken().isEmpty();
        m_toolsView->setSignedIn(isIn ? run->begun().server : QString(), {},
                                 isIn ? flow->tools() : QList<client::ToolInfo>(), [run] {
                                     return run->flow()
                                         ? ToolCaller::SignIn{run->flow()->accessToken(),
                                                              run->flow()->allowances().certificate}
                                         : ToolCaller::SignIn();
                                 });
    };
    connect(run, &ClientRun::changed, this, signedIn);
    connect(run, &ClientRun::finished, this, signedIn);
    connect(run, &ClientRun::flowMade, this, signedIn);
}

void MainWindow::listOffer()
{
    m_host.listOffer([this](const host::Offered &offered) {
        m_toolsView->setOffered(offered);
        m_checks->setOffered(offered);
        m_homeView->setToolCount(int(offered.tools.size()));
        QStringList scopes;
        for (const auto *list : {&offered.tools, &offered.resources, &offered.templates, &offered.prompts}) {
            for (const host::Offered::Entry &one : *list)
                scopes += one.needs.scopes;
        }
        scopes.removeDuplicates();
        m_keysView->setNeededScopes(scopes);
    });
}

void MainWindow::connectHome()
{
    connect(m_homeView, &HomeView::startWanted, this, &MainWindow::start);
    connect(m_homeView, &HomeView::portWanted, this, &MainWindow::startAt);
    connect(m_homeView, &HomeView::connectWanted, this, &MainWindow::openConnect);
    connect(m_homeView, &HomeView::tryWanted, m_clientView, &ClientView::tryOwn);
    connect(m_homeView, &HomeView::cancelWanted, this, [this] {
        m_clientView->cancel();
        m_clientView->run()->checks()->cancel();
    });
    connect(m_homeView, &HomeView::attacksWanted, m_clientView, &ClientView::runChecks);
    connect(m_homeView, &HomeView::stepsWanted, this, [this] {
        showView(m_clientView);
        m_clientView->entrance()->setFocus();
    });
    connect(m_homeView, &HomeView::trafficWanted, this, [this] {
        showView(m_trafficView);
        m_trafficView->maximiseDetails(false);
        m_trafficView->entrance()->setFocus();
    });
    connect(m_homeView, &HomeView::faultWanted, this, [this](const QString &name) {
        showView(m_clientView);
        m_clientView->tryFault(name);
    });
    connect(m_homeView, &HomeView::dashboardWanted, m_clientView, &ClientView::openDashboard);
    connect(m_homeView, &HomeView::issuerWanted, this, [this](const QString &subdomain) {
        host::Settings wanted = m_settings.configuration().settings;
        wanted.subdomain = subdomain;
        wanted.authorization = true;
        m_settings.apply(wanted, {u"subdomain"_s});
    });
}

void MainWindow::connectKeys()
{
    connect(m_keysView, &KeysView::startWanted, this, &MainWindow::start);
    connect(m_keysView, &KeysView::messageWanted, this, [this](const QString &text) { say(text, 8000); });
    connect(m_keysView, &KeysView::reportWanted, this, [this](bool anew) {
        m_host.readIssuer(anew, [this](const server::IssuerReport &report) {
            m_keysView->setReport(report, QDateTime::currentMSecsSinceEpoch());
        });
    });
    connect(m_keysView, &KeysView::judgeWanted, this, [this](const QByteArray &token) {
        m_host.judge(token, [this, token](const auth::Verdict &verdict) {
            m_keysView->setVerdict(token, verdict, QDateTime::currentMSecsSinceEpoch());
        });
    });
}

void MainWindow::connectChecks()
{
    connect(m_checks, &ChecksDesk::messageWanted, this, [this](const QString &text) { say(text, 8000); });
    connect(m_checksView, &ChecksView::startWanted, this, &MainWindow::start);
    connect(m_checksView, &ChecksView::portWanted, this, &MainWindow::startAt);
    connect(m_checksView, &ChecksView::settingsWanted, this, &MainWindow::openSettings);
    connect(m_checksView, &ChecksView::dashboardWanted, m_clientView, &ClientView::openDashboard);
    connect(m_checksView, &ChecksView::clientsWanted, this, [this] {
        showView(m_clientsView);
        m_clientsView->entrance()->setFocus();
    });
    connect(m_checksView, &ChecksView::trafficWanted, this, &MainWindow::showTraffic);
}

void MainWindow::openConnect()
{
    showView(m_clientsView);
    m_clientsView->showConnect(true);
}

void MainWindow::startAt(int port)
{
    m_settings.setPort(port);
    start();
}

void MainWindow::showTraffic(const QString &filter)
{
    showView(m_trafficView);
    m_trafficView->maximiseDetails(false); // They would hide what was asked for.
    m_trafficView->setFilterText(filter);
    m_trafficView->home()->setFocus();
}

void MainWindow::showView(View *view)
{
    m_rail->setCurrentRow(m_pages->indexOf(view));
}

void MainWindow::start()
{
    m_banners->forgetOutages();
    m_settings.start();
}

void MainWindow::keepSessions(const QString &folder, const QString &file)
{
    m_keeper = std::make_unique<SessionKeeper>(folder, file);
    m_host.addSink(m_keeper->sink());
    m_sessions->setKeeper(m_keeper.get());
    connect(m_trafficView, &TrafficView::pausedChanged, m_keeper.get(), &SessionKeeper::setPaused);
    connect(m_trafficView, &TrafficView::cleared, m_keeper.get(), &SessionKeeper::forget);
    connect(m_keeper.get(), &SessionKeeper::keptChanged, this, &MainWindow::updateStatus);
    connect(m_keeper.get(), &SessionKeeper::faultChanged, this, [this] {
        m_banners->setRecordFault(m_keeper->fault() ? sessionFaultWords(*m_keeper->fault()) : QString());
    });
    connect(m_banners, &Banners::sessionWanted, m_sessions, &SessionDesk::open);
    connect(m_homeView->sessions(), &SessionCards::openWanted, m_sessions, &SessionDesk::open);
    connect(m_homeView->sessions(), &SessionCards::askWanted, m_sessions, [this] { m_sessions->ask(this); });
    const auto show = [this] { m_homeView->sessions()->show(m_sessions->offered()); };
    connect(m_sessions, &SessionDesk::recentChanged, this, show);
    show();
    connect(m_banners, &Banners::sessionNoted, this,
            [this](const QString &path) { m_kept->setValue(sessionNotedKey, path); });
    const QList<EarlierSession> earlier = m_keeper->earlier();
    if (!earlier.isEmpty() && earlier.first().wasCutOff
        && m_kept->value(sessionNotedKey).toString() != earlier.first().path)
        m_banners->offerSession(earlier.first().path, earlier.first().requests);
    updateStatus();
}

/// What passes from here on is judged by what the settings are now.
void MainWindow::recordRun(bool idsAreNew)
{
    if (m_keeper && m_host.state() == host::Host::State::Listening)
        m_keeper->beginRun(host::sessionRunOf(m_host.running(), m_settings.configuration().settings,
                                              QDateTime::currentMSecsSinceEpoch()),
                           idsAreNew);
}

/// Called once the server listens and not when it is asked to start: by then, what an earlier run recorded
/// has arrived.
void MainWindow::beginRun()
{
    m_traffic.startRun(
        m_hasRun ? tr("Server restarted at %1").arg(QTime::currentTime().toString(u"HH:mm:ss"_s)) : QString(),
        QDateTime::currentMSecsSinceEpoch());
    m_hasRun = true;
    recordRun(true);
    m_keysFetchedAt = 0;
    m_clients.clear();
    m_offer.clearCounts();
    m_keysView->clear();
}

void MainWindow::openDocuments()
{
    if (!m_documents) {
        m_documents = new DocumentsDialog(this);
        connect(&m_host, &host::Host::documentsChanged, m_documents, &DocumentsDialog::documentsChanged);
    }
    if (m_host.state() == host::Host::State::Listening)
        m_documents->setStore(m_host.running().documents, m_host.running().organizations);
    m_documents->show();
    m_documents->raise();
    m_documents->activateWindow();
}

void MainWindow::openSettings(const QString &field)
{
    if (!m_settingsDialog) {
        m_settingsDialog = new SettingsDialog(m_settings.file(), &m_workOs, this);
        connect(m_settingsDialog, &SettingsDialog::applyWanted, this,
                [this](const host::Settings &wanted, const QSet<QString> &decided) {
                    m_dialogErrand = m_settings.apply(wanted, decided);
                });
        connect(m_settingsDialog, &SettingsDialog::lookWanted, this, &MainWindow::setLook);
        connect(m_settingsDialog, &SettingsDialog::languageWanted, this,
                [this](const QString &code) { m_kept->setValue(languageKey, code); });
        m_settingsDialog->setLanguage(m_kept->value(languageKey).toString());
        m_settingsDialog->setLook(m_appearance, Look::textPercent());
    }
    if (m_settingsDialog->isVisible()) {
        m_settingsDialog->raise(); // What is being typed there stays.
        m_settingsDialog->activateWindow();
    } else {
        m_settingsDialog->show(m_settings.configuration(), serverState());
    }
    if (!field.isEmpty())
        m_settingsDialog->goTo(field);
}

ServerState MainWindow::serverState() const
{
    if (m_host.state() != host::Host::State::Listening)
        return {};
    const host::Running running = m_host.running();
    return {running.port, running.resource};
}

void MainWindow::settingsApplied(const std::optional<host::StartError> &error, quint64 errand)
{
    if (!error)
        recordRun(false);
    if (!error)
        m_traffic.addNote(tr("Settings applied at %1").arg(QTime::currentTime().toString(u"HH:mm:ss"_s)),
                          QDateTime::currentMSecsSinceEpoch());
    else if (!m_settingsDialog || errand != m_dialogErrand) // The dialog says its own.
        say(host::sentenceOf(*error), 15'000);
    if (m_settingsDialog && errand == m_dialogErrand)
        m_settingsDialog->applied(error, m_settings.configuration(), serverState());
    else if (m_settingsDialog && !error)
        m_settingsDialog->follow(m_settings.configuration(), serverState());
}

void MainWindow::updateServer()
{
    using State = host::Host::State;
    const State state = m_host.state();
    const host::Running running = state == State::Listening ? m_host.running() : host::Running();
    m_bar->show(state, running, state == State::Failed ? host::sentenceOf(m_host.error()) : QString());
    const bool isUp = state == State::Listening || state == State::Starting;
    m_start->setEnabled(!isUp);
    m_stop->setEnabled(isUp);
    setWindowTitle(running.sandbox ? tr("Gatehouse – SANDBOX") : tr("Gatehouse"));
    m_trafficView->setServer(state, running);
    if (state == State::Failed)
        m_trafficView->setStartError(m_host.error());
    if (!isUp)
        m_clients.endAll();
    m_homeView->setServer(state, running, state == State::Failed ? m_host.error() : host::StartError());
    m_connect->setServer(running.resource,
                         running.issuer.isEmpty() ? SignInPlace::Nowhere
                             : running.sandbox    ? SignInPlace::Sandbox
                                                  : SignInPlace::Elsewhere);
    m_clients.setPublished(web::authorityOf(QUrl(running.resource)).toLatin1());
    m_clientsView->setAddress(running.resource);
    m_clientView->setServer(state, running);
    m_toolsView->setServer(state, running);
    m_keysView->setServer(running.resource, running.issuer);
    m_checks->serverChanged();
    if (state == State::Listening)
        listOffer();
    m_banners->setServer(state == State::Listening ? &running : nullptr);
    m_workOs.setServer(state == State::Listening ? &running : nullptr);
    if (m_documents)
        m_documents->setStore(running.documents, running.organizations);
    if (m_settingsDialog && m_settingsDialog->isVisible())
        m_settingsDialog->follow(m_settings.configuration(), serverState());
    updateStatus();
}

void MainWindow::copyAddress()
{
    QApplication::clipboard()->setText(m_host.running().resource);
    say(tr("Copied %1").arg(m_host.running().resource), 2000);
}

void MainWindow::setLook(Appearance appearance, int textPercent)
{
    m_appearance = appearance;
    Look::apply(appearance, textPercent);
    const QList<QAction *> choices = findChildren<QAction *>();
    for (QAction *choice : choices) {
        if (choice->actionGroup() && choice->data().isValid())
            choice->setChecked(choice->data().toInt() == int(appearance));
    }
    fitToLook();
    if (m_settingsDialog)
        m_settingsDialog->setLook(appearance, Look::textPercent());
}

/// What goes by the size of the text. A window that was never shown does not know its font yet.
void MainWindow::fitToLook()
{
    fitIcons(this);
    m_rail->retheme();
    for (int i = 0; i < m_pages->count(); ++i)
        static_cast<View *>(m_pages->widget(i))->retheme();
    m_detailsWindows->retheme();
    m_sessions->retheme();
    updateServer();
    QResizeEvent again(size(), size());
    resizeEvent(&again);
}

/// Where a widget goes away or is disabled, Qt gives its focus to the next one, or to nobody. The next may be
/// Stop, or a banner's button: one press of the space bar would stop the server.
void MainWindow::keepFocusOutOfBars(QWidget *old, QWidget *now)
{
    const auto isInBars = [this](const QWidget *widget) {
        return m_bar->isAncestorOf(widget) || m_banners->isAncestorOf(widget)
            || statusBar()->isAncestorOf(widget);
    };
    if (!old || (now && !isInBars(now)) || (!now && !isAncestorOf(old)))
        return;
    // Once it is clear what became of the old one: Qt moves the focus first.
    const auto look = [this, from = QPointer(old), to = QPointer(now)] {
        const bool wentAway = !from || !from->isVisible() || !from->isEnabled();
        if (wentAway && isActiveWindow() && QApplication::focusWidget() == to)
            goHome();
    };
    QMetaObject::invokeMethod(this, look, Qt::QueuedConnection);
}

/// All actions of the menus, what servers offer, and every setting.
QList<PaletteEntry> MainWindow::paletteEntries()
{
    QList<PaletteEntry> entries;
    const QList<QAction *> menus = menuBar()->actions();
    for (const QAction *menu : menus) {
        const QList<QAction *> actions = menu->menu() ? menu->menu()->actions() : QList<QAction *>();
        for (QAction *one : actions) {
            if (!one->isSeparator() && one->isEnabled() && one->objectName() != "actionPalette"_L1)
                entries.append({QString(one->text()).remove(u'&'), QString(menu->text()).remove(u'&'),
                                one->shortcut().toString(QKeySequence::NativeText), [action = QPointer(one)] {
                                    if (action)
                                        action->trigger();
                                }});
        }
    }
    for (const inspector::OfferItem &item : m_toolsView->ownItems())
        entries.append({item.name, tr("Tools"), {}, [this, kind = item.kind, name = item.name] {
                            showView(m_toolsView);
                            m_toolsView->goTo(kind, name);
                            m_toolsView->entrance()->setFocus();
                        }});
    for (const host::Setting &setting : host::settingsTable())
        entries.append({host::Setting::translated(setting.label),
                        tr("Settings › %1").arg(host::titleOf(setting.topic)),
                        {},
                        [this, field = setting.field] { openSettings(field); }});
    return entries;
}

void MainWindow::openPalette(const QString &typed)
{
    const auto otherwise = [this](const QString &words) {
        QList<PaletteEntry> entries;
        static const QRegularExpression number(u"^#?(\\d{1,18})$"_s);
        if (const auto found = number.match(words); found.hasMatch()) {
            const quint64 serial = found.captured(1).toULongLong();
            entries.append({tr("Go to request %1").arg(serial), tr("Traffic"), {}, [this, serial] {
                                goToRequest(serial);
                            }});
        }
        static const QRegularExpression beginning(u"^#\\d*$"_s);
        if (!beginning.match(words).hasMatch())
            entries.append({tr("Filter the traffic: %1").arg(words), tr("Traffic"), {}, [this, words] {
                                showTraffic(words);
                            }});
        return entries;
    };
    m_palette->open(paletteEntries(), otherwise, typed);
}

void MainWindow::goToRequest(quint64 serial)
{
    showView(m_trafficView);
    if (!m_trafficView->showSerial(serial))
        say(tr("There is no request %1 any more, or not yet").arg(serial), 5000);
}

void MainWindow::goHome()
{
    currentView()->home()->setFocus();
}

void MainWindow::goToPane(int step)
{
    QList<QWidget *> panes{m_bar->startStop(), m_rail};
    for (QPushButton *button : findChildren<QPushButton *>()) {
        if (button->objectName().startsWith("banner"_L1))
            panes.append(button);
    }
    panes += currentView()->panes();
    panes += {m_counts, m_facts};
    panes.removeIf([](QWidget *pane) { return !pane->isVisible(); });
    const QWidget *now = focusWidget();
    qsizetype at = 0;
    for (qsizetype i = 0; i < panes.size(); ++i) {
        if (now && (now == panes.at(i) || panes.at(i)->isAncestorOf(now)))
            at = i;
    }
    QWidget *next = panes.at((at + step + panes.size()) % panes.size());
    if (next->focusPolicy() == Qt::NoFocus) // A page: to its first field.
        for (QWidget *one = next->nextInFocusChain(); next->isAncestorOf(one);
             one = one->nextInFocusChain()) {
            if (one->isVisible() && one->isEnabled() && (one->focusPolicy() & Qt::TabFocus) != 0) {
                next = one;
                break;
            }
        }
    next->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::say(const QString &text, int milliseconds)
{
    statusBar()->showMessage(inspector::lineText(text), milliseconds);
}

void MainWindow::about()
{
    QMessageBox::about(
        this, tr("About Gatehouse"),
        tr("Gatehouse %1\n\nHosts an MCP server behind WorkOS AuthKit and shows everything that passes "
           "the gate.\n\nQt %2. GPL-3.0-or-later.")
            .arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion())));
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    fitToLook();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    // Where there is little room, icons say which view it is.
    const bool isNarrow = width() < narrowWindow * Look::textPercent() / 100;
    const int height = fontMetrics().height();
    m_banners->setCompact(this->height() < 24 * height);
    m_rail->setNarrow(isNarrow);
    updateStatus();
}

void MainWindow::restore()
{
    const bool isOurs = m_kept->value(u"window/version"_s).toInt() == stateVersion;
    if (isOurs) {
        restoreGeometry(m_kept->value(u"window/geometry"_s).toByteArray());
        for (int i = 0; i < m_pages->count(); ++i) {
            auto *view = static_cast<View *>(m_pages->widget(i));
            if (const QByteArray kept = m_kept->value(layoutKey(*view)).toByteArray(); !kept.isEmpty())
                view->restoreLayout(kept);
        }
        m_trafficView->setDetailsPlace(
            TrafficView::DetailsPlace(std::clamp(m_kept->value(u"window/detailsPlace"_s, 0).toInt(), 0, 2)));
        m_trafficView->details()->setTab(m_kept->value(u"window/tab"_s).toInt());
        if (auto *view = m_pages->findChild<View *>(m_kept->value(u"window/viewName"_s).toString(),
                                                    Qt::FindDirectChildrenOnly))
            showView(view);
    }
    m_trafficView->setSavedFilters(m_kept->value(savedFiltersKey).toStringList());
    m_clientView->form()->setHistory(m_kept->value(u"client/servers"_s).toStringList());
    m_toolsView->restoreArguments(m_kept->value(u"tools/arguments"_s).toByteArray());
    m_banners->setSandboxNoted(m_kept->value(u"window/sandboxNoted"_s, false).toBool());
    m_trafficView->setSandboxShown(m_kept->value(u"window/sandboxShown"_s, false).toBool());
    setLook(Look::keptAppearance(*m_kept), Look::keptTextPercent(*m_kept));
    m_trafficView->setStripWanted(m_kept->value(u"window/timeStrip"_s, true).toBool());
    m_trafficActions->update();
    if (isOurs)
        m_trafficView->table()->restoreColumns(m_kept->value(u"window/columns"_s).toByteArray());
}

void MainWindow::closeUnasked()
{
    if (m_settingsDialog)
        m_settingsDialog->leave();
    if (m_documents)
        m_documents->leave();
    m_sessions->closeAll();
    close();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_settingsDialog && m_settingsDialog->isVisible() && !m_settingsDialog->close()) {
        event->ignore(); // It says first what would be lost.
        return;
    }
    if (m_documents && !m_documents->mayBeLeft()) {
        event->ignore();
        return;
    }
    m_kept->setValue(u"window/version"_s, stateVersion);
    m_kept->setValue(u"window/geometry"_s, saveGeometry());
    for (int i = 0; i < m_pages->count(); ++i) {
        const auto *view = static_cast<View *>(m_pages->widget(i));
        m_kept->setValue(layoutKey(*view), view->saveLayout());
    }
    m_kept->setValue(u"window/timeStrip"_s, m_trafficView->isStripWanted());
    m_kept->setValue(u"window/detailsPlace"_s, int(m_trafficView->detailsPlace()));
    m_kept->setValue(u"window/viewName"_s, currentView()->objectName());
    m_kept->setValue(u"client/servers"_s, m_clientView->form()->history());
    m_kept->setValue(u"tools/arguments"_s, m_toolsView->savedArguments());
    m_kept->setValue(u"window/columns"_s, m_trafficView->table()->saveColumns());
    m_kept->setValue(u"window/tab"_s, m_trafficView->details()->tab());
    m_kept->setValue(u"window/appearance"_s, int(m_appearance));
    m_kept->setValue(u"window/textPercent"_s, Look::textPercent());
    m_kept->setValue(u"window/sandboxShown"_s, m_trafficView->isSandboxShown());
    m_kept->setValue(u"window/sandboxNoted"_s, m_banners->isSandboxNoted());
    m_host.stop();
    event->accept();
}

} // namespace gatehouse::app
