// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/elidedlabel.h"

#include "inspector/foreigntext.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

ElidedLabel::ElidedLabel(QWidget *parent)
    : Label(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().horizontalAdvance(u"…"_s) * 4, QLabel::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QString shown = fontMetrics().elidedText(text(), m_mode, contentsRect().width());
    setToolTip(shown == text() ? QString() : inspector::toolTipText(base::withoutIsolates(text())));
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(contentsRect(), alignment(), shown);
}

} // namespace gatehouse::app
