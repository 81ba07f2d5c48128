// SPDX-License-Identifier: GPL-3.0-or-later
// The menus of MainWindow, which hold all of its keys.
#include "app/clientview.h"
#include "app/icons.h"
#include "app/mainwindow.h"
#include "app/sessiondesk.h"
#include "app/shortcutsdialog.h"
#include "app/toolsview.h"
#include "app/trafficactions.h"
#include "app/trafficview.h"

#include <QAction>
#include <QActionGroup>
#include <QMenuBar>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

QAction *MainWindow::action(const QString &name, const QString &text, const QKeySequence &keys,
                            const std::function<void()> &run)
{
    return makeAction(this, name, text, keys, run);
}

void MainWindow::makeMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    file->setObjectName(u"fileMenu"_s);
    m_sessions->addTo(file);
    file->addSeparator();
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
    m_trafficActions->addPlaces(view);
    view->addAction(action(u"actionRestoreLayout"_s, tr("R&estore the usual layout"), {},
                           [this] { restoreDefaultLayout(); }));
    view->addSeparator();
    view->addActions(m_viewActions);
    view->addAction(action(u"actionNextPane"_s, tr("Ne&xt pane"), Qt::Key_F6, [this] { goToPane(1); }));
    view->addAction(action(u"actionPreviousPane"_s, tr("Pre&vious pane"), Qt::SHIFT | Qt::Key_F6,
                           [this] { goToPane(-1); }));
    view->addSeparator();
    m_trafficActions->addTabs(view);
    view->addSeparator();
    view->addAction(
        action(u"actionPalette"_s, tr("&Find anything…"), Qt::CTRL | Qt::Key_K, [this] { openPalette(); }));

    QMenu *traffic = menuBar()->addMenu(tr("&Traffic"));
    m_trafficActions->fill(traffic,
                           action(u"actionGoTo"_s, tr("Go &to request…"), Qt::CTRL | Qt::Key_G,
                                  [this] { openPalette(u"#"_s); }));

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

} // namespace gatehouse::app
