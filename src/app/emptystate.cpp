// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/emptystate.h"

#include "app/icons.h"
#include "app/theme.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

EmptyState::EmptyState(const QString &name, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(name + u"State"_s);
    setProperty("emptyState", true);
    setAttribute(Qt::WA_StyledBackground);
    m_icon = new Label(this);
    m_title = new Label(this);
    m_title->setObjectName(name + u"Title"_s);
    m_title->setProperty("strong", true);
    m_text = new Label(this);
    m_text->setObjectName(name + u"Text"_s);
    m_text->setProperty("quiet", true);
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignHCenter);
    m_button = new QPushButton(this);
    m_button->setObjectName(name + u"Button"_s);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_button);
    buttons->addStretch();
    m_buttons = buttons;
    auto *column = new QVBoxLayout(this);
    column->addStretch(2);
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    column->addSpacing(8);
    column->addWidget(m_title, 0, Qt::AlignHCenter);
    column->addWidget(m_text);
    column->addSpacing(8);
    column->addLayout(buttons);
    column->addStretch(3);
}

void EmptyState::say(const QString &iconName, const QString &title, const QString &text,
                     const QString &action)
{
    m_iconName = iconName;
    m_title->setText(title);
    m_text->setText(text);
    m_button->setText(action);
    m_button->setVisible(!action.isEmpty());
    retheme();
}

QPushButton *EmptyState::addButton(const QString &objectName, const QString &iconName, const QString &text)
{
    auto *made = new QPushButton(icon(iconName), text, this);
    made->setObjectName(objectName);
    auto *row = static_cast<QHBoxLayout *>(m_buttons);
    row->insertWidget(row->count() - 1, made);
    return made;
}

void EmptyState::retheme()
{
    if (!m_iconName.isEmpty())
        m_icon->setPixmap(
            iconPixmap(m_iconName, Look::theme().muted, fontMetrics().height() * 2, devicePixelRatioF()));
}

} // namespace gatehouse::app
