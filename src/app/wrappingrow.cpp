// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wrappingrow.h"

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

void WrappingRow::arrange()
{
    int needed = -betweenGroups;
    for (const QWidget *group : std::as_const(m_groups)) {
        if (!group->isHidden())
            needed += group->minimumSizeHint().width() + betweenGroups;
    }
    const auto direction = width() >= needed ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
    if (direction == m_row->direction())
        return;
    m_row->setDirection(direction);
    m_row->setSpacing(direction == QBoxLayout::LeftToRight ? betweenGroups : 6);
    updateGeometry();
}

} // namespace gatehouse::app
