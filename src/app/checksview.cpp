// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checksview.h"

#include "app/checksdesk.h"
#include "app/flowlayout.h"
#include "app/icons.h"
#include "app/label.h"
#include "app/pagearea.h"
#include "app/strip.h"
#include "app/theme.h"
#include "app/tonedelegate.h"
#include "auth/explanation.h"
#include "host/settingstable.h"
#include "inspector/foreigntext.h"

#include <QApplication>
#include <QButtonGroup>
#include <QClipboard>
#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QPushButton>
#include <QResizeEvent>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

using inspector::Tone;
using State = CheckupRow::State;

/// A piece for each check, the worst first.
class CheckupBar : public QWidget
{
public:
    using QWidget::QWidget;

    void setRows(const QList<CheckupRow> &rows)
    {
        m_states.clear();
        for (const CheckupRow &row : rows)
            m_states.append(row.state);
        std::sort(m_states.begin(), m_states.end());
        update();
    }

    [[nodiscard]] QSize sizeHint() const override { return {200, 8}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {40, 8}; }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        const double all = double(m_states.size());
        for (qsizetype i = 0; i < m_states.size(); ++i) {
            const double from = double(i) * width() / all;
            const double to = double(i + 1) * width() / all;
            const Tone tone = toneOf(m_states.at(i));
            painter.setBrush(tone == Tone::Muted ? Look::theme().edge : Look::theme().colorOf(tone));
            painter.drawRoundedRect(QRectF(from, 0, to - from - 3, 8), 2, 2);
        }
    }

private:
    QList<State> m_states;
};

namespace {

enum Column { CheckColumn, EvidenceColumn, SeenColumn, ColumnCount };
constexpr int toneRole = Qt::UserRole;
constexpr int idRole = Qt::UserRole + 1; ///< Of a check; groups have none.
constexpr int narrow = 1000; ///< Of the view; below this the details stand under the list.
constexpr int everything = 100; ///< The id of a chip; those of the others are states.

QString seenWords(qint64 seenMs, qint64 nowMs)
{
    const qint64 seconds = (nowMs - seenMs) / 1000;
    if (seenMs == 0 || seconds < 1)
        return ChecksView::tr("now");
    return seconds < 60 ? auth::duration(seconds)
                        : QDateTime::fromMSecsSinceEpoch(seenMs).toString(u"HH:mm"_s);
}

Label *headLabel(const QString &text, QWidget *parent)
{
    auto *label = new Label(text, parent);
    label->setProperty("strong", true);
    return label;
}

/// What the setting says, in lines of a difference: what goes and what comes.
QString differenceOf(const QStringList &before, const QStringList &after)
{
    QStringList lines;
    for (const QString &one : before) {
        if (!after.contains(one))
            lines.append(u"− "_s + one);
    }
    for (const QString &one : after) {
        if (!before.contains(one))
            lines.append(u"+ "_s + one);
    }
    return lines.join(u'\n');
}

} // namespace

ChecksView::ChecksView(ChecksDesk *desk, QWidget *parent)
    : View(parent)
    , m_desk(desk)
{
    setObjectName(u"checksView"_s);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setObjectName(u"checksSplitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(makeTable());
    m_splitter->addWidget(makeDetails());
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_splitter);
    m_soon.setSingleShot(true);
    m_soon.setInterval(100);
    connect(&m_soon, &QTimer::timeout, this, &ChecksView::refresh);
    connect(m_desk, &ChecksDesk::changed, this, [this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
    m_clock.setInterval(1000);
    connect(&m_clock, &QTimer::timeout, this, &ChecksView::refresh);
    refresh();
}

QWidget *ChecksView::makeTable()
{
    auto *place = new QWidget(this);
    m_title = new Label(place);
    m_title->setObjectName(u"checksTitle"_s);
    m_title->setProperty("title", true);
    m_title->setWordWrap(true);
    m_runAll = new QPushButton(icon(u"refresh"_s), tr("Run all"), place);
    m_runAll->setObjectName(u"runCheckup"_s);
    m_runAll->setToolTip(tr("Asks the server and the issuer, and tries calls that have to be refused"));
    connect(m_runAll, &QPushButton::clicked, this, [this] {
        m_desk->isRunning() ? m_desk->cancel() : m_desk->run(true);
        refresh();
    });
    m_copy = new QPushButton(icon(u"copy"_s), tr("Copy diagnostics"), place);
    m_copy->setObjectName(u"copyDiagnostics"_s);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_desk->diagnostics()); });
    m_bar = new CheckupBar(place);
    m_table = new QTreeWidget(place);
    m_table->setObjectName(u"checkup"_s);
    m_table->setAccessibleName(tr("Checks"));
    m_table->setProperty("lined", true);
    m_table->setHeaderLabels({tr("Check"), tr("Evidence"), tr("Seen")});
    m_table->setItemDelegate(new ToneDelegate(toneRole, m_table));
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setItemsExpandable(false);
    m_table->setExpandsOnDoubleClick(false);
    m_table->setIndentation(fontMetrics().averageCharWidth());
    m_table->header()->setStretchLastSection(false);
    m_table->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->header()->setSectionResizeMode(EvidenceColumn, QHeaderView::Stretch);
    connect(m_table, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem *item) {
        if (!item || !item->data(0, idRole).isValid())
            return;
        m_chosen = CheckupId(item->data(0, idRole).toInt());
        showDetails();
    });
    connect(m_table, &QTreeWidget::itemActivated, this, [this] {
        if (m_mend->isVisible() && m_mend->isEnabled())
            m_mend->setFocus();
    });
    auto *row = new QHBoxLayout;
    row->addWidget(m_title, 1);
    row->addWidget(m_runAll, 0, Qt::AlignTop);
    row->addWidget(m_copy, 0, Qt::AlignTop);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(16, 12, 16, 8);
    head->setSpacing(8);
    head->addLayout(row);
    head->addWidget(m_bar);
    head->addWidget(makeChips(place));
    auto *column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_table, 1);
    return place;
}

QWidget *ChecksView::makeChips(QWidget *parent)
{
    auto *place = new QWidget(parent);
    auto *flow = new FlowLayout(place);
    m_chips = new QButtonGroup(this);
    const std::pair<QString, int> all[] = {{u"checksAll"_s, everything},
                                           {u"checksFailed"_s, int(State::Failed)},
                                           {u"checksRemarks"_s, int(State::Remark)},
                                           {u"checksOpen"_s, int(State::NotChecked)},
                                           {u"checksPassed"_s, int(State::Passed)}};
    for (const auto &[name, id] : all) {
        auto *chip = new QPushButton(place);
        chip->setObjectName(name);
        chip->setProperty("chip", true);
        chip->setCheckable(true);
        m_chips->addButton(chip, id);
        flow->addWidget(chip);
    }
    m_chips->button(everything)->setChecked(true);
    connect(m_chips, &QButtonGroup::idClicked, this, [this] {
        fill();
        showDetails();
    });
    return place;
}

QWidget *ChecksView::makeDetails()
{
    m_details = new QWidget(this);
    m_strip = new Strip(u"checkSaid"_s, m_details);
    m_undo = m_strip->addButton(u"undoRemedy"_s, tr("Undo"));
    m_mend = m_strip->addButton(u"applyRemedy"_s, tr("Mend"));
    m_mend->setDefault(true);
    connect(m_mend, &QPushButton::clicked, this, &ChecksView::mend);
    connect(m_undo, &QPushButton::clicked, this, [this] {
        m_desk->undo(m_chosen);
        m_table->setFocus();
    });
    m_changeTitle = headLabel(tr("What the button changes"), m_details);
    m_change = new Label(m_details);
    m_change->setObjectName(u"remedyChange"_s);
    m_change->setWordWrap(true);
    m_changePlace = new Label(m_details);
    m_changePlace->setProperty("quiet", true);
    m_changePlace->setWordWrap(true);
    m_why = new Label(m_details);
    m_why->setObjectName(u"checkWhy"_s);
    m_why->setWordWrap(true);
    m_traffic = new QPushButton(icon(u"traffic"_s), tr("Show in Traffic"), m_details);
    m_traffic->setObjectName(u"checkTraffic"_s);
    connect(m_traffic, &QPushButton::clicked, this, [this] {
        if (const CheckupRow *row = current())
            Q_EMIT trafficWanted(row->filter);
    });
    auto *inner = new QVBoxLayout;
    inner->setContentsMargins(16, 12, 16, 12);
    inner->setSpacing(6);
    inner->addWidget(m_changeTitle);
    inner->addWidget(m_change);
    inner->addWidget(m_changePlace);
    inner->addSpacing(8);
    inner->addWidget(headLabel(tr("Why it matters"), m_details));
    inner->addWidget(m_why);
    inner->addSpacing(8);
    inner->addWidget(m_traffic, 0, Qt::AlignLeft);
    inner->addStretch();
    auto *column = new QVBoxLayout(m_details);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_strip);
    column->addLayout(inner, 1);
    return new PageArea(m_details, this);
}

void ChecksView::refresh()
{
    m_rows = m_desk->rows();
    updateHead();
    if (!isVisible())
        return; // Only the rail says something of it.
    fill();
    showDetails();
}

void ChecksView::updateHead()
{
    const int failed = countOf(m_rows, State::Failed);
    const int remarks = countOf(m_rows, State::Remark);
    if (failed > 0)
        setBadge({failed, Tone::Bad, tr("checks that fail: %1").arg(failed)});
    else
        setBadge({remarks, Tone::Warning, tr("remarks: %1").arg(remarks)});
    m_title->setText(headlineOf(m_rows));
    m_bar->setRows(m_rows);
    m_bar->setAccessibleName(m_title->source());
    m_runAll->setText(m_desk->isRunning() ? tr("Cancel") : tr("Run all"));
    const std::pair<int, QString> names[] = {{int(State::Failed), tr("Fails %1")},
                                             {int(State::Remark), tr("Remarks %1")},
                                             {int(State::NotChecked), tr("Not checked %1")},
                                             {int(State::Passed), tr("Passes %1")}};
    m_chips->button(everything)->setText(tr("All %1").arg(m_rows.size()));
    for (const auto &[id, name] : names)
        m_chips->button(id)->setText(name.arg(countOf(m_rows, State(id))));
}

bool ChecksView::isWanted(const CheckupRow &row) const
{
    const int id = m_chips->checkedId();
    return id == everything || id == int(row.state);
}

/// What stands there stays, with the row that is chosen: most of the time only ages change.
void ChecksView::fill()
{
    QList<CheckupRow> wanted;
    std::copy_if(m_rows.begin(), m_rows.end(), std::back_inserter(wanted),
                 [this](const CheckupRow &row) { return isWanted(row); });
    QList<QTreeWidgetItem *> items;
    for (int i = 0; i < m_table->topLevelItemCount(); ++i) {
        for (int j = 0; j < m_table->topLevelItem(i)->childCount(); ++j)
            items.append(m_table->topLevelItem(i)->child(j));
    }
    const bool isSame = std::equal(wanted.begin(), wanted.end(), items.begin(), items.end(),
                                   [](const CheckupRow &row, const QTreeWidgetItem *item) {
                                       return item->data(0, idRole).toInt() == int(row.id);
                                   });
    if (isSame) {
        for (qsizetype i = 0; i < wanted.size(); ++i)
            showRow(items.at(i), wanted.at(i));
        return;
    }
    const CheckupId chosen = m_chosen;
    m_table->clear();
    QTreeWidgetItem *group = nullptr;
    std::optional<CheckupGroup> last;
    for (const CheckupRow &row : wanted) {
        if (last != row.group) {
            group = new QTreeWidgetItem(m_table, {titleOf(row.group)});
            group->setFlags(Qt::ItemIsEnabled);
            group->setData(0, toneRole, int(Tone::Muted));
            QFont bold = font();
            bold.setBold(true);
            group->setFont(0, bold);
            group->setFirstColumnSpanned(true);
            last = row.group;
        }
        showRow(new QTreeWidgetItem(group), row);
    }
    m_table->expandAll();
    if (wanted.isEmpty())
        (new QTreeWidgetItem(m_table, {tr("None of them.")}))->setFlags(Qt::NoItemFlags);
    else
        goTo(std::any_of(wanted.begin(), wanted.end(),
                         [chosen](const CheckupRow &row) { return row.id == chosen; })
                 ? chosen
                 : wanted.first().id);
}

void ChecksView::showRow(QTreeWidgetItem *item, const CheckupRow &row)
{
    const Tone tone = toneOf(row.state);
    const QString texts[ColumnCount] = {row.title, row.evidence,
                                        row.state == State::NotChecked || row.state == State::Running
                                            ? u"–"_s
                                            : seenWords(row.seenMs, QDateTime::currentMSecsSinceEpoch())};
    for (int column = 0; column < ColumnCount; ++column) {
        const QString shown = inspector::lineText(texts[column]);
        if (item->text(column) != shown) {
            item->setText(column, shown);
            item->setToolTip(column, inspector::toolTipText(texts[column]));
        }
        const bool isCalm = column == CheckColumn || row.state == State::Passed;
        item->setData(column, toneRole,
                      int(column == SeenColumn || (isCalm && column == EvidenceColumn) ? Tone::Muted
                              : isCalm                                                 ? Tone::Plain
                                                                                       : tone));
    }
    item->setData(0, idRole, int(row.id));
    item->setIcon(0, icon(iconNameOf(row.state), tone));
    item->setData(0, Qt::AccessibleTextRole,
                  u"%1, %2, %3"_s.arg(wordOf(row.state), row.title, inspector::lineText(row.evidence)));
}

const CheckupRow *ChecksView::current() const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [this](const CheckupRow &row) { return row.id == m_chosen; });
    return found == m_rows.end() ? nullptr : &*found;
}

void ChecksView::showDetails()
{
    const CheckupRow *row = current();
    m_details->setVisible(row != nullptr);
    if (!row)
        return;
    const QString more = row->sentence.isEmpty() ? row->evidence : row->evidence + u'\n' + row->sentence;
    m_strip->say(toneOf(row->state), row->title, more, iconNameOf(row->state));
    // A button that goes away gives its focus to the list.
    const bool hasRemedy = row->remedy.kind != Remedy::Kind::None;
    const auto back = m_desk->undoOf(row->id);
    if ((!hasRemedy && m_mend->hasFocus()) || (!back && m_undo->hasFocus()))
        m_table->setFocus();
    m_mend->setText(row->remedy.label);
    m_mend->setVisible(hasRemedy);
    m_undo->setVisible(back.has_value());
    m_traffic->setVisible(!row->filter.isEmpty());
    m_why->setText(reasonFor(row->id));
    showChange(hasRemedy || !back ? row->remedy : *back);
}

void ChecksView::showChange(const Remedy &remedy)
{
    const host::Setting *setting
        = remedy.kind == Remedy::Kind::Change ? host::findSetting(remedy.field) : nullptr;
    for (QWidget *one : {static_cast<QWidget *>(m_changeTitle), static_cast<QWidget *>(m_change),
                         static_cast<QWidget *>(m_changePlace)})
        one->setVisible(setting != nullptr);
    if (!setting)
        return;
    const host::Settings now = m_desk->settings();
    const bool isList = std::holds_alternative<QStringList host::Settings::*>(setting->member);
    const auto partsOf = [&](const host::Settings &settings) {
        return isList ? settings.*std::get<QStringList host::Settings::*>(setting->member)
                      : QStringList{setting->textOf(settings)};
    };
    m_change->setText(differenceOf(partsOf(now), partsOf(remedy.wanted)));
    m_changePlace->setText(
        tr("Settings › %1 › %2. Taken over at once, and it can be undone.")
            .arg(host::titleOf(setting->topic), host::Setting::translated(setting->label)));
}

void ChecksView::mend()
{
    const CheckupRow *row = current();
    if (!row)
        return;
    const Remedy remedy = row->remedy; // The rows may change while it is applied.
    if (m_desk->apply(row->id, remedy))
        return;
    switch (remedy.kind) {
    case Remedy::Kind::Start:
        return Q_EMIT startWanted();
    case Remedy::Kind::Port:
        return Q_EMIT portWanted(remedy.port);
    case Remedy::Kind::Settings:
        return Q_EMIT settingsWanted(remedy.field);
    case Remedy::Kind::Dashboard:
        return Q_EMIT dashboardWanted();
    case Remedy::Kind::Clients:
        return Q_EMIT clientsWanted();
    default:
        return;
    }
}

void ChecksView::goTo(CheckupId id)
{
    for (int i = 0; i < m_table->topLevelItemCount(); ++i) {
        for (int j = 0; j < m_table->topLevelItem(i)->childCount(); ++j) {
            QTreeWidgetItem *item = m_table->topLevelItem(i)->child(j);
            if (item->data(0, idRole).toInt() == int(id))
                m_table->setCurrentItem(item);
        }
    }
}

QWidget *ChecksView::home() const
{
    return m_table;
}

QList<QWidget *> ChecksView::panes() const
{
    return {m_runAll, m_table, m_details};
}

void ChecksView::showEvent(QShowEvent *event)
{
    View::showEvent(event);
    m_desk->setWatched(true);
    m_clock.start();
    refresh();
    if (!std::exchange(m_isSplit, true))
        split();
}

void ChecksView::split()
{
    m_splitter->setSizes({2 * width() / 3, width() / 3});
}

void ChecksView::hideEvent(QHideEvent *event)
{
    View::hideEvent(event);
    m_desk->setWatched(false);
    m_clock.stop();
}

void ChecksView::resizeEvent(QResizeEvent *event)
{
    View::resizeEvent(event);
    const bool isNarrow = width() < narrow * Look::textPercent() / 100;
    m_splitter->setOrientation(isNarrow ? Qt::Vertical : Qt::Horizontal);
}

QByteArray ChecksView::saveLayout() const
{
    return m_isSplit ? m_splitter->saveState() : QByteArray(); // Before that it has no sizes to keep.
}

void ChecksView::restoreLayout(const QByteArray &state)
{
    m_isSplit = (!state.isEmpty() && m_splitter->restoreState(state)) || isVisible();
    if (m_isSplit && state.isEmpty())
        split();
}

void ChecksView::retheme()
{
    m_strip->retheme();
    m_table->setIconSize(QSize(1, 1) * (fontMetrics().height() - 2));
    m_table->clear(); // Their icons and fonts.
    m_change->setFont(Look::fixedFont());
    m_bar->update();
    if (isVisible())
        refresh();
    QResizeEvent again(size(), size());
    resizeEvent(&again);
}

} // namespace gatehouse::app
