// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sessioncards.h"

#include "app/label.h"
#include "app/wrappingrow.h"
#include "inspector/foreigntext.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

SessionCards::SessionCards(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"sessionCards"_s);
    auto *title = new Label(tr("Earlier sessions"), this);
    title->setProperty("strong", true);
    auto *more = new Label(tr("what passed then, to look at"), this);
    more->setProperty("quiet", true);
    auto *ask = new QPushButton(tr("Open another…"), this);
    ask->setObjectName(u"sessionAsk"_s);
    connect(ask, &QPushButton::clicked, this, &SessionCards::askWanted);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(title);
    head->addWidget(more, 1);
    head->addWidget(ask);
    auto *place = new WrappingRow(this);
    for (int i = 0; i < most; ++i) {
        Card card;
        card.group = place->addGroup(1);
        auto *frame = new QFrame(card.group);
        frame->setObjectName(u"sessionCard%1"_s.arg(i));
        frame->setProperty("card", true);
        card.title = new Label(frame);
        card.title->setProperty("strong", true);
        card.title->setWordWrap(true);
        card.words = new Label(frame);
        card.words->setProperty("quiet", true);
        card.words->setWordWrap(true);
        card.words->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        card.open = new QPushButton(tr("Open"), frame);
        card.open->setObjectName(u"sessionOpen%1"_s.arg(i));
        connect(card.open, &QPushButton::clicked, this,
                [this, i] { Q_EMIT openWanted(m_sessions.at(i).path); });
        auto *column = new QVBoxLayout(frame);
        column->setContentsMargins(12, 10, 12, 10);
        column->addWidget(card.title);
        column->addWidget(card.words, 1);
        column->addWidget(card.open, 0, Qt::AlignLeft);
        card.group->layout()->addWidget(frame);
        m_cards.append(card);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->addLayout(head);
    column->addWidget(place);
    show({});
}

void SessionCards::show(const QList<Session> &sessions)
{
    m_sessions = sessions.mid(0, most);
    for (int i = 0; i < most; ++i) {
        const bool isThere = i < m_sessions.size();
        const Session session = m_sessions.value(i);
        const Card &card = m_cards.at(i);
        card.title->setText(session.title);
        card.words->setText(session.words);
        card.open->setToolTip(inspector::toolTipText(session.path));
        card.open->setAccessibleName(tr("Open %1").arg(session.title));
        card.title->parentWidget()->setVisible(isThere);
    }
    setVisible(!m_sessions.isEmpty());
}

} // namespace gatehouse::app
