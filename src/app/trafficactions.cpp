// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trafficactions.h"

#include "app/details.h"
#include "app/traffictable.h"
#include "app/trafficview.h"
#include "inspector/trafficmodel.h"
#include "inspector/words.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

QAction *makeAction(QObject *parent, const QString &name, const QString &text, const QKeySequence &keys,
                    const std::function<void()> &run)
{
    auto *made = new QAction(text, parent);
    made->setObjectName(name);
    made->setShortcut(keys);
    QObject::connect(made, &QAction::triggered, parent, run);
    return made;
}

TrafficActions::TrafficActions(TrafficView *view, inspector::TrafficModel *model, std::function<void()> show,
                               QWidget *window)
    : QObject(window)
    , m_view(view)
    , m_model(model)
    , m_show(std::move(show))
    , m_window(window)
{ }

QAction *TrafficActions::add(QMenu *menu, const QString &name, const QString &text, const QKeySequence &keys,
                             const std::function<void()> &run)
{
    QAction *made = makeAction(m_window, name, text, keys, [this, run] {
        m_show();
        run();
    });
    menu->addAction(made);
    return made;
}

void TrafficActions::fill(QMenu *traffic, QAction *goTo)
{
    addFinding(traffic);
    addSteps(traffic, goTo);
    add(traffic, u"actionFilterBack"_s, tr("Filter &before"), Qt::ALT | Qt::Key_Left,
        [this] { m_view->goThroughFilters(true); });
    add(traffic, u"actionFilterForward"_s, tr("Filter &after"), Qt::ALT | Qt::Key_Right,
        [this] { m_view->goThroughFilters(false); });
    QAction *pin = makeAction(m_window, u"actionPin"_s, tr("P&in or unpin"), Qt::CTRL | Qt::Key_M, [this] {
        if (const auto entry = m_model->entryOf(m_view->table()->currentSerial()))
            m_model->setPinned(entry->serial, !entry->isPinned);
    });
    traffic->addAction(pin);
    traffic->addSeparator();
    if (m_view->isLive()) {
        traffic->addAction(makeAction(m_window, u"actionPause"_s, tr("Pau&se or resume"),
                                      Qt::CTRL | Qt::SHIFT | Qt::Key_P, [this] { m_view->togglePause(); }));
        traffic->addAction(
            makeAction(m_window, u"actionClear"_s, tr("C&lear"), {}, [this] { m_view->clear(); }));
        traffic->addSeparator();
    }
    addCopies(traffic);
    m_view->table()->addAction(pin);
}

void TrafficActions::addFinding(QMenu *menu)
{
    Details *details = m_view->details();
    add(menu, u"actionFilter"_s, tr("&Filter"), QKeySequence::Find, [this] { m_view->focusFilter(); });
    add(menu, u"actionFind"_s, tr("Find in the &details"), Qt::CTRL | Qt::SHIFT | Qt::Key_F,
        [details] { details->find(); });
    add(menu, u"actionFindNext"_s, tr("Find a&gain"), Qt::Key_F3, [details] { details->findNext(false); });
    add(menu, u"actionFindPrevious"_s, tr("Find bac&kwards"), Qt::SHIFT | Qt::Key_F3,
        [details] { details->findNext(true); });
}

void TrafficActions::addSteps(QMenu *menu, QAction *goTo)
{
    TrafficTable *table = m_view->table();
    add(menu, u"actionNext"_s, tr("&Next request"), Qt::Key_F8, [table] { table->selectBeside(1); });
    add(menu, u"actionPrevious"_s, tr("&Previous request"), Qt::Key_F7, [table] { table->selectBeside(-1); });
    const auto sameSession = [this, table](int step) {
        const auto now = m_model->entryOf(table->currentSerial());
        if (!now || now->isNote())
            return;
        table->selectBeside(step, [&now](const inspector::Entry &entry) {
            return now->exchange.session.isEmpty() ? entry.exchange.client == now->exchange.client
                                                   : entry.exchange.session == now->exchange.session;
        });
    };
    add(menu, u"actionNextOfSession"_s, tr("Next of the same sessi&on"), Qt::SHIFT | Qt::Key_F8,
        [sameSession] { sameSession(1); });
    add(menu, u"actionPreviousOfSession"_s, tr("Pre&vious of the same session"), Qt::SHIFT | Qt::Key_F7,
        [sameSession] { sameSession(-1); });
    const auto pinned = [table](int step) {
        table->selectBeside(step, [](const inspector::Entry &entry) { return entry.isPinned; });
    };
    add(menu, u"actionNextPin"_s, tr("Next pin"), Qt::CTRL | Qt::SHIFT | Qt::Key_N, [pinned] { pinned(1); });
    add(menu, u"actionPreviousPin"_s, tr("Previous pin"), Qt::CTRL | Qt::SHIFT | Qt::Key_B,
        [pinned] { pinned(-1); });
    if (goTo)
        menu->addAction(goTo);
}

void TrafficActions::addCopies(QMenu *menu)
{
    TrafficTable *table = m_view->table();
    // These two belong to the list: window-wide they would take Ctrl+C and Ctrl+End from every text.
    QList<QAction *> ofTheList{
        makeAction(m_window, u"actionCopyRow"_s, tr("&Copy row"), QKeySequence::Copy, [this] { copyRow(); })};
    if (m_view->isLive())
        ofTheList.append(makeAction(m_window, u"actionNewest"_s, tr("Follow the ne&west"),
                                    Qt::CTRL | Qt::Key_End, [table] { table->follow(); }));
    for (QAction *own : std::as_const(ofTheList)) {
        own->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        table->addAction(own);
        menu->addAction(own);
    }
    const QList<QAction *> others{makeAction(m_window, u"actionCopyReport"_s, tr("Copy &report"), {},
                                             [this] { m_view->details()->copyReport(); }),
                                  makeAction(m_window, u"actionCopyCurl"_s, tr("Copy as c&URL"),
                                             Qt::CTRL | Qt::SHIFT | Qt::Key_C,
                                             [this] { m_view->details()->copyCurl(); })};
    menu->addActions(others);
    table->addActions(others);
}

void TrafficActions::copyRow()
{
    const auto entry = m_model->entryOf(m_view->table()->currentSerial());
    if (!entry || entry->isNote())
        return;
    const inspector::RowWords words = inspector::wordsOf(entry->exchange);
    QApplication::clipboard()->setText(QStringList{words.time, words.client, words.call, words.status,
                                                   words.result, words.verdict, words.user, words.took}
                                           .join(u'\t'));
}

void TrafficActions::addTabs(QMenu *menu)
{
    const QString tabs[] = {tr("Show summary"), tr("Show request"), tr("Show response"),
                            tr("Show headers"), tr("Show token"),   tr("Show timing")};
    for (int tab = 0; tab < int(std::size(tabs)); ++tab)
        add(menu, u"actionTab%1"_s.arg(tab + 1), tabs[tab], QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + tab)),
            [this, tab] { m_view->details()->setTab(tab); });
}

void TrafficActions::addPlaces(QMenu *menu)
{
    using Place = TrafficView::DetailsPlace;
    auto *places = new QActionGroup(this);
    const std::tuple<QString, QString, Place> all[]
        = {{u"actionDetailsByRoom"_s, tr("Details where the&y fit"), Place::Automatic},
           {u"actionDetailsRight"_s, tr("Details at the ri&ght"), Place::Right},
           {u"actionDetailsBelow"_s, tr("Details &below"), Place::Below}};
    for (const auto &[name, text, place] : all) {
        QAction *choice
            = add(menu, name, text, {}, [this, wanted = place] { m_view->setDetailsPlace(wanted); });
        choice->setCheckable(true);
        places->addAction(choice);
        m_places.append(choice);
    }
    if (m_view->isLive()) {
        m_strip = add(menu, u"actionTimeStrip"_s, tr("Time stri&p"), {},
                      [this] { m_view->setStripWanted(m_strip->isChecked()); });
        m_strip->setCheckable(true);
    }
    add(menu, u"actionMaximiseDetails"_s, tr("&Maximise the details, or not"),
        Qt::CTRL | Qt::SHIFT | Qt::Key_D, [this] { m_view->maximiseDetails(!m_view->isDetailsMaximised()); });
    menu->addAction(makeAction(m_window, u"actionDetailsWindow"_s, tr("Details in a &window of their own"),
                               Qt::CTRL | Qt::SHIFT | Qt::Key_O, [this] {
                                   const auto entry = m_model->entryOf(m_view->table()->currentSerial());
                                   if (entry && !entry->isNote())
                                       Q_EMIT detailsWanted(entry->serial);
                               }));
    update();
}

void TrafficActions::update()
{
    for (int i = 0; i < m_places.size(); ++i)
        m_places.at(i)->setChecked(i == int(m_view->detailsPlace()));
    if (m_strip)
        m_strip->setChecked(m_view->isStripWanted());
}

} // namespace gatehouse::app
