// SPDX-License-Identifier: GPL-3.0-or-later
// The menus of MainWindow, which hold all of its keys.
#include "app/clientview.h"
#include "app/details.h"
#include "app/icons.h"
#include "app/mainwindow.h"
#include "app/shortcutsdialog.h"
#include "app/toolsview.h"
#include "app/traffictable.h"
#include "app/trafficview.h"
#include "inspector/words.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QMenuBar>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

QAction *MainWindow::action(const QString &name, const QString &text, const QKeySequence &keys,
                            const std::function<void()> &run)
{
    auto *made = new QAction(text, this);
    made->setObjectName(name);
    made->setShortcut(keys);
    connect(made, &QAction::triggered, this, run);
    return made;
}

void MainWindow::makeMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    file->setObjectName(u"fileMenu"_s);
    file->addAction(
        action(u"actionSettings"_s, tr("S&ettings…"), Qt::CTRL | Qt::Key_Comma, [this] { openSettings(); }));
    file->addAction(
        action(u"actionDocuments"_s, tr("&Documents…"), Qt::CTRL | Qt::Key_D, [this] { openDocuments(); }));
    file->addSeparator();
    file->addAction(action(u"actionQuit"_s, tr("&Quit"), Qt::CTRL | Qt::Key_Q, [this] { close(); }));

    QMenu *server = menuBar()->addMenu(tr("&Server"));
    m_start = action(u"actionStart"_s, tr("&Start"), Qt::Key_F5, [this] { start(); });
    m_stop = action(u"actionStop"_s, tr("S&top"), Qt::SHIFT | Qt::Key_F5, [this] { m_host.stop(); });
    server->addAction(m_start);
    server->addAction(m_stop);
    server->addAction(
        action(u"actionRestart"_s, tr("&Restart"), Qt::CTRL | Qt::SHIFT | Qt::Key_F5, [this] { start(); }));
    server->addAction(action(u"actionCopyAddress"_s, tr("&Copy address"), {}, [this] { copyAddress(); }));
    server->addSeparator();
    server->addAction(action(u"actionConnect"_s, tr("Connect &a client…"), Qt::CTRL | Qt::SHIFT | Qt::Key_A,
                             [this] { openConnect(); }));

    QMenu *view = menuBar()->addMenu(tr("&View"));
    auto *looks = new QActionGroup(this);
    const std::tuple<QString, QString, Appearance> appearances[]
        = {{u"actionAsTheDesktop"_s, tr("&As the desktop"), Appearance::AsTheDesktop},
           {u"actionLight"_s, tr("&Light"), Appearance::Light},
           {u"actionDark"_s, tr("&Dark"), Appearance::Dark}};
    for (const auto &[name, text, appearance] : appearances) {
        QAction *choice
            = action(name, text, {}, [this, wanted = appearance] { setLook(wanted, Look::textPercent()); });
        choice->setCheckable(true);
        choice->setData(int(appearance));
        looks->addAction(choice);
        view->addAction(choice);
    }
    view->addSeparator();
    view->addAction(action(u"actionLarger"_s, tr("Larger &text"), QKeySequence::ZoomIn,
                           [this] { setLook(m_appearance, Look::textPercent() + 10); }));
    view->addAction(action(u"actionSmaller"_s, tr("&Smaller text"), QKeySequence::ZoomOut,
                           [this] { setLook(m_appearance, Look::textPercent() - 10); }));
    view->addAction(action(u"actionUsualSize"_s, tr("&Usual text size"), Qt::CTRL | Qt::Key_0,
                           [this] { setLook(m_appearance, 100); }));
    view->addSeparator();
    makePlaceActions(view);
    view->addSeparator();
    view->addActions(m_viewActions);
    view->addAction(action(u"actionNextPane"_s, tr("Ne&xt pane"), Qt::Key_F6, [this] { goToPane(1); }));
    view->addAction(action(u"actionPreviousPane"_s, tr("Pre&vious pane"), Qt::SHIFT | Qt::Key_F6,
                           [this] { goToPane(-1); }));
    view->addSeparator();
    const QString tabs[] = {tr("Show summary"), tr("Show request"), tr("Show response"),
                            tr("Show headers"), tr("Show token"),   tr("Show timing")};
    for (int tab = 0; tab < int(std::size(tabs)); ++tab)
        view->addAction(action(u"actionTab%1"_s.arg(tab + 1), tabs[tab],
                               QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + tab)), [this, tab] {
                                   showView(m_trafficView);
                                   m_trafficView->details()->setTab(tab);
                               }));

    view->addSeparator();
    view->addAction(
        action(u"actionPalette"_s, tr("&Find anything…"), Qt::CTRL | Qt::Key_K, [this] { openPalette(); }));

    QMenu *traffic = menuBar()->addMenu(tr("&Traffic"));
    TrafficTable *table = m_trafficView->table();
    traffic->addAction(action(u"actionFilter"_s, tr("&Filter"), QKeySequence::Find, [this] {
        showView(m_trafficView);
        m_trafficView->focusFilter();
    }));
    Details *details = m_trafficView->details();
    traffic->addAction(action(u"actionFind"_s, tr("Find in the &details"), Qt::CTRL | Qt::SHIFT | Qt::Key_F,
                              [this, details] {
                                  showView(m_trafficView);
                                  details->find();
                              }));
    traffic->addAction(action(u"actionFindNext"_s, tr("Find a&gain"), Qt::Key_F3, [this, details] {
        showView(m_trafficView);
        details->findNext(false);
    }));
    traffic->addAction(
        action(u"actionFindPrevious"_s, tr("Find bac&kwards"), Qt::SHIFT | Qt::Key_F3, [this, details] {
            showView(m_trafficView);
            details->findNext(true);
        }));
    traffic->addAction(action(u"actionNext"_s, tr("&Next request"), Qt::Key_F8, [this, table] {
        showView(m_trafficView);
        table->selectBeside(1);
    }));
    traffic->addAction(action(u"actionPrevious"_s, tr("&Previous request"), Qt::Key_F7, [this, table] {
        showView(m_trafficView);
        table->selectBeside(-1);
    }));
    const auto sameSession = [this, table](int step) {
        showView(m_trafficView);
        const auto now = m_traffic.entryOf(table->currentSerial());
        if (!now || now->isNote())
            return;
        table->selectBeside(step, [&now](const inspector::Entry &entry) {
            return now->exchange.session.isEmpty() ? entry.exchange.client == now->exchange.client
                                                   : entry.exchange.session == now->exchange.session;
        });
    };
    traffic->addAction(action(u"actionNextOfSession"_s, tr("Next of the same sessi&on"),
                              Qt::SHIFT | Qt::Key_F8, [sameSession] { sameSession(1); }));
    traffic->addAction(action(u"actionPreviousOfSession"_s, tr("Pre&vious of the same session"),
                              Qt::SHIFT | Qt::Key_F7, [sameSession] { sameSession(-1); }));
    const auto pinned = [this, table](int step) {
        showView(m_trafficView);
        table->selectBeside(step, [](const inspector::Entry &entry) { return entry.isPinned; });
    };
    traffic->addAction(action(u"actionNextPin"_s, tr("Next pin"), Qt::CTRL | Qt::SHIFT | Qt::Key_N,
                              [pinned] { pinned(1); }));
    traffic->addAction(action(u"actionPreviousPin"_s, tr("Previous pin"), Qt::CTRL | Qt::SHIFT | Qt::Key_B,
                              [pinned] { pinned(-1); }));
    traffic->addAction(action(u"actionGoTo"_s, tr("Go &to request…"), Qt::CTRL | Qt::Key_G,
                              [this] { openPalette(u"#"_s); }));
    traffic->addAction(action(u"actionFilterBack"_s, tr("Filter &before"), Qt::ALT | Qt::Key_Left, [this] {
        showView(m_trafficView);
        m_trafficView->goThroughFilters(true);
    }));
    traffic->addAction(action(u"actionFilterForward"_s, tr("Filter &after"), Qt::ALT | Qt::Key_Right, [this] {
        showView(m_trafficView);
        m_trafficView->goThroughFilters(false);
    }));
    traffic->addAction(action(u"actionPin"_s, tr("P&in or unpin"), Qt::CTRL | Qt::Key_M, [this, table] {
        if (const auto entry = m_traffic.entryOf(table->currentSerial()))
            m_traffic.setPinned(entry->serial, !entry->isPinned);
    }));
    traffic->addSeparator();
    traffic->addAction(action(u"actionPause"_s, tr("Pau&se or resume"), Qt::CTRL | Qt::SHIFT | Qt::Key_P,
                              [this] { m_trafficView->togglePause(); }));
    traffic->addAction(action(u"actionClear"_s, tr("C&lear"), {}, [this] { m_trafficView->clear(); }));
    traffic->addSeparator();
    // These two belong to the list: window-wide they would take Ctrl+C and Ctrl+End from every text.
    QAction *copyRow = action(u"actionCopyRow"_s, tr("&Copy row"), QKeySequence::Copy, [this, table] {
        const auto entry = m_traffic.entryOf(table->currentSerial());
        if (!entry || entry->isNote())
            return;
        const inspector::RowWords words = inspector::wordsOf(entry->exchange);
        QApplication::clipboard()->setText(QStringList{words.time, words.client, words.call, words.status,
                                                       words.result, words.verdict, words.user, words.took}
                                               .join(u'\t'));
    });
    QAction *newest = action(u"actionNewest"_s, tr("Follow the ne&west"), Qt::CTRL | Qt::Key_End,
                             [table] { table->follow(); });
    for (QAction *own : {copyRow, newest}) {
        own->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        table->addAction(own);
        traffic->addAction(own);
    }
    QAction *copyReport = action(u"actionCopyReport"_s, tr("Copy &report"), {},
                                 [this] { m_trafficView->details()->copyReport(); });
    QAction *copyCurl = action(u"actionCopyCurl"_s, tr("Copy as c&URL"), Qt::CTRL | Qt::SHIFT | Qt::Key_C,
                               [this] { m_trafficView->details()->copyCurl(); });
    traffic->addAction(copyReport);
    traffic->addAction(copyCurl);
    table->addActions({copyReport, copyCurl, findChild<QAction *>(u"actionPin"_s)});

    QMenu *client = menuBar()->addMenu(tr("&Client"));
    const auto act = [this, client](const QString &name, const QString &text, const QKeySequence &keys,
                                    void (*run)(ClientView *)) {
        client->addAction(action(name, text, keys, [this, run] {
            showView(m_clientView);
            run(m_clientView);
        }));
    };
    // The key does the next thing of the view that is shown.
    client->addAction(action(u"actionNextStep"_s, tr("&Next step"), Qt::CTRL | Qt::Key_Return, [this] {
        if (currentView() == m_toolsView)
            return m_toolsView->call();
        showView(m_clientView);
        m_clientView->next();
    }));
    act(u"actionRunAll"_s, tr("&Run all"), Qt::CTRL | Qt::SHIFT | Qt::Key_Return,
        [](ClientView *one) { one->runAll(); });
    act(u"actionCancelRun"_s, tr("&Cancel"), {}, [](ClientView *one) { one->cancel(); });
    act(u"actionStartOver"_s, tr("&Start over"), {}, [](ClientView *one) { one->startOver(); });
    act(u"actionRunChecks"_s, tr("Run the ne&gative checks"), {}, [](ClientView *one) { one->runChecks(); });
    act(u"actionCopyClientReport"_s, tr("Copy re&port"), {}, [](ClientView *one) { one->copyReport(); });

    auto *search = new QPushButton(icon(u"search"_s), tr("Find anything (Ctrl+K)"), menuBar());
    search->setObjectName(u"findAnything"_s);
    search->setProperty("flat", true);
    search->setFocusPolicy(Qt::NoFocus); // The key is as near.
    connect(search, &QPushButton::clicked, this, [this] { openPalette(); });
    menuBar()->setCornerWidget(search);

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    help->addAction(action(u"actionShortcuts"_s, tr("&Keys"), Qt::Key_F1, [this] { openShortcuts(); }));
    help->addSeparator();
    help->addAction(action(u"actionAbout"_s, tr("&About Gatehouse"), {}, [this] { about(); }));
}

void MainWindow::openShortcuts()
{
    if (!m_shortcuts)
        m_shortcuts = new ShortcutsDialog(ShortcutsDialog::groupsOf(*menuBar()), this);
    m_shortcuts->show();
    m_shortcuts->raise();
    m_shortcuts->activateWindow();
}

void MainWindow::makePlaceActions(QMenu *view)
{
    using Place = TrafficView::DetailsPlace;
    auto *places = new QActionGroup(this);
    const std::tuple<QString, QString, Place> all[]
        = {{u"actionDetailsByRoom"_s, tr("Details where the&y fit"), Place::Automatic},
           {u"actionDetailsRight"_s, tr("Details at the ri&ght"), Place::Right},
           {u"actionDetailsBelow"_s, tr("Details &below"), Place::Below}};
    for (const auto &[name, text, place] : all) {
        QAction *choice = action(name, text, {}, [this, wanted = place] {
            showView(m_trafficView);
            m_trafficView->setDetailsPlace(wanted);
        });
        choice->setCheckable(true);
        places->addAction(choice);
        m_placeActions.append(choice);
        view->addAction(choice);
    }
    m_stripAction = action(u"actionTimeStrip"_s, tr("Time stri&p"), {}, [this] {
        showView(m_trafficView);
        showStrip(m_stripAction->isChecked());
    });
    m_stripAction->setCheckable(true);
    view->addAction(m_stripAction);
    view->addAction(action(u"actionMaximiseDetails"_s, tr("&Maximise the details, or not"),
                           Qt::CTRL | Qt::SHIFT | Qt::Key_D, [this] {
                               showView(m_trafficView);
                               m_trafficView->maximiseDetails(!m_trafficView->isDetailsMaximised());
                           }));
    view->addAction(action(u"actionDetailsWindow"_s, tr("Details in a &window of their own"),
                           Qt::CTRL | Qt::SHIFT | Qt::Key_O, [this] {
                               const auto entry = m_traffic.entryOf(m_trafficView->table()->currentSerial());
                               if (entry && !entry->isNote())
                                   openDetails(entry->serial);
                           }));
    view->addAction(action(u"actionRestoreLayout"_s, tr("R&estore the usual layout"), {},
                           [this] { restoreDefaultLayout(); }));
}

void MainWindow::showStrip(bool isShown)
{
    m_trafficView->setStripWanted(isShown);
    m_stripAction->setChecked(isShown);
}

void MainWindow::updatePlaceActions()
{
    for (int i = 0; i < m_placeActions.size(); ++i)
        m_placeActions.at(i)->setChecked(i == int(m_trafficView->detailsPlace()));
}

} // namespace gatehouse::app
