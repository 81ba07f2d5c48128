// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/tone.h"

#include <QList>
#include <QWidget>

namespace gatehouse::app {

/// One of the window's views: what stands beside the rail.
class View : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Where the focus is at home: the first thing that one may want to do, else the list.
    [[nodiscard]] virtual QWidget *home() const = 0;
    /// For going from pane to pane by keys, in reading order.
    [[nodiscard]] virtual QList<QWidget *> panes() const = 0;
    /// Where a key that asks for the view puts the focus.
    [[nodiscard]] virtual QWidget *entrance() const { return home(); }
    /// The colours or the size of the text have changed.
    virtual void retheme() = 0;

    /// How its parts share the room, to be kept; empty: as they do by themselves.
    [[nodiscard]] virtual QByteArray saveLayout() const { return {}; }
    /// Empty: as they would at first.
    virtual void restoreLayout(const QByteArray & /*state*/) { }

    /// What the rail says of it beside its name.
    struct Badge
    {
        int count = 0; ///< 0: nothing.
        inspector::Tone tone = inspector::Tone::Muted; ///< Bad or Warning: something is new and wrong.
        QString words = {}; ///< The same for those who do not see it.

        bool operator==(const Badge &) const = default;
    };
    [[nodiscard]] const Badge &badge() const { return m_badge; }

Q_SIGNALS:
    void badgeChanged();

protected:
    void setBadge(const Badge &badge)
    {
        if (m_badge == badge)
            return;
        m_badge = badge;
        Q_EMIT badgeChanged();
    }

private:
    Badge m_badge;
};

} // namespace gatehouse::app
