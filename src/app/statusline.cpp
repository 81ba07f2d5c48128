// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/statusline.h"

#include "inspector/foreigntext.h"

#include <QHBoxLayout>
#include <QStyleOptionToolButton>
#include <QStylePainter>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

StatusItem::StatusItem(QWidget *parent)
    : QToolButton(parent)
{
    setProperty("status", true);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    hide();
}

void StatusItem::say(const QString &text, const QString &whereTo)
{
    if (text == m_text && whereTo == m_whereTo)
        return;
    m_text = text;
    m_whereTo = whereTo;
    setText(inspector::lineText(text).replace(u'&', u"&&"_s)); // Its own elision knows the room.
    setAccessibleName(inspector::lineText(text.isEmpty() ? whereTo : text));
    setAccessibleDescription(whereTo);
    setToolTip(inspector::toolTipText(whereTo.isEmpty() ? text : u"%1 – %2"_s.arg(text, whereTo)));
    setVisible(!text.isEmpty() && m_hasRoom);
    updateGeometry();
}

void StatusItem::setRoom(bool hasRoom)
{
    if (std::exchange(m_hasRoom, hasRoom) != hasRoom)
        setVisible(!m_text.isEmpty() && hasRoom);
}

QSize StatusItem::minimumSizeHint() const
{
    const int whole = QToolButton::sizeHint().width();
    return {std::min(whole, fontMetrics().averageCharWidth() * 12), QToolButton::sizeHint().height()};
}

void StatusItem::paintEvent(QPaintEvent *)
{
    QStyleOptionToolButton option;
    initStyleOption(&option);
    // Of its hint two blanks are spare.
    const int around = sizeHint().width() - fontMetrics().size(Qt::TextShowMnemonic, text()).width()
        - 2 * fontMetrics().horizontalAdvance(u' ');
    option.text = fontMetrics().elidedText(text(), Qt::ElideMiddle, width() - around, Qt::TextShowMnemonic);
    QStylePainter(this).drawComplexControl(QStyle::CC_ToolButton, option);
}

StatusLine::StatusLine(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(8, 1, 8, 1);
    m_row->setSpacing(0);
}

StatusItem *StatusLine::add(const QString &name, const std::function<void()> &lead)
{
    auto *item = new StatusItem(this);
    item->setObjectName(name);
    connect(item, &QToolButton::clicked, this, lead);
    m_row->addWidget(item);
    return item;
}

} // namespace gatehouse::app
