// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ladder.h"

#include "app/icons.h"
#include "app/strip.h"
#include "app/theme.h"
#include "auth/explanation.h"
#include "inspector/clientsmodel.h"

#include <QDateTime>
#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using inspector::Arrival;
using inspector::Tone;
using State = Arrival::State;

QString clockOf(qint64 atMs)
{
    return QDateTime::fromMSecsSinceEpoch(atMs).toString(u"HH:mm:ss"_s);
}

QString minutesOf(qint64 ms)
{
    const qint64 seconds = std::max<qint64>(0, ms) / 1000;
    return u"%1:%2"_s.arg(seconds / 60).arg(seconds % 60, 2, 10, QChar(u'0'));
}

} // namespace

Ladder::Ladder(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"ladder"_s);
    m_title = new Label(this);
    m_title->setObjectName(u"ladderTitle"_s);
    m_title->setProperty("strong", true);
    m_about = new Label(this);
    m_about->setObjectName(u"ladderAbout"_s);
    m_about->setProperty("quiet", true);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    for (int i = 0; i < Arrival::rungs; ++i) {
        const Rung rung{new Label(this), new Label(titleOf(Arrival::Rung(i)), this), new Label(this),
                        new Label(this)};
        rung.title->setObjectName(u"rung%1"_s.arg(i));
        rung.words->setObjectName(u"rungWords%1"_s.arg(i));
        rung.words->setProperty("quiet", true);
        rung.time->setProperty("quiet", true);
        rung.words->setWordWrap(true);
        grid->addWidget(rung.icon, 3 * i, 0, 2, 1, Qt::AlignTop);
        grid->addWidget(rung.title, 3 * i, 1);
        grid->addWidget(rung.time, 3 * i, 2, Qt::AlignRight);
        grid->addWidget(rung.words, 3 * i + 1, 1, 1, 2);
        grid->setRowMinimumHeight(3 * i + 2, 8);
        m_rungs.append(rung);
    }
    for (Label *label : {m_title, m_about})
        label->setWordWrap(true);
    m_strip = new Strip(u"ladderStuck"_s, this);
    m_traffic = new QPushButton(icon(u"traffic"_s), tr("Show in Traffic"), this);
    m_traffic->setObjectName(u"ladderTraffic"_s);
    connect(m_traffic, &QPushButton::clicked, this, [this] { Q_EMIT trafficWanted(filter()); });
    m_again = new QPushButton(icon(u"refresh"_s), tr("Wait anew"), this);
    m_again->setObjectName(u"ladderAgain"_s);
    m_again->setToolTip(tr("Forgets what has come, and waits from now on"));
    connect(m_again, &QPushButton::clicked, this, &Ladder::againWanted);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_traffic);
    buttons->addWidget(m_again);
    buttons->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_about);
    column->addSpacing(4);
    column->addLayout(grid);
    column->addWidget(m_strip);
    column->addLayout(buttons);
    column->addStretch();
}

void Ladder::show(const Shown &shown, qint64 nowMs)
{
    m_shown = shown;
    m_nowMs = nowMs;
    showHead(nowMs);
    for (int i = 0; i < Arrival::rungs; ++i)
        showRung(Arrival::Rung(i), nowMs);
    const Arrival &arrival = m_shown.arrival;
    const auto stuck
        = m_shown.isUp ? stuckAt(arrival, m_shown.program, m_shown.name, m_shown.place, nowMs) : std::nullopt;
    m_strip->setVisible(stuck.has_value());
    if (stuck)
        m_strip->say(stuck->tone, stuck->title, stuck->sentence);
    const bool hasCome = arrival.askedMs() > 0 || arrival.lastMs() > arrival.sinceMs();
    m_traffic->setEnabled(hasCome || m_shown.record.has_value());
    m_again->setEnabled(m_shown.isUp);
}

/// What it was refused for comes first; else all that came of it.
QString Ladder::filter() const
{
    if (m_shown.arrival.refusal().atMs > 0)
        return m_shown.arrival.refusal().filter;
    inspector::ClientRecord known = m_shown.record.value_or(inspector::ClientRecord());
    if (known.client.isEmpty())
        known.client = m_shown.arrival.client();
    return known.client.isEmpty() ? QString() : inspector::ClientsModel::filterFor(known);
}

void Ladder::showHead(qint64 nowMs)
{
    const QString &program = m_shown.program.name;
    const Arrival &arrival = m_shown.arrival;
    if (!m_shown.isUp) {
        m_title->setText(tr("The server is stopped"));
        m_about->setText(tr("Nobody can come before it is started."));
        return;
    }
    if (arrival.isThere()) {
        const qint64 ago = nowMs - arrival.step(Arrival::Rung::Call).atMs;
        const QString since = auth::duration(ago / 1000);
        const bool isIt = clientfiles::isCalled(m_shown.program, arrival.client());
        m_title->setText(isIt ? tr("%1 connected %2 ago").arg(program, since)
                              : tr("Somebody connected %1 ago").arg(since));
        m_about->setText(
            arrival.client().isEmpty() ? tr("Its first call was answered. It does not say who it is.")
                : isIt ? tr("It calls itself %1. Its first call was answered.").arg(arrival.client())
                       : tr("It calls itself %1, which may be %2 or not. Its first call was answered.")
                             .arg(arrival.client(), program));
        return;
    }
    m_title->setText(tr("Waiting for the first call of %1").arg(program));
    m_about->setText(
        m_shown.record
            ? tr("Ticked by what really comes through the gate since %1. It was here before, %2 ago.")
                  .arg(clockOf(arrival.sinceMs()), auth::duration((nowMs - m_shown.record->lastMs) / 1000))
            : tr("Ticked by what really comes through the gate since %1.").arg(clockOf(arrival.sinceMs())));
}

void Ladder::showRung(Arrival::Rung id, qint64 nowMs)
{
    const Rung &rung = m_rungs.at(int(id));
    const Arrival &arrival = m_shown.arrival;
    const State state = arrival.stateOf(id);
    const bool isNext = m_shown.isUp && !arrival.isThere() && arrival.next() == id;
    const bool isRefused = isNext && arrival.refusal().atMs > 0;
    const QString name = isRefused ? u"bad"_s
        : state == State::Reached  ? u"good"_s
        : state == State::Skipped  ? u"none"_s
        : isNext                   ? u"running"_s
                                   : u"ring"_s;
    const Theme &theme = Look::theme();
    rung.icon->setPixmap(iconPixmap(name,
                                    isRefused                     ? theme.bad
                                        : state == State::Reached ? theme.good
                                        : isNext                  ? theme.accent
                                                                  : theme.muted,
                                    fontMetrics().height() + 2, devicePixelRatioF()));
    rung.icon->setAccessibleName(state == State::Reached       ? tr("done")
                                     : state == State::Skipped ? tr("not needed")
                                     : isNext                  ? tr("waiting")
                                                               : tr("later"));
    rung.time->setText(state == State::Reached ? clockOf(arrival.step(id).atMs)
                           : isNext            ? minutesOf(nowMs - arrival.lastMs())
                                               : QString());
    const QString words = m_shown.isUp ? wordsOf(arrival, id, m_shown.place) : QString();
    rung.words->setText(words);
    rung.words->setVisible(!words.isEmpty());
}

void Ladder::retheme()
{
    m_strip->retheme();
    show(m_shown, m_nowMs);
}

} // namespace gatehouse::app
