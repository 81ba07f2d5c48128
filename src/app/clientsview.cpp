// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clientsview.h"

#include "app/columnwidths.h"
#include "app/connectdesk.h"
#include "app/connectview.h"
#include "app/copied.h"
#include "app/emptystate.h"
#include "app/icons.h"
#include "app/strip.h"
#include "app/tonedelegate.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using inspector::ClientsModel;
using inspector::Tone;

} // namespace

ClientsView::ClientsView(inspector::ClientsModel *model, ConnectDesk *desk, QWidget *parent)
    : View(parent)
    , m_model(model)
    , m_desk(desk)
{
    setObjectName(u"clientsView"_s);
    m_whole = new QStackedWidget(this);
    m_whole->addWidget(makeList());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_whole);
    m_soon.setSingleShot(true);
    m_soon.setInterval(200);
    connect(&m_soon, &QTimer::timeout, this, &ClientsView::refresh);
    m_clock.setInterval(10'000);
    connect(&m_clock, &QTimer::timeout, this, &ClientsView::refresh);
    m_clock.start();
    connect(m_model, &ClientsModel::changed, this, [this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
    updateEmptyState();
    refresh();
}

QWidget *ClientsView::makeList()
{
    auto *place = new QWidget(this);
    makeTable();
    m_empty = new EmptyState(u"noClients"_s, place);
    connect(m_empty->button(), &QPushButton::clicked, this,
            [this] { m_address.isEmpty() ? startWanted() : showConnect(true); });
    connect(m_empty->addButton(u"copyAddressForClients"_s, u"copy"_s, tr("Copy address")),
            &QPushButton::clicked, this, &ClientsView::addressCopyWanted);
    m_stack = new QStackedWidget(place);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_bar = new QWidget(place);
    auto *connectAnother = new QPushButton(icon(u"add"_s), tr("Connect a client…"), m_bar);
    connectAnother->setObjectName(u"connectAnother"_s);
    connect(connectAnother, &QPushButton::clicked, this, [this] { showConnect(true); });
    m_traffic = new QPushButton(icon(u"traffic"_s), tr("Show its requests"), m_bar);
    m_traffic->setObjectName(u"showClientTraffic"_s);
    connect(m_traffic, &QPushButton::clicked, this, &ClientsView::showTraffic);
    m_copy = new QPushButton(icon(u"copy"_s), tr("Copy client ID"), m_bar);
    m_copy->setObjectName(u"copyClientId"_s);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (const auto record = m_model->recordOf(current()))
            QApplication::clipboard()->setText(record->clientId);
    });
    m_end = new QPushButton(icon(u"stop"_s), tr("End session…"), m_bar);
    m_end->setObjectName(u"endSession"_s);
    connect(m_end, &QPushButton::clicked, this, &ClientsView::askToEnd);
    auto *buttons = new QHBoxLayout(m_bar);
    buttons->setContentsMargins(16, 8, 16, 8);
    buttons->addWidget(connectAnother);
    buttons->addStretch();
    buttons->addWidget(m_end);
    buttons->addWidget(m_copy);
    buttons->addWidget(m_traffic);
    m_question = new Strip(u"endSessionQuestion"_s, place);
    QPushButton *end = m_question->addButton(u"endSessionYes"_s, tr("End session"));
    m_keep = m_question->addButton(u"endSessionNo"_s, tr("Keep it"));
    m_question->hide();
    connect(end, &QPushButton::clicked, this, [this] {
        const QByteArray session = m_asked;
        closeQuestion();
        Q_EMIT endWanted(session);
    });
    connect(m_keep, &QPushButton::clicked, this, &ClientsView::closeQuestion);
    auto *column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_stack, 1);
    column->addWidget(m_question);
    column->addWidget(m_bar);
    return place;
}

/// Many never open it, so it is made when somebody does.
void ClientsView::makeConnect()
{
    m_connect = new ConnectView(m_desk, this);
    m_whole->addWidget(m_connect);
    connect(m_connect, &ConnectView::closeWanted, this, [this] { showConnect(false); });
    connect(m_connect, &ConnectView::addressCopyWanted, this, &ClientsView::addressCopyWanted);
    connect(m_connect, &ConnectView::trafficWanted, this, &ClientsView::trafficWanted);
    connect(m_connect, &ConnectView::messageWanted, this, &ClientsView::messageWanted);
    signCopies(m_connect);
    fitIcons(m_connect);
}

void ClientsView::showConnect(bool isWanted)
{
    if (!m_connect && isWanted)
        makeConnect();
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    if (!isWanted)
        m_desk->endWaiting(); // Whoever comes later is nobody who is waited for.
    m_whole->setCurrentIndex(isWanted ? 1 : 0);
    if (hadFocus || isWanted)
        home()->setFocus();
}

void ClientsView::makeTable()
{
    m_sorted = new QSortFilterProxyModel(this);
    m_sorted->setSortRole(ClientsModel::SortRole);
    m_sorted->setSourceModel(m_model);
    m_table = new QTableView(this);
    m_table->setObjectName(u"clients"_s);
    m_table->setAccessibleName(tr("Clients"));
    m_table->setProperty("lined", true);
    m_table->setModel(m_sorted);
    m_table->setItemDelegate(new ToneDelegate(ClientsModel::ToneRole, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(ClientsModel::State, Qt::AscendingOrder);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setResizeContentsPrecision(0); // Of what is in sight.
    connect(m_table->horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column) {
        if (!m_isFitting)
            m_sizedByHand.insert(column);
    });
    connect(m_table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &ClientsView::fitColumns);
    connect(m_table, &QTableView::activated, this, &ClientsView::showTraffic);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        if (m_isChoosing)
            return;
        if (!m_asked.isEmpty())
            closeQuestion(); // It is about another one.
        refresh();
    });
}

quint64 ClientsView::current() const
{
    return m_table->currentIndex().data(ClientsModel::SerialRole).toULongLong();
}

/// Else the first one.
void ClientsView::choose(quint64 serial)
{
    int row = 0;
    for (int i = 0; i < m_sorted->rowCount(); ++i) {
        if (m_sorted->index(i, 0).data(ClientsModel::SerialRole).toULongLong() == serial)
            row = i;
    }
    m_isChoosing = true;
    m_table->setCurrentIndex(m_sorted->index(row, 0));
    m_isChoosing = false;
}

void ClientsView::showTraffic()
{
    const auto record = m_model->recordOf(current());
    const QString filter = record ? ClientsModel::filterFor(*record) : QString();
    if (!filter.isEmpty())
        Q_EMIT trafficWanted(filter);
}

/// Calls that are under way lose their answer, so it asks; in its place, since others are served meanwhile.
void ClientsView::askToEnd()
{
    const auto record = m_model->recordOf(current());
    if (!record || record->session.isEmpty())
        return;
    m_asked = record->session;
    const QString client
        = record->client.isEmpty() ? tr("a client without a name") : record->client.left(100);
    m_question->say(Tone::Warning,
                    (record->user.isEmpty()
                         ? tr("End the session of %1? Its streams and calls under way end, and it has to "
                              "begin a new one.")
                               .arg(client)
                         : tr("End the session of %1 for %2? Its streams and calls under way end, and it "
                              "has to begin a new one.")
                               .arg(client, record->user.left(100))));
    m_question->show();
    m_keep->setFocus();
}

void ClientsView::closeQuestion()
{
    const bool hadFocus = m_question->isAncestorOf(QApplication::focusWidget());
    m_asked.clear();
    m_question->hide();
    if (hadFocus)
        m_table->setFocus();
}

void ClientsView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_question->isHidden())
        closeQuestion();
    else
        View::keyPressEvent(event);
}

void ClientsView::refresh()
{
    if (isVisible()) {
        const quint64 before = current();
        m_model->refresh();
        m_sorted->invalidate(); // Time goes on: who is connected comes first.
        if (current() != before || !m_table->currentIndex().isValid())
            choose(before); // All rows were made anew.
        updateEmptyState();
        fitColumns();
        const auto record = m_model->recordOf(current());
        m_traffic->setEnabled(record && !ClientsModel::filterFor(*record).isEmpty());
        m_copy->setEnabled(record && !record->clientId.isEmpty());
        if (!m_asked.isEmpty() && (!record || record->session != m_asked || record->hasEnded))
            closeQuestion();
        m_end->setEnabled(record && !record->session.isEmpty() && !record->hasEnded && !m_address.isEmpty());
    }
    updateBadge();
}

void ClientsView::updateBadge()
{
    const int connected = m_model->connected();
    setBadge({connected, Tone::Muted, tr("%n connected", nullptr, connected)});
}

void ClientsView::updateEmptyState()
{
    const bool isEmpty = m_model->rowCount() == 0;
    const bool hadFocus = m_stack->isAncestorOf(QApplication::focusWidget());
    m_stack->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_empty) : m_table);
    m_bar->setVisible(!isEmpty);
    if (hadFocus && !home()->hasFocus())
        home()->setFocus();
    if (m_address.isEmpty())
        m_empty->say(u"stop"_s, tr("The server is stopped"), tr("No client can come."), tr("Start"));
    else
        m_empty->say(
            u"clients"_s, tr("No client yet"),
            tr("Point an MCP client at %1. Whoever calls is listed here: program, user, what was spoken, "
               "and how it went.")
                .arg(m_address),
            tr("Connect a client…"));
}

void ClientsView::setAddress(const QString &address)
{
    m_address = address;
    updateEmptyState();
    refresh();
}

QWidget *ClientsView::home() const
{
    if (m_whole->currentIndex() > 0)
        return m_connect->home();
    return m_model->rowCount() == 0 ? static_cast<QWidget *>(m_empty->button()) : m_table;
}

QList<QWidget *> ClientsView::panes() const
{
    if (m_whole->currentIndex() > 0)
        return m_connect->panes();
    return {m_model->rowCount() == 0 ? static_cast<QWidget *>(m_empty->button()) : m_table, m_bar};
}

void ClientsView::showEvent(QShowEvent *event)
{
    View::showEvent(event);
    refresh();
}

/// Numbers and times as wide as they can get; the names share what is left, by what stands in them.
void ClientsView::fitColumns()
{
    const QScopedValueRollback fitting(m_isFitting, true);
    const QFontMetrics metrics = m_table->fontMetrics();
    const QList<int> heads = headingWidths(m_table->horizontalHeader());
    const QAbstractItemView *cells = m_table; // Where sizeHintForColumn() is public.
    constexpr int padding = 8;
    const auto wideFor = [&](int column, const QString &text) {
        return std::max({heads.at(column), metrics.horizontalAdvance(text) + 2 * padding,
                         cells->sizeHintForColumn(column)});
    };
    const std::pair<int, QString> exact[]
        = {{ClientsModel::State, tr("Connected")}, {ClientsModel::Revision, u"2026-07-28"_s},
           {ClientsModel::Since, u"00:00:00"_s},   {ClientsModel::Calls, u"1000"_s},
           {ClientsModel::Errors, u"100"_s},       {ClientsModel::Refused, u"100"_s}};
    int room = m_table->viewport()->width();
    for (const auto &[column, text] : exact) {
        if (!m_sizedByHand.contains(column))
            m_table->setColumnWidth(column, wideFor(column, text));
        room -= m_table->columnWidth(column);
    }
    QList<int> names;
    QList<ColumnWish> wishes;
    QList<ColumnWish> others; // Once people and programs are whole.
    const int shortId = metrics.horizontalAdvance(u"org_01…0ACME"_s) + 2 * padding;
    for (const int column :
         {ClientsModel::Client, ClientsModel::User, ClientsModel::Organization, ClientsModel::Known}) {
        if (m_sizedByHand.contains(column)) {
            room -= m_table->columnWidth(column);
            continue;
        }
        names.append(column);
        const bool isId = column == ClientsModel::Organization || column == ClientsModel::Known;
        const int whole = wideFor(column, {});
        const int enough = isId ? std::min(whole, shortId) : whole;
        wishes.append({enough, std::min(heads.at(column), metrics.averageCharWidth() * 12)});
        others.append({whole, enough});
    }
    const QList<int> enough = sharedWidths(wishes, room);
    const bool hasMore = std::equal(enough.begin(), enough.end(), others.begin(),
                                    [](int width, const ColumnWish &wish) { return width >= wish.least; });
    const QList<int> widths = hasMore ? sharedWidths(others, room) : enough;
    for (int i = 0; i < int(names.size()); ++i)
        m_table->setColumnWidth(names.at(i), widths.at(i));
    m_table->verticalHeader()->setDefaultSectionSize(metrics.height() + 7);
}

void ClientsView::resizeEvent(QResizeEvent *event)
{
    View::resizeEvent(event);
    fitColumns();
}

void ClientsView::retheme()
{
    m_empty->retheme();
    if (m_connect)
        m_connect->retheme();
    m_question->retheme();
    fitColumns();
    m_table->viewport()->update();
}

} // namespace gatehouse::app
