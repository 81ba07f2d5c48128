// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEvent>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>

namespace gatehouse::app {

/// A page that is scrolled where it has less room than its words need; they would be cut otherwise. Sideways
/// only where large text would make the window wider than a screen.
class PageArea : public QScrollArea
{
public:
    explicit PageArea(QWidget *page, QWidget *parent = nullptr)
        : QScrollArea(parent)
    {
        setFrameShape(NoFrame);
        setFocusPolicy(Qt::NoFocus);
        setWidgetResizable(true);
        setWidget(page);
    }

    [[nodiscard]] QSize minimumSizeHint() const override
    {
        const int page = widget() ? widget()->minimumSizeHint().width() : 0;
        const int wanted = page + verticalScrollBar()->sizeHint().width();
        return {std::min(wanted, fontMetrics().height() * 24), QScrollArea::minimumSizeHint().height()};
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == widget() && event->type() == QEvent::LayoutRequest)
            updateGeometry();
        return QScrollArea::eventFilter(watched, event);
    }
};

} // namespace gatehouse::app
