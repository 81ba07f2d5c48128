// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/timestrip.h"

#include "app/theme.h"
#include "inspector/foreigntext.h"

#include <QDateTime>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using inspector::Pulse;

constexpr int least = 5; ///< Pixels of what is red or amber, so that one of a thousand is seen.

QString clockOf(qint64 second)
{
    return QDateTime::fromSecsSinceEpoch(second).toString(u"HH:mm:ss"_s);
}

} // namespace

TimeStrip::TimeStrip(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"timeStrip"_s);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::CrossCursor);
    setAccessibleDescription(tr("Left and Right choose a second, with Shift a span; Return filters by it."));
    m_clock.setInterval(1000);
    connect(&m_clock, &QTimer::timeout, this, &TimeStrip::tick);
    tick();
}

void TimeStrip::record(const QList<exchange::Exchange> &batch)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (const exchange::Exchange &exchange : batch)
        m_pulse.record(exchange, now);
}

void TimeStrip::clear()
{
    m_pulse.clear();
    drop();
}

/// While somebody chooses, nothing moves away under the hand.
void TimeStrip::tick()
{
    if (m_from >= 0)
        return;
    m_shown = m_pulse.upTo(QDateTime::currentMSecsSinceEpoch());
    int all = 0;
    int bad = 0;
    for (const Pulse::Second &second : std::as_const(m_shown)) {
        all += second.all();
        bad += second.bad;
    }
    const QString words = tr("The last minute: %1 requests, %2 refused or failed").arg(all).arg(bad);
    if (words != accessibleName()) // Each setting is told to whoever listens.
        setAccessibleName(words);
    update();
}

QSize TimeStrip::sizeHint() const
{
    return {400, 2 * fontMetrics().height() + 14};
}

QRect TimeStrip::room() const
{
    const int words = fontMetrics().horizontalAdvance(u"9999"_s) + 8;
    return rect().adjusted(16 + words, 6, -16, -8);
}

QRectF TimeStrip::barOf(int index) const
{
    const QRect place = room();
    const double width = double(place.width()) / Pulse::seconds;
    return {place.left() + index * width, double(place.top()), std::max(1.0, width - 1),
            double(place.height())};
}

int TimeStrip::indexAt(int x) const
{
    const QRect place = room();
    return std::clamp((x - place.left()) * Pulse::seconds / std::max(1, place.width()), 0,
                      Pulse::seconds - 1);
}

void TimeStrip::paintEvent(QPaintEvent * /*event*/)
{
    const Theme &theme = Look::theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme.window);
    const QRect place = room();
    int most = 0;
    for (const Pulse::Second &second : std::as_const(m_shown))
        most = std::max(most, second.all());
    painter.setPen(theme.muted);
    painter.drawText(QRect(16, place.top(), place.left() - 24, place.height()), Qt::AlignRight | Qt::AlignTop,
                     QString::number(most));
    painter.fillRect(place.left(), place.bottom() + 1, place.width(), 1, theme.line);
    if (m_from >= 0) {
        const QRectF first = barOf(std::min(m_from, m_to));
        const QRectF last = barOf(std::max(m_from, m_to));
        painter.fillRect(QRectF(first.topLeft(), last.bottomRight()).adjusted(-1, -3, 1, 3), theme.selection);
    }
    for (int i = 0; i < m_shown.size() && most > 0; ++i) {
        const Pulse::Second &second = m_shown.at(i);
        const QRectF bar = barOf(i);
        double foot = bar.bottom();
        const std::pair<int, QColor> parts[]
            = {{second.bad, theme.bad}, {second.warned, theme.warning}, {second.good, theme.accent}};
        for (const auto &[count, color] : parts) {
            if (count == 0)
                continue;
            const double height
                = std::min(foot - bar.top(), std::max(double(least), bar.height() * count / most));
            painter.fillRect(QRectF(bar.left(), foot - height, bar.width(), height), color);
            foot -= height;
        }
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 2));
        painter.drawRect(rect().adjusted(1, 1, -2, -2));
    }
}

QString TimeStrip::wordsOf(const Pulse::Second &second) const
{
    return tr("%1: %2 requests, %3 of them with a warning, %4 refused or failed")
        .arg(clockOf(second.at))
        .arg(second.all())
        .arg(second.warned)
        .arg(second.bad);
}

bool TimeStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int index = indexAt(help->pos().x());
        if (index < m_shown.size())
            setToolTip(inspector::toolTipText(wordsOf(m_shown.at(index))));
    }
    return QWidget::event(event);
}

void TimeStrip::choose(int from, int to)
{
    m_from = std::clamp(from, 0, Pulse::seconds - 1);
    m_to = std::clamp(to, 0, Pulse::seconds - 1);
    const auto [first, last] = std::minmax(m_from, m_to);
    setAccessibleDescription(
        tr("From %1 to %2").arg(clockOf(m_shown.at(first).at), clockOf(m_shown.at(last).at)));
    update();
}

void TimeStrip::want()
{
    const auto [first, last] = std::minmax(m_from, m_to);
    const qint64 from = m_shown.at(first).at;
    const qint64 to = m_shown.at(last).at;
    drop();
    Q_EMIT spanWanted(from, to);
}

void TimeStrip::drop()
{
    m_from = m_to = -1;
    m_isDrawing = false;
    setAccessibleDescription(tr("Left and Right choose a second, with Shift a span; Return filters by it."));
    tick();
}

void TimeStrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return QWidget::mousePressEvent(event);
    m_isDrawing = true;
    choose(indexAt(int(event->position().x())), indexAt(int(event->position().x())));
}

void TimeStrip::mouseMoveEvent(QMouseEvent *event)
{
    if (m_isDrawing)
        choose(m_from, indexAt(int(event->position().x())));
}

void TimeStrip::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_isDrawing && event->button() == Qt::LeftButton)
        want();
}

/// ← → move, with Shift they stretch; Return asks, Esc lets go.
void TimeStrip::keyPressEvent(QKeyEvent *event)
{
    const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    if (step != 0 && m_from < 0) {
        choose(Pulse::seconds - 1, Pulse::seconds - 1);
    } else if (step != 0) {
        const int to = m_to + step;
        choose(event->modifiers().testFlag(Qt::ShiftModifier) ? m_from : to, to);
    } else if (m_from >= 0 && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        want();
    } else if (m_from >= 0 && event->key() == Qt::Key_Escape) {
        drop();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void TimeStrip::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void TimeStrip::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    drop();
}

void TimeStrip::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_clock.start();
    tick();
}

void TimeStrip::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_clock.stop();
}

} // namespace gatehouse::app
