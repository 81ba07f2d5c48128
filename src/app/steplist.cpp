// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/steplist.h"

#include "app/icons.h"
#include "app/theme.h"
#include "inspector/tokenwords.h"
#include "inspector/words.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

using inspector::Tone;
using oauth::StepState;

namespace {

enum ListColumn { TitleColumn, StatusColumn, TimeColumn };

/// Selection is a tint with a bar at its left, as everywhere; Fusion's focus frame would lie over it.
class RowDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        if (option.state.testFlag(QStyle::State_Selected) && index.column() == TitleColumn)
            painter->fillRect(0, option.rect.top(), 3, option.rect.height(), Look::theme().accent);
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->state.setFlag(QStyle::State_HasFocus, false);
    }
};

} // namespace

StepList::StepList(QWidget *parent)
    : QTreeWidget(parent)
{
    setObjectName(u"steps"_s);
    setAccessibleName(tr("Steps"));
    setProperty("plain", true);
    setColumnCount(3);
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setItemDelegate(new RowDelegate(this));
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(TitleColumn, QHeaderView::Stretch);
    header()->setSectionResizeMode(StatusColumn, QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(TimeColumn, QHeaderView::ResizeToContents);
    header()->setMinimumSectionSize(20);
    for (int row = 0; row < RowCount; ++row) {
        auto *item = new QTreeWidgetItem(this);
        item->setTextAlignment(StatusColumn, Qt::AlignRight | Qt::AlignVCenter);
        item->setTextAlignment(TimeColumn, Qt::AlignRight | Qt::AlignVCenter);
    }
}

int StepList::rowOf(oauth::StepId id)
{
    return int(id) <= int(oauth::StepId::Token) ? int(id) : int(id) + 1;
}

int StepList::stepOf(int row)
{
    if (row < 0 || row == TokensRow || row >= ChecksRow)
        return -1;
    return row < TokensRow ? row : row - 1;
}

StepList::Words StepList::wordsOf(const oauth::Step &step)
{
    Words words{step.title, stateWordsOf(step.state)};
    if (step.state != StepState::Waiting && step.state != StepState::Skipped) {
        words.status = step.status() > 0 ? QString::number(step.status()) : QString();
        words.time = step.state == StepState::Running ? u"…"_s : durationOf(step.tookMs);
    }
    return words;
}

void StepList::show(int row, const Words &words)
{
    QTreeWidgetItem *item = topLevelItem(row);
    const StateWords &state = words.state;
    item->setText(TitleColumn, u"%1  %2"_s.arg(row + 1).arg(words.title));
    item->setIcon(TitleColumn, icon(state.icon, state.tone));
    item->setText(StatusColumn, words.status);
    item->setText(TimeColumn, words.time);
    const Theme &theme = Look::theme();
    item->setForeground(StatusColumn, theme.muted);
    item->setForeground(TimeColumn, theme.muted);
    item->setForeground(TitleColumn,
                        state.tone == Tone::Bad       ? theme.bad
                            : state.icon == "ring"_L1 ? theme.muted
                                                      : theme.text);
    item->setToolTip(TitleColumn, inspector::toolTipText(words.title));
    item->setData(TitleColumn, Qt::AccessibleTextRole,
                  QStringList{item->text(TitleColumn), state.word, words.status, words.time}.join(u", "_s));
}

void StepList::retheme()
{
    const int size = fontMetrics().height();
    setIconSize({size, size});
}

StepList::Words StepList::wordsOf(const auth::Verdict &verdict)
{
    Words words{tr("Look at the token"), stateWordsOf(StepState::Waiting)};
    if (!verdict.fingerprint.isEmpty()) {
        const Tone tone = verdict.claims.isEmpty() ? Tone::Muted : inspector::headlineOf(verdict).tone;
        words.state = {tone, iconNameOf(tone), tone == Tone::Good ? tr("good") : tr("see there")};
    }
    return words;
}

StepList::Words StepList::wordsOf(const oauth::NegativeChecks &checks)
{
    using oauth::CheckState;
    Words words{tr("Negative checks"), stateWordsOf(StepState::Waiting)};
    const auto count = [&checks](CheckState state) {
        return std::count_if(checks.checks().begin(), checks.checks().end(),
                             [state](const oauth::NegativeCheck &one) { return one.state == state; });
    };
    const auto passed = count(CheckState::Passed);
    const auto failed = count(CheckState::Failed);
    if (checks.isRunning())
        words.state = stateWordsOf(StepState::Running);
    else if (passed + failed > 0)
        words.state = stateWordsOf(failed > 0 ? StepState::Failed : StepState::Done);
    words.status = u"%1/%2"_s.arg(passed).arg(oauth::checkCount);
    return words;
}

} // namespace gatehouse::app
