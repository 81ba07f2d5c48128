// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pagelist.h"

#include "app/icons.h"
#include "app/theme.h"

#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

enum Role { FaultsRole = Qt::UserRole, FoundRole, ChangedRole };

/// Paints the marks at the right end: a number in red, a dot, how much was found.
class MarksDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const int found = index.data(FoundRole).toInt();
        QStyleOptionViewItem row = option;
        if (found == 0)
            row.state &= ~QStyle::State_Enabled; // Nothing to look for there.
        QStyledItemDelegate::paint(painter, row, index);
        const Theme &theme = Look::theme();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        QRect free = option.rect.adjusted(0, 0, -8, 0);
        const int height = option.fontMetrics.height();
        if (found > 0) {
            painter->setPen(theme.muted);
            const QString text = QString::number(found);
            painter->drawText(free, Qt::AlignVCenter | Qt::AlignRight, text);
            free.adjust(0, 0, -option.fontMetrics.horizontalAdvance(text) - 8, 0);
        }
        if (const int faults = index.data(FaultsRole).toInt(); faults > 0) {
            const QString text = QString::number(faults);
            const int width = option.fontMetrics.horizontalAdvance(text) + height / 2 + 4;
            const QRectF pill(free.right() - width, free.center().y() - height / 2.0, width, height);
            painter->setPen(theme.bad);
            painter->setBrush(theme.badTint);
            painter->drawRoundedRect(pill, height / 2.0, height / 2.0);
            painter->drawText(pill, Qt::AlignCenter, text);
            free.adjust(0, 0, -width - 8, 0);
        }
        if (index.data(ChangedRole).toBool()) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(theme.accent);
            painter->drawEllipse(QPointF(free.right() - 4, free.center().y() + 0.5), 4, 4);
        }
        painter->restore();
    }
};

} // namespace

PageList::PageList(QWidget *parent)
    : QListWidget(parent)
{
    setItemDelegate(new MarksDelegate(this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void PageList::addPage(const QString &iconName, const QString &title)
{
    auto *item = new QListWidgetItem(icon(iconName), title, this);
    item->setData(FoundRole, -1);
}

void PageList::setMarks(int row, const Marks &marks)
{
    QListWidgetItem *one = item(row);
    one->setData(FaultsRole, marks.faults);
    one->setData(FoundRole, marks.found);
    one->setData(ChangedRole, marks.isChanged);
    QStringList spoken{one->text()};
    if (marks.faults > 0)
        spoken.append(tr("wrong: %1").arg(marks.faults));
    if (marks.isChanged)
        spoken.append(tr("changed"));
    if (marks.found >= 0)
        spoken.append(tr("found: %1").arg(marks.found));
    one->setData(Qt::AccessibleTextRole, spoken.join(u", "_s));
}

int PageList::fit()
{
    const int line = fontMetrics().height();
    setIconSize({line, line});
    return std::max(sizeHintForColumn(0) + 4 * line, 11 * line) + 2 * frameWidth();
}

QSize PageList::sizeHint() const
{
    return {0, QListWidget::sizeHint().height()};
}

} // namespace gatehouse::app
