// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trafficview.h"

#include "app/details.h"
#include "app/emptystate.h"
#include "app/icons.h"
#include "app/label.h"
#include "app/theme.h"
#include "app/timestrip.h"
#include "app/traffictable.h"
#include "app/wrappingrow.h"
#include "http/ports.h"
#include "inspector/filtertext.h"
#include "inspector/foreigntext.h"
#include "inspector/trafficmodel.h"

#include <QApplication>
#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

constexpr int typingMs = 150;
constexpr int wideEnough = 1400; ///< A window, for details at the right of the list …
constexpr int wideEnoughStill = 1360; ///< … where they are there.

QPushButton *button(const QString &name, const QString &text, const QString &iconName, QWidget *parent)
{
    auto *made = new QPushButton(text, parent);
    made->setObjectName(name);
    made->setFlat(true);
    if (!iconName.isEmpty())
        made->setIcon(icon(iconName));
    return made;
}

} // namespace

TrafficView::TrafficView(inspector::TrafficModel *model, QWidget *parent)
    : View(parent)
    , m_model(model)
{
    setObjectName(u"trafficView"_s);
    auto *bar = new QWidget(this);
    bar->setObjectName(u"filterBar"_s);
    m_filter = new FilterField(bar);
    m_filter->setObjectName(u"filter"_s);
    m_filter->setPlaceholderText(tr("Filter: words, or auth:expired  http:4xx  tool:…  user:…  dur:>500ms"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setMinimumWidth(80);
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    m_filterFault = new Label(bar);
    m_filterFault->setObjectName(u"filterFault"_s);
    m_filterFault->setProperty("fault", true);
    m_filterFault->hide();
    // Side by side, or below each other where large text leaves no room for that.
    auto *groups = new WrappingRow(bar);
    auto *around = new QHBoxLayout;
    around->setContentsMargins(12, 8, 12, 8);
    around->addWidget(groups);
    auto *row = static_cast<QHBoxLayout *>(groups->addGroup(1)->layout());
    row->addWidget(m_filter, 1);
    m_filters = new QToolButton(bar);
    m_filters->setObjectName(u"filters"_s);
    m_filters->setAccessibleName(tr("Saved and earlier filters"));
    m_filters->setToolTip(tr("Saved and earlier filters"));
    m_filters->setPopupMode(QToolButton::InstantPopup);
    auto *filters = new QMenu(m_filters);
    filters->setObjectName(u"filtersMenu"_s);
    connect(filters, &QMenu::aboutToShow, this, &TrafficView::fillFilterMenu);
    m_filters->setMenu(filters);
    row->addWidget(m_filters);
    row = static_cast<QHBoxLayout *>(groups->addGroup()->layout());
    const std::tuple<QString, QString, QString> chips[] = {
        {u"chipFailures"_s, tr("Failures"), u"is:failed"_s},
        {u"chipAuth"_s, tr("Auth"), u"is:refused"_s},
        {u"chipToolCalls"_s, tr("Tool calls"), u"method:tools/call"_s},
    };
    for (const auto &[name, text, term] : chips) {
        auto *chip = new QPushButton(text, bar);
        chip->setObjectName(name);
        chip->setProperty("chip", true);
        chip->setProperty("term", term);
        chip->setCheckable(true);
        chip->setToolTip(inspector::toolTipText(term));
        connect(chip, &QPushButton::clicked, this, [this, chip] {
            setFilterText(inspector::withTermToggled(m_filter->text(), chip->property("term").toString()));
        });
        row->addWidget(chip);
        m_chips.append(chip);
    }
    m_sandbox = new QPushButton(tr("Sandbox"), bar);
    m_sandbox->setObjectName(u"chipSandbox"_s);
    m_sandbox->setProperty("chip", true);
    m_sandbox->setCheckable(true);
    m_sandbox->setToolTip(tr("Show what reaches the sandbox, too"));
    connect(m_sandbox, &QPushButton::toggled, this, [this](bool isOn) {
        m_model->setSandboxShown(isOn);
        m_table->select(m_table->currentSerial());
        Q_EMIT summaryChanged();
    });
    row->addWidget(m_sandbox);
    m_pause = button(u"pause"_s, tr("Pause"), u"pause"_s, bar);
    m_clear = button(u"clear"_s, tr("Clear"), u"clear"_s, bar);
    row->addWidget(m_pause);
    row->addWidget(m_clear);
    row->addStretch();
    m_pause->setVisible(isLive());
    m_clear->setVisible(isLive());
    auto *barColumn = new QVBoxLayout(bar);
    barColumn->setContentsMargins(0, 0, 0, 0);
    barColumn->setSpacing(0);
    barColumn->addLayout(around);
    auto *faultRow = new QHBoxLayout;
    faultRow->setContentsMargins(16, 0, 16, 6);
    faultRow->addWidget(m_filterFault);
    barColumn->addLayout(faultRow);
    faultRow->setSizeConstraint(QLayout::SetDefaultConstraint);

    m_table = new TrafficTable(model, this);
    m_newest = new QPushButton(icon(u"down"_s), {}, m_table);
    m_newest->setObjectName(u"newest"_s);
    m_newest->setProperty("chip", true);
    m_newest->hide();

    m_empty = new EmptyState(u"empty"_s, this);
    m_emptyClient = m_empty->addButton(u"emptyClient"_s, u"client"_s, tr("Run the built-in client"));
    connect(m_emptyClient, &QPushButton::clicked, this, &TrafficView::clientWanted);

    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_details = new Details(model, this);
    m_splitter = new QSplitter(Qt::Vertical, this);
    m_splitter->setObjectName(u"splitter"_s);
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(m_details);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_details->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_strip = new TimeStrip(this);
    connect(m_strip, &TimeStrip::spanWanted, this, &TrafficView::filterBySpan);
    column->addWidget(bar);
    column->addWidget(m_strip);
    column->addWidget(m_splitter, 1);

    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMs);
    connect(&m_typing, &QTimer::timeout, this, &TrafficView::ask);
    connect(m_filter, &FilterField::named, this, [this] { m_typing.start(); });
    connect(m_filter, &QLineEdit::textChanged, this, [this] {
        updateChips();
        m_typing.start();
    });
    connect(m_filter, &QLineEdit::editingFinished, this,
            [this] { m_history.push(m_filter->text().trimmed()); });
    connect(m_filter, &QLineEdit::returnPressed, this, [this] {
        ask();
        entrance()->setFocus();
    });
    connect(m_pause, &QPushButton::clicked, this, &TrafficView::togglePause);
    connect(m_clear, &QPushButton::clicked, this, &TrafficView::clear);
    connect(m_newest, &QPushButton::clicked, this, &TrafficView::follow);
    connect(m_table, &TrafficTable::termWanted, this, [this](const QString &term) {
        if (!inspector::hasTerm(m_filter->text(), term))
            setFilterText(inspector::withTermToggled(m_filter->text(), term));
    });
    m_filter->installEventFilter(this);
    connect(m_table, &QTableView::doubleClicked, this, [this] {
        if (!m_details->isHidden())
            Q_EMIT windowWanted(m_table->currentSerial());
    });
    connect(m_table, &TrafficTable::currentChangedTo, this, &TrafficView::show);
    connect(m_table, &TrafficTable::followingChanged, this, &TrafficView::updateNewest);
    connect(m_model, &inspector::TrafficModel::arrived, this, [this](int count) {
        m_new += m_table->isFollowing() ? 0 : count;
        updateNewest();
    });
    connect(m_model, &inspector::TrafficModel::countsChanged, this, [this] {
        updateEmptyState();
        Q_EMIT summaryChanged();
    });
    connect(m_empty->button(), &QPushButton::clicked, this, [this] {
        if (m_model->totalCount() > 0)
            setFilterText({});
        else if (m_model->isPaused())
            togglePause();
        else if (m_state == host::Host::State::Listening)
            Q_EMIT addressCopyWanted();
        else if (m_state == host::Host::State::Failed && m_startError.nextFree > 0
                 && m_startError.field != "sandboxPort"_L1)
            Q_EMIT portWanted(m_startError.nextFree);
        else
            Q_EMIT startWanted();
    });
    updateEmptyState();
}

void TrafficView::setServer(host::Host::State state, const host::Running &running)
{
    m_state = state;
    m_resource = running.resource;
    m_details->setResource(running.resource);
    m_details->setUsesSandbox(running.sandbox);
    updateEmptyState();
}

void TrafficView::setStartError(const host::StartError &error)
{
    if (m_startError == error && !m_portHolder.isEmpty())
        return; // To look who has the port takes a while.
    m_startError = error;
    const bool isTaken = error.kind == host::StartError::Kind::PortInUse;
    m_portHolder = isTaken ? http::holderOf(quint16(error.port)) : QString();
    updateEmptyState();
}

void TrafficView::setFilterText(const QString &text)
{
    m_history.push(m_filter->text().trimmed()); // What was being typed can be gone back to.
    m_filter->setText(text);
    m_history.push(text.trimmed());
    ask();
}

/// In place of another span; what else is asked for stays.
void TrafficView::filterBySpan(qint64 from, qint64 to)
{
    maximiseDetails(false);
    const qint64 oldest = m_model->oldestMs();
    // A time of the day would find that of the day before as well.
    const bool areDays = oldest > 0 && oldest < (to - 24 * 60 * 60) * 1000;
    const auto words = [](qint64 second, bool hasDay) {
        return QDateTime::fromSecsSinceEpoch(second).toString(hasDay ? u"yyyy-MM-ddTHH:mm:ss"_s
                                                                     : u"HH:mm:ss"_s);
    };
    const QString others = inspector::withoutField(m_filter->text(), u"time"_s);
    setFilterText(
        inspector::withTermToggled(others, u"time:"_s + words(from, areDays) + u'-' + words(to, areDays)));
    home()->setFocus();
}

void TrafficView::goThroughFilters(bool isBack)
{
    m_history.push(m_filter->text().trimmed());
    const auto filter = isBack ? m_history.back() : m_history.forward();
    if (!filter)
        return;
    maximiseDetails(false);
    m_filter->setText(*filter);
    ask();
}

void TrafficView::setSavedFilters(const QStringList &filters)
{
    m_history.setSaved(filters);
    updateSaved();
}

void TrafficView::updateSaved()
{
    m_filters->setIcon(icon(m_history.isSaved(m_filter->text().trimmed()) ? u"star-full"_s : u"star"_s));
}

void TrafficView::fillFilterMenu()
{
    constexpr qsizetype shownEarlier = 10;
    QMenu *menu = m_filters->menu();
    menu->clear();
    const QString now = m_filter->text().trimmed();
    QAction *keep = menu->addAction(
        m_history.isSaved(now) ? tr("Forget this filter") : tr("Save this filter"), this, [this, now] {
            m_history.toggleSaved(now);
            updateSaved();
            Q_EMIT savedFiltersChanged(m_history.saved());
        });
    keep->setObjectName(u"saveFilter"_s);
    const bool isFull = m_history.saved().size() >= FilterHistory::most && !m_history.isSaved(now);
    keep->setEnabled(!now.isEmpty() && !isFull);
    if (isFull)
        keep->setText(tr("There are %1 saved filters: forget one first").arg(FilterHistory::most));
    const auto add = [&](const QString &title, const QStringList &filters) {
        if (filters.isEmpty())
            return;
        menu->addSection(title);
        for (const QString &filter : filters)
            menu->addAction(inspector::menuText(filter), this, [this, filter] { setFilterText(filter); });
    };
    add(tr("Saved"), m_history.saved());
    add(tr("Earlier"), m_history.earlier(now, shownEarlier));
}

bool TrafficView::isSandboxShown() const
{
    return m_sandbox->isChecked();
}

void TrafficView::setSandboxShown(bool isShown)
{
    m_sandbox->setChecked(isShown);
}

bool TrafficView::showRequest(const QByteArray &requestId)
{
    return showSerial(m_model->serialOf(requestId));
}

bool TrafficView::showSerial(quint64 serial)
{
    const auto entry = m_model->entryOf(serial);
    if (!entry || entry->isNote())
        return false;
    if (entry->isOfSandbox())
        setSandboxShown(true);
    if (m_typing.isActive())
        ask(); // What is still being typed would hide it a moment later.
    if (m_model->rowOf(serial) < 0)
        setFilterText({}); // What was asked for last counts.
    maximiseDetails(false);
    m_table->select(serial);
    m_table->scrollTo(m_table->currentIndex());
    m_table->setFocus();
    return true;
}

void TrafficView::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

bool TrafficView::eventFilter(QObject *watched, QEvent *event)
{
    const bool isEscape
        = event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape;
    if (watched != m_filter || !isEscape)
        return QWidget::eventFilter(watched, event);
    // Once it empties the filter, once more it goes back to the rows.
    if (m_filter->text().isEmpty())
        entrance()->setFocus();
    else
        setFilterText({});
    return true;
}

void TrafficView::ask()
{
    m_typing.stop();
    // The first letters of a field's name would, as a word, hide all rows.
    const auto filter = inspector::Filter::parse(m_filter->askedText());
    m_filterFault->setVisible(!filter);
    m_filter->setProperty("fault", !filter);
    m_filter->style()->unpolish(m_filter);
    m_filter->style()->polish(m_filter);
    if (!filter) {
        m_filterFault->setText(filter.error());
        m_filter->setAccessibleDescription(filter.error());
        return; // What was asked before stays on the screen.
    }
    m_filter->setAccessibleDescription({});
    m_model->setFilter(*filter);
    m_table->select(m_table->currentSerial());
    Q_EMIT summaryChanged();
}

void TrafficView::updateChips()
{
    for (QPushButton *chip : std::as_const(m_chips))
        chip->setChecked(inspector::hasTerm(m_filter->text(), chip->property("term").toString()));
    updateSaved();
}

void TrafficView::follow()
{
    maximiseDetails(false);
    m_table->follow();
    home()->setFocus(); // The button that asked for it may go away.
}

void TrafficView::togglePause()
{
    m_model->setPaused(!m_model->isPaused());
    m_pause->setText(m_model->isPaused() ? tr("Resume") : tr("Pause"));
    m_pause->setIcon(icon(m_model->isPaused() ? u"resume"_s : u"pause"_s));
    Q_EMIT pausedChanged(m_model->isPaused());
}

void TrafficView::clear()
{
    m_model->clear();
    m_strip->clear();
    if (!m_model->contains(m_table->currentSerial())) {
        m_details->hide();
        maximiseDetails(false);
    }
    m_new = 0;
    updateNewest();
    Q_EMIT cleared();
}

void TrafficView::updateNewest()
{
    if (m_table->isFollowing())
        m_new = 0;
    m_newest->setVisible(isLive() && !m_table->isFollowing() && m_new > 0);
    m_newest->setText(tr("%n new – follow", nullptr, int(m_new)));
    m_newest->adjustSize();
    m_newest->move(m_table->width() - m_newest->width() - 24, m_table->height() - m_newest->height() - 12);
    m_newest->raise();
    Q_EMIT summaryChanged();
}

QList<QWidget *> TrafficView::panes() const
{
    return {m_strip, m_filter, m_table, m_details};
}

/// Where the details have all the room, the list cannot have the keyboard.
QWidget *TrafficView::entrance() const
{
    return isDetailsMaximised() ? m_details->tabBar() : static_cast<QWidget *>(m_table);
}

bool TrafficView::isLive() const
{
    return !m_model->isStill();
}

QWidget *TrafficView::home() const
{
    if (m_model->rowCount() == 0 && m_empty->button()->isHidden())
        return m_filter;
    return m_model->rowCount() == 0 ? static_cast<QWidget *>(m_empty->button()) : entrance();
}

void TrafficView::updateEmptyState()
{
    const bool isEmpty = m_model->rowCount() == 0;
    if (isEmpty)
        maximiseDetails(false); // What can be done about it stands in the list's place.
    const bool hadFocus = m_stack->isAncestorOf(QApplication::focusWidget());
    m_stack->setCurrentWidget(isEmpty ? m_empty : static_cast<QWidget *>(m_table));
    if (hadFocus && !home()->hasFocus() && !m_emptyClient->hasFocus())
        home()->setFocus();
    if (!isEmpty)
        return;
    sayWhyEmpty();
}

void TrafficView::setFileWords(const QString &title, const QString &text)
{
    m_fileTitle = title;
    m_fileText = text;
    updateEmptyState();
}

void TrafficView::sayWhyEmpty()
{
    const Say say
        = [&](const QString &iconName, const QString &title, const QString &text, const QString &action) {
              m_empty->say(iconName, title, text, action);
              m_emptyClient->setVisible(iconName == "traffic"_L1);
          };
    if (m_model->totalCount() > 0) {
        say(u"search"_s, tr("0 of %n match", nullptr, int(m_model->totalCount())),
            tr("Nothing that was recorded fits the filter."), tr("Clear filter"));
    } else if (!isLive()) {
        say(u"traffic"_s, m_fileTitle, m_fileText, {});
        m_emptyClient->hide();
    } else if (m_model->isPaused()) {
        say(u"pause"_s, tr("Paused"), tr("%n not recorded", nullptr, int(m_model->skippedCount())),
            tr("Resume"));
    } else if (m_state == host::Host::State::Listening) {
        say(u"traffic"_s, tr("No request yet"),
            tr("Point an MCP client at %1. Each request appears here as it arrives.").arg(m_resource),
            tr("Copy address"));
    } else if (m_state == host::Host::State::Failed) {
        sayWhyNotStarted(say);
    } else {
        say(u"stop"_s, tr("The server is stopped"), tr("Nothing can arrive."), tr("Start"));
    }
}

void TrafficView::sayWhyNotStarted(const Say &say)
{
    const host::StartError &error = m_startError;
    if (error.kind != host::StartError::Kind::PortInUse) {
        say(u"stop"_s, tr("The server could not start"), host::sentenceOf(error), tr("Start"));
        return;
    }
    const QString who = m_portHolder.isEmpty() ? tr("Another program listens there.")
                                               : tr("%1 listens there.").arg(m_portHolder);
    say(u"stop"_s, tr("Port %1 is taken").arg(error.port), who,
        error.nextFree > 0 ? tr("Use %1").arg(error.nextFree) : tr("Start"));
}

void TrafficView::show(quint64 serial)
{
    const auto entry = m_model->entryOf(serial);
    m_details->show(entry && !entry->isNote() ? serial : 0);
    if (m_details->isHidden())
        maximiseDetails(false);
    if (!m_details->isHidden() && !std::exchange(m_isSplit, true))
        split();
}

void TrafficView::setDetailsPlace(DetailsPlace place)
{
    m_place = place;
    if (isVisible()) // Else its window may get another size before it is.
        placeDetails();
}

/// A window that is made a little smaller keeps them where they are, so that nothing jumps to and fro.
void TrafficView::placeDetails()
{
    const bool wasRight = m_splitter->orientation() == Qt::Horizontal;
    const int from = (wasRight ? wideEnoughStill : wideEnough) * Look::textPercent() / 100;
    const bool isRight
        = m_place == DetailsPlace::Automatic ? window()->width() >= from : m_place == DetailsPlace::Right;
    // All tabs, where there is room: they can be scrolled.
    const int tabs = std::min(m_details->tabBar()->sizeHint().width() + 8, width() * 2 / 5);
    m_details->setMinimumWidth(isRight ? tabs : 0);
    if (isRight == wasRight)
        return;
    m_splitter->setOrientation(isRight ? Qt::Horizontal : Qt::Vertical);
    if (m_isSplit)
        split();
}

void TrafficView::setStripWanted(bool isWanted)
{
    m_isStripWanted = isWanted;
    placeStrip();
}

/// Rows and details come first.
void TrafficView::placeStrip()
{
    constexpr int linesForAll = 28;
    m_strip->setVisible(isLive() && m_isStripWanted && height() > linesForAll * fontMetrics().height());
}

void TrafficView::maximiseDetails(bool isWanted)
{
    if (m_details->isHidden() && isWanted)
        return;
    const bool hadFocus = m_stack->isAncestorOf(QApplication::focusWidget());
    m_stack->setVisible(!isWanted);
    if (hadFocus && isWanted)
        m_details->tabBar()->setFocus();
}

bool TrafficView::isDetailsMaximised() const
{
    return m_stack->isHidden();
}

void TrafficView::resizeEvent(QResizeEvent *event)
{
    View::resizeEvent(event);
    placeStrip();
    if (isVisible())
        placeDetails();
}

void TrafficView::showEvent(QShowEvent *event)
{
    View::showEvent(event);
    placeDetails();
}

void TrafficView::split()
{
    if (m_splitter->orientation() == Qt::Horizontal) {
        const int width = m_splitter->width();
        const int details = std::max(std::clamp(fontMetrics().averageCharWidth() * 66, width / 3, width / 2),
                                     m_details->minimumWidth());
        m_splitter->setSizes({width - details, details});
        m_table->scrollTo(m_table->currentIndex());
        return;
    }
    // At first: half for each, with room for some claims where there is little; then it is the user's.
    const int height = m_splitter->height();
    const int line = fontMetrics().height();
    const int details = std::min(std::max(height / 2, line * 20), height - line * 5);
    m_splitter->setSizes({height - details, details});
    m_table->scrollTo(m_table->currentIndex());
}

QByteArray TrafficView::saveLayout() const
{
    return m_isSplit ? m_splitter->saveState() : QByteArray();
}

void TrafficView::restoreLayout(const QByteArray &state)
{
    m_isSplit = !state.isEmpty() && m_splitter->restoreState(state);
    m_textPercent = Look::textPercent(); // It was kept for that.
    m_splitter->setHandleWidth(1);
    if (state.isEmpty()) {
        maximiseDetails(false);
        m_isSplit = !m_details->isHidden();
        if (m_isSplit)
            split();
    }
}

TrafficView::Summary TrafficView::summary() const
{
    const QLocale locale;
    Summary summary;
    summary.shown
        = tr("%1 of %2 shown")
              .arg(locale.toString(m_model->rowCount()), locale.toString(qint64(m_model->totalCount())));
    if (!isLive())
        summary.newest.clear();
    else if (m_model->isPaused())
        summary.newest = tr("Paused, %n not recorded", nullptr, int(m_model->skippedCount()));
    else if (m_table->isFollowing())
        summary.newest = tr("Following the newest");
    else
        summary.newest
            = m_new > 0 ? tr("Scrolled back, %n new below", nullptr, int(m_new)) : tr("Scrolled back");
    if (const qint64 hidden = m_model->hiddenSandboxCount(); hidden > 0)
        summary.sandbox = tr("Sandbox rows hidden: %1").arg(locale.toString(hidden));
    if (m_model->droppedCount() > 0)
        summary.dropped = tr("%1 dropped, oldest first, beyond %2 rows or %3")
                              .arg(locale.toString(m_model->droppedCount()),
                                   locale.toString(qint64(m_model->limits().rows)),
                                   locale.formattedDataSize(m_model->limits().bytes, 0));
    return summary;
}

bool TrafficView::isPaused() const
{
    return m_model->isPaused();
}

void TrafficView::retheme()
{
    m_table->fitToFont();
    // Not what the empty state would need, which goes before there are details.
    m_stack->setMinimumHeight(m_table->horizontalHeader()->sizeHint().height()
                              + 2 * m_table->verticalHeader()->defaultSectionSize());
    m_details->retheme();
    m_filter->retheme();
    updateSaved();
    // Other text needs other room: what was right for the old size is not the user's any more.
    if (std::exchange(m_textPercent, Look::textPercent()) != Look::textPercent() && m_isSplit) {
        m_isSplit = !m_details->isHidden();
        if (m_isSplit)
            split();
    }
    updateEmptyState();
    m_table->viewport()->update();
}

} // namespace gatehouse::app
