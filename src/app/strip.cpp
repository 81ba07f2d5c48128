// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/strip.h"

#include "app/icons.h"
#include "app/label.h"
#include "app/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using inspector::Tone;

QString toneName(Tone tone)
{
    switch (tone) {
    case Tone::Plain:
        return u"plain"_s;
    case Tone::Muted:
        return u"muted"_s;
    case Tone::Good:
        return u"good"_s;
    case Tone::Warning:
        return u"warning"_s;
    case Tone::Bad:
        return u"bad"_s;
    }
    return {};
}

} // namespace

Strip::Strip(const QString &objectName, QWidget *parent)
    : QFrame(parent)
{
    setObjectName(objectName);
    setProperty("strip", true);
    m_icon = new Label(this);
    m_sentence = new Label(this);
    m_sentence->setObjectName(objectName + u"Sentence"_s);
    m_sentence->setProperty("strong", true);
    m_more = new Label(this);
    m_more->setObjectName(objectName + u"More"_s);
    for (Label *label : {m_sentence, m_more}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setMinimumWidth(120); // A key's long name must not make the window wider.
    }
    m_words = new QVBoxLayout;
    m_words->setSpacing(2);
    m_words->addWidget(m_sentence);
    m_words->addWidget(m_more);
    m_buttons = new QHBoxLayout;
    m_buttons->setSpacing(6);
    m_row = new QHBoxLayout(this);
    m_row->setContentsMargins(16, 8, 16, 8);
    m_row->setSpacing(12);
    m_row->addWidget(m_icon, 0, Qt::AlignTop);
    m_row->addLayout(m_words, 1);
    m_row->addLayout(m_buttons);
    say(Tone::Plain, {});
}

/// The words need room before they are read.
void Strip::placeButtons()
{
    const int letters = fontMetrics().averageCharWidth();
    const bool isBelow = width() - m_buttons->sizeHint().width() < letters * 60;
    if (isBelow == m_isBelow)
        return;
    m_isBelow = isBelow;
    QBoxLayout *from = isBelow ? static_cast<QBoxLayout *>(m_row) : m_words;
    QBoxLayout *to = isBelow ? static_cast<QBoxLayout *>(m_words) : m_row;
    from->removeItem(m_buttons);
    m_buttons->setParent(nullptr);
    to->addLayout(m_buttons);
    m_buttons->setAlignment(isBelow ? Qt::AlignLeft : Qt::Alignment());
    updateGeometry();
}

void Strip::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    placeButtons();
}

void Strip::say(Tone tone, const QString &sentence, const QString &more, const QString &iconName)
{
    m_tone = tone;
    m_iconName = iconName.isEmpty() ? iconNameOf(tone) : iconName;
    setProperty("tone", toneName(tone));
    style()->polish(this);
    m_sentence->setText(sentence);
    m_more->setText(more);
    m_more->setVisible(!more.isEmpty());
    placeButtons();
    layout()->setAlignment(m_icon, more.isEmpty() ? Qt::AlignVCenter : Qt::AlignTop);
    retheme();
}

QPushButton *Strip::addButton(const QString &objectName, const QString &text, const QString &iconName)
{
    auto *button = new QPushButton(text, this);
    if (!iconName.isEmpty())
        button->setIcon(icon(iconName));
    button->setObjectName(objectName);
    m_buttons->addWidget(button, 0, Qt::AlignVCenter);
    return button;
}

void Strip::retheme()
{
    m_icon->setPixmap(iconPixmap(m_iconName, Look::theme().colorOf(m_tone), fontMetrics().height() + 2,
                                 devicePixelRatioF()));
}

} // namespace gatehouse::app
