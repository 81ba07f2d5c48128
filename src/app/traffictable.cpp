// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/traffictable.h"

#include "app/icons.h"
#include "app/theme.h"
#include "auth/explanation.h"
#include "inspector/filtertext.h"
#include "inspector/foreigntext.h"
#include "inspector/trafficmodel.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDataStream>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using inspector::Tone;
using inspector::TrafficModel;

constexpr int padding = 8;
constexpr int barWidth = 3;
constexpr int tookBar = 28;

bool isFixed(int column)
{
    return column == TrafficModel::Time || column == TrafficModel::Session || column == TrafficModel::Token;
}

/// From 0 to 1: 0.1 ms, 1 ms, … 10 s are steps of the same length.
double logarithmic(qint64 us)
{
    return std::clamp(std::log10(std::max<double>(double(us), 100) / 100) / 5, 0.04, 1.0);
}

void drawTook(QPainter *painter, const QRect &rect, const QVariant &took, const Theme &theme)
{
    if (!took.isValid())
        return;
    const int height = 3;
    const QRect track(rect.left(), rect.center().y() - height / 2, tookBar, height);
    painter->fillRect(track, theme.line);
    const qint64 us = took.toLongLong();
    const QColor color = us > 1'000'000 ? theme.warning : theme.accent;
    painter->fillRect(QRect(track.topLeft(), QSize(qRound(track.width() * logarithmic(us)), height)), color);
}

} // namespace

void TrafficDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const Theme &theme = Look::theme();
    // At its end the list stands on its last row, and leaves a part of a row at the top.
    if (option.rect.top() < 0) {
        painter->fillRect(option.rect, theme.base);
        return;
    }
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const Tone rowTone = index.data(TrafficModel::RowToneRole).value<Tone>();
    const auto *table = qobject_cast<const QTableView *>(option.widget);
    const bool isFirst = table && table->columnViewportPosition(index.column()) <= 0;
    painter->save();
    painter->setClipRect(option.rect);
    painter->fillRect(option.rect, isSelected ? theme.selection : theme.tintOf(rowTone));
    if (isFirst && (isSelected || rowTone >= Tone::Warning))
        painter->fillRect(QRect(option.rect.topLeft(), QSize(barWidth, option.rect.height())),
                          isSelected ? theme.accent : theme.colorOf(rowTone));
    painter->setPen(theme.line);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());

    QRect rect = option.rect.adjusted(padding, 0, -padding, -1);
    QFont font = isFixed(index.column()) ? Look::fixedFont() : option.font;
    painter->setFont(font);
    const QFontMetrics metrics(font);
    if (index.data(TrafficModel::NoteRole).toBool()) {
        // One text across the row: each cell draws its part of it.
        const QRect whole(padding * 2 - (table ? table->horizontalScrollBar()->value() : 0),
                          option.rect.top(), 4000, option.rect.height());
        painter->setFont(option.font);
        painter->setPen(theme.muted);
        painter->drawText(whole, Qt::AlignVCenter, u"— "_s + inspector::isolated(index.data().toString()));
        painter->restore();
        return;
    }
    const Tone tone = index.data(TrafficModel::CellToneRole).value<Tone>();
    const int iconSize = metrics.ascent() + 2;
    const auto drawIcon = [&](const QString &name, const QColor &color) {
        painter->drawPixmap(rect.left(), rect.center().y() - iconSize / 2 + 1,
                            iconPixmap(name, color, iconSize, painter->device()->devicePixelRatioF()));
        rect.setLeft(rect.left() + iconSize + 6);
    };
    switch (index.column()) {
    case TrafficModel::Pin:
        if (index.data(Qt::CheckStateRole).toInt() == Qt::Checked) {
            rect.setLeft(option.rect.left() + (option.rect.width() - iconSize) / 2 + 1);
            drawIcon(u"star-full"_s, theme.accent);
        }
        painter->restore();
        return;
    case TrafficModel::Auth:
        drawIcon(iconNameOf(tone), theme.colorOf(tone));
        break;
    case TrafficModel::Took:
        if (rect.width() > metrics.horizontalAdvance(index.data().toString()) + tookBar)
            drawTook(painter, rect, index.data(TrafficModel::TookRole), theme);
        break;
    default:
        break;
    }
    const QString text = index.data().toString();
    const auto alignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
    const int prefix = index.data(TrafficModel::MutedPrefixRole).toInt();
    if (prefix > 0 && prefix < text.size()) {
        const QString name = inspector::isolated(text.sliced(prefix).trimmed());
        const int before = metrics.horizontalAdvance(text.first(prefix)) + 6;
        // The method gives way before the tool's name is cut.
        if (before + metrics.horizontalAdvance(name) <= rect.width()) {
            painter->setPen(theme.muted);
            painter->drawText(rect, alignment, text.first(prefix));
            rect.setLeft(rect.left() + before);
        }
        painter->setPen(theme.text);
        painter->drawText(rect, alignment, metrics.elidedText(name, Qt::ElideMiddle, rect.width()));
    } else {
        painter->setPen(theme.colorOf(tone));
        painter->drawText(rect, alignment,
                          metrics.elidedText(inspector::isolated(text), Qt::ElideMiddle, rect.width()));
    }
    painter->restore();
}

TrafficTable::TrafficTable(TrafficModel *model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
{
    m_isFollowing = !model->isStill();
    setObjectName(u"traffic"_s);
    setAccessibleName(tr("Traffic"));
    setModel(model);
    setItemDelegate(new TrafficDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    setFrameShape(NoFrame);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView *header = horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setMinimumSectionSize(24);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::customContextMenuRequested, this, &TrafficTable::askForColumns);
    for (int column = TrafficModel::firstHiddenColumn; column < TrafficModel::ColumnCount; ++column)
        setColumnHidden(column, true);
    connect(header, &QHeaderView::sectionResized, this, [this](int column, int before, int after) {
        if (!m_isSpreading && before > 0 && after > 0)
            m_sizedByHand.insert(column);
    });
    fitToFont();
    m_tick.setInterval(100);
    connect(&m_tick, &QTimer::timeout, this, &TrafficTable::tick);
    const auto count = [this] {
        if (!m_tick.isActive()) // Starting again would put the next tick off.
            m_tick.start();
    };
    connect(model, &QAbstractItemModel::rowsInserted, this, count);
    connect(model, &QAbstractItemModel::modelReset, this, count);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, count);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, count);

    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_isResetting = true; });
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        m_isResetting = false;
        if (m_isFollowing)
            scrollToBottom();
        const int row = m_model->rowOf(m_current);
        if (row >= 0)
            setCurrentIndex(m_model->index(row, 0));
    });
    connect(model, &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_isFollowing)
            scrollToBottom();
    });
    // What the user does decides whether the newest is followed; a range that grows does not.
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        setFollowing(verticalScrollBar()->sliderPosition() >= verticalScrollBar()->maximum());
    });
    connect(verticalScrollBar(), &QScrollBar::sliderMoved, this,
            [this](int value) { setFollowing(value >= verticalScrollBar()->maximum()); });
}

void TrafficTable::fitToFont()
{
    const QScopedValueRollback spreading(m_isSpreading, true);
    const QFontMetrics metrics(font());
    verticalHeader()->setDefaultSectionSize(metrics.height() + 5);
    const QFontMetrics fixed(Look::fixedFont());
    const auto widthOf = [](const QFontMetrics &of, const QString &text) {
        return of.horizontalAdvance(text) + 2 * padding + 2;
    };
    int verdicts = 0;
    for (int reason = 0; reason <= int(auth::lastReason); ++reason) {
        auth::Verdict verdict;
        verdict.reason = auth::Reason(reason);
        verdicts = std::max(verdicts, widthOf(metrics, auth::explain(verdict).word));
    }
    verdicts += metrics.ascent() + 8;
    QHeaderView *header = horizontalHeader();
    header->resizeSection(TrafficModel::Pin, metrics.height() + 12);
    header->resizeSection(TrafficModel::Time, widthOf(fixed, u"00:00:00.000"_s));
    header->resizeSection(TrafficModel::Http, widthOf(metrics, u"HTTP "_s));
    header->resizeSection(TrafficModel::Result, widthOf(metrics, u"RPC −32602 "_s));
    header->resizeSection(TrafficModel::Auth, verdicts);
    spreadColumns();
}

void TrafficTable::spreadColumns()
{
    const QScopedValueRollback spreading(m_isSpreading, true);
    const QFontMetrics metrics(font());
    const auto widthOf
        = [&metrics](const QString &text) { return metrics.horizontalAdvance(text) + 2 * padding + 2; };
    const auto others = [this] {
        int sum = 0;
        for (int column = 0; column < TrafficModel::ColumnCount; ++column)
            sum += column == TrafficModel::Call || isColumnHidden(column) ? 0 : columnWidth(column);
        return sum;
    };
    // Call takes what the others leave. Where that is too little, they give: the bar, and long names.
    const int least = widthOf(u"tools/call  get-profile"_s);
    const int room = viewport()->width();
    QHeaderView *header = horizontalHeader();
    const std::tuple<int, QString, QString, int> elastic[] = {
        {TrafficModel::User, u"grace.hopper@example.com"_s, u"grace@example.com"_s, 0},
        {TrafficModel::Took, u"100.0 ms"_s, u"100.0 ms"_s, tookBar + padding},
        {TrafficModel::Client, u"python-httpx 0.27"_s, u"claude-code 2.1"_s, 0},
        {TrafficModel::Number, u"9999999"_s, u"99999"_s, 0},
    };
    for (const auto &[column, wide, narrow, more] : elastic) {
        if (!m_sizedByHand.contains(column))
            header->resizeSection(column, widthOf(wide) + more);
    }
    for (const auto &[column, wide, narrow, more] : elastic) {
        if (room - others() < least && !m_sizedByHand.contains(column))
            header->resizeSection(column, widthOf(narrow));
    }
    // In a small window long words of another language take more; then names and calls are cut.
    const std::pair<int, QString> last[]
        = {{TrafficModel::User, u"grace@exa"_s}, {TrafficModel::Client, u"claude-co"_s}};
    for (const auto &[column, narrowest] : last) {
        const int lacking = least - (room - others());
        if (lacking > 0 && !m_sizedByHand.contains(column))
            header->resizeSection(column, std::max(widthOf(narrowest), columnWidth(column) - lacking));
    }
    header->resizeSection(TrafficModel::Call, std::max(widthOf(u"get-profile"_s), room - others()));
}

void TrafficTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    spreadColumns();
    if (m_isFollowing)
        scrollToBottom();
    else if (currentIndex().isValid())
        scrollTo(currentIndex());
}

void TrafficTable::focusInEvent(QFocusEvent *event)
{
    const bool hadNone = !currentIndex().isValid();
    const QScopedValueRollback focusing(m_isFocusing, true);
    QTableView::focusInEvent(event);
    if (hadNone && currentIndex().isValid())
        selectionModel()->clearCurrentIndex();
}

void TrafficTable::keyPressEvent(QKeyEvent *event)
{
    const bool moves = event->key() == Qt::Key_Down || event->key() == Qt::Key_Up
        || event->key() == Qt::Key_End || event->key() == Qt::Key_PageDown || event->key() == Qt::Key_PageUp;
    if (!moves || currentIndex().isValid() || m_model->rowCount() == 0)
        return QTableView::keyPressEvent(event);
    selectBeside(-1); // From nowhere, the way leads to the newest.
    event->accept();
}

void TrafficTable::tick()
{
    bool isAnyRunning = false;
    const int last = rowAt(viewport()->height());
    for (int row = std::max(0, rowAt(0)); row <= (last < 0 ? m_model->rowCount() - 1 : last); ++row) {
        const auto entry = m_model->entryAt(row);
        if (!entry || entry->isNote() || entry->exchange.outcome != exchange::Outcome::Running)
            continue;
        isAnyRunning = true;
        update(m_model->index(row, TrafficModel::Took));
    }
    if (!isAnyRunning)
        m_tick.stop();
}

void TrafficTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (m_isResetting || m_isFocusing || !current.isValid())
        return; // The row may come back: a filter is no change of mind.
    const auto serial = current.data(TrafficModel::SerialRole).toULongLong();
    setFollowing(current.row() == m_model->rowCount() - 1);
    if (serial == m_current)
        return;
    m_current = serial;
    Q_EMIT currentChangedTo(serial);
}

void TrafficTable::mouseReleaseEvent(QMouseEvent *event)
{
    QTableView::mouseReleaseEvent(event);
    const QModelIndex at = indexAt(event->position().toPoint());
    if (at.column() == TrafficModel::Pin && event->button() == Qt::LeftButton)
        m_model->setPinned(at.data(TrafficModel::SerialRole).toULongLong(),
                           at.data(Qt::CheckStateRole).toInt() != Qt::Checked);
}

QString TrafficTable::termOf(const QModelIndex &index) const
{
    const auto entry = m_model->entryAt(index.row());
    if (!entry || entry->isNote())
        return {};
    const exchange::Exchange &exchange = entry->exchange;
    switch (index.column()) {
    case TrafficModel::Client:
        return inspector::termFor(u"client"_s, exchange.client);
    case TrafficModel::Call:
        if (!exchange.target.isEmpty())
            return inspector::termFor(u"tool"_s, exchange.target);
        return exchange.rpcMethod.isEmpty() ? inspector::termFor(u"path"_s, QString::fromUtf8(exchange.path))
                                            : inspector::termFor(u"method"_s, exchange.rpcMethod);
    case TrafficModel::Http:
        if (exchange.outcome == exchange::Outcome::Left)
            return u"result:closed"_s;
        return exchange.status == 0 ? u"is:running"_s
                                    : inspector::termFor(u"http"_s, QString::number(exchange.status));
    case TrafficModel::Auth:
        return inspector::termFor(u"auth"_s, auth::reasonName(exchange.verdict.reason));
    case TrafficModel::User:
        return inspector::termFor(u"user"_s, exchange.user);
    case TrafficModel::Session:
        return inspector::termFor(u"session"_s, QString::fromUtf8(exchange.session));
    case TrafficModel::Path:
        return inspector::termFor(u"path"_s, QString::fromUtf8(exchange.path));
    case TrafficModel::Token:
        return inspector::termFor(u"token"_s, QString::fromUtf8(exchange.verdict.fingerprint));
    default:
        return {};
    }
}

/// What belongs to it, and its bodies.
void TrafficTable::addOfEntry(QMenu *menu, const exchange::Exchange &exchange)
{
    const auto show
        = [&](const QString &name, const QString &text, const QString &field, const QByteArray &value) {
              if (!value.isEmpty())
                  menu->addAction(text, this,
                                  [this, term = inspector::termFor(field, QString::fromLatin1(value))] {
                                      Q_EMIT termWanted(term);
                                  })
                      ->setObjectName(name);
          };
    const auto copy = [&](const QString &name, const QString &whole, const QString &beginning,
                          const exchange::Body &body) {
        if (!body.shown.isEmpty())
            menu->addAction(
                    body.isCut ? beginning : whole, this,
                    [shown = body.shown] { QApplication::clipboard()->setText(QString::fromUtf8(shown)); })
                ->setObjectName(name);
    };
    show(u"sameSession"_s, tr("Show the same session"), u"session"_s, exchange.session);
    show(u"sameToken"_s, tr("Show the same token"), u"token"_s, exchange.verdict.fingerprint);
    copy(u"copyRequestBody"_s, tr("Copy the request's body"), tr("Copy the beginning of the request's body"),
         exchange.requestBody);
    copy(u"copyResponseBody"_s, tr("Copy the answer's body"), tr("Copy the beginning of the answer's body"),
         exchange.responseBody);
    menu->addSeparator();
}

void TrafficTable::contextMenuEvent(QContextMenuEvent *event)
{
    // By keyboard it is about the current cell, by mouse about the one below.
    const bool byKeys = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex at = byKeys ? currentIndex() : indexAt(event->pos());
    auto *menu = new QMenu(this);
    menu->setObjectName(u"trafficMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const QString term = termOf(at); !term.isEmpty()) {
        menu->addAction(tr("Filter by %1").arg(inspector::menuText(term)), this,
                        [this, term] { Q_EMIT termWanted(term); })
            ->setObjectName(u"filterBy"_s);
        menu->addAction(tr("Exclude %1").arg(inspector::menuText(term)), this,
                        [this, term] { Q_EMIT termWanted(u'-' + term); })
            ->setObjectName(u"exclude"_s);
        menu->addSeparator();
    }
    if (const auto entry = m_model->entryAt(at.row()); entry && !entry->isNote())
        addOfEntry(menu, entry->exchange);
    menu->addActions(actions());
    const QPoint below = visualRect(at).bottomLeft();
    menu->popup(byKeys ? viewport()->mapToGlobal(below) : event->globalPos());
}

void TrafficTable::select(quint64 serial)
{
    const int row = m_model->rowOf(serial);
    if (row >= 0)
        setCurrentIndex(m_model->index(row, std::max(0, currentIndex().column())));
}

void TrafficTable::selectBeside(int step, const IsWanted &isWanted)
{
    const int row = m_model->rowBeside(m_current, step, isWanted);
    if (row >= 0)
        setCurrentIndex(m_model->index(row, std::max(0, currentIndex().column())));
}

void TrafficTable::follow()
{
    setFollowing(true);
    scrollToBottom();
}

void TrafficTable::setFollowing(bool isFollowing)
{
    if (m_isFollowing == isFollowing || m_model->isStill())
        return;
    m_isFollowing = isFollowing;
    Q_EMIT followingChanged(isFollowing);
}

QList<QAction *> TrafficTable::columnActions()
{
    QList<QAction *> actions;
    for (int column = 0; column < TrafficModel::ColumnCount; ++column) {
        auto *action = new QAction(
            m_model->headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString(), this);
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        action->setEnabled(column != TrafficModel::Call); // One must stay, to find the others again.
        connect(action, &QAction::toggled, this, [this, column](bool isShown) {
            setColumnHidden(column, !isShown);
            spreadColumns();
        });
        actions.append(action);
    }
    return actions;
}

void TrafficTable::askForColumns(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QList<QAction *> actions = columnActions();
    menu->addActions(actions);
    for (QAction *action : actions)
        action->setParent(menu);
    menu->popup(horizontalHeader()->mapToGlobal(at));
}

QByteArray TrafficTable::saveColumns() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << horizontalHeader()->saveState() << m_sizedByHand;
    return state;
}

void TrafficTable::restoreUsualColumns()
{
    for (int column = 0; column < TrafficModel::ColumnCount; ++column) {
        horizontalHeader()->moveSection(horizontalHeader()->visualIndex(column), column);
        setColumnHidden(column, column >= TrafficModel::firstHiddenColumn);
    }
    m_sizedByHand.clear();
    fitToFont();
}

void TrafficTable::restoreColumns(const QByteArray &state)
{
    const QScopedValueRollback spreading(m_isSpreading, true);
    QDataStream stream(state);
    QByteArray header;
    QSet<int> sizedByHand;
    stream >> header >> sizedByHand;
    if (stream.status() == QDataStream::Ok && !header.isEmpty()) {
        horizontalHeader()->restoreState(header);
        m_sizedByHand = sizedByHand;
    }
    spreadColumns();
}

} // namespace gatehouse::app
