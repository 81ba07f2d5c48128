// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wrappingrow.h"

#include "app/flowlayout.h"

#include <QBoxLayout>
#include <QEvent>
#include <QHBoxLayout>

#include <algorithm>

namespace gatehouse::app {

namespace {
constexpr int betweenGroups = 10;
}

WrappingRow::WrappingRow(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(betweenGroups);
}

QWidget *WrappingRow::addGroup(int stretch)
{
    auto *group = new QWidget(this);
    auto *row = new QHBoxLayout(group);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    m_row->addWidget(group, stretch);
    m_groups.append(group);
    return group;
}

void WrappingRow::addWidget(QWidget *widget)
{
    m_row->addWidget(widget);
    m_groups.append(widget);
}

void WrappingRow::addStretch()
{
    m_row->addStretch();
}

QSize WrappingRow::minimumSizeHint() const
{
    int width = 0;
    for (const QWidget *group : m_groups) {
        if (!group->isHidden())
            width = std::max(width, group->minimumSizeHint().width());
    }
    return {width, m_row->minimumSize().height()};
}

bool WrappingRow::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        arrange();
    return QWidget::event(event);
}

void WrappingRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

int WrappingRow::wholeWidth() const
{
    int needed = -betweenGroups;
    for (const QWidget *group : m_groups) {
        if (group->isHidden())
            continue;
        const auto *row = qobject_cast<const WrappingRow *>(group);
        const auto *flow = dynamic_cast<const FlowLayout *>(group->layout());
        needed += betweenGroups
            + (row        ? row->wholeWidth()
                   : flow ? flow->lineWidth()
                          : group->minimumSizeHint().width());
    }
    return needed;
}

void WrappingRow::arrange()
{
    const auto direction = width() >= wholeWidth() ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
    for (QWidget *group : std::as_const(m_groups)) {
        // Beside others it stays in one line, and below them it has as many as it needs.
        if (const auto *flow = dynamic_cast<const FlowLayout *>(group->layout())) {
            const bool isBeside = direction == QBoxLayout::LeftToRight;
            group->setMinimumSize(isBeside ? flow->lineWidth() : 0,
                                  isBeside ? 0 : flow->heightForWidth(width()));
        }
    }
    if (direction == m_row->direction())
        return;
    m_row->setDirection(direction);
    m_row->setSpacing(direction == QBoxLayout::LeftToRight ? betweenGroups : 6);
    updateGeometry();
}

} // namespace gatehouse::app
