// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/steplanes.h"

#include "app/icons.h"
#include "app/theme.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

using inspector::Tone;

constexpr int laneCount = 4;
constexpr int margin = 8;

struct Sign
{
    QString icon;
    Tone tone = Tone::Muted;
};

Sign signOf(StepLanes::State state)
{
    switch (state) {
    case StepLanes::State::Done:
        return {u"good"_s, Tone::Good};
    case StepLanes::State::Failed:
        return {u"bad"_s, Tone::Bad};
    case StepLanes::State::Running:
        return {u"running"_s, Tone::Plain};
    case StepLanes::State::Skipped:
        return {u"none"_s, Tone::Muted};
    case StepLanes::State::Waiting:
        break;
    }
    return {u"ring"_s, Tone::Muted};
}

} // namespace

StepLanes::StepLanes(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"stepLanes"_s);
    setAccessibleName(tr("Steps of the sign-in"));
}

QString StepLanes::laneName(Lane lane)
{
    switch (lane) {
    case Lane::Client:
        return tr("Client");
    case Lane::Gate:
        return tr("Gate");
    case Lane::Issuer:
        return tr("AuthKit");
    case Lane::Browser:
        return tr("Browser");
    }
    return {};
}

void StepLanes::setRows(const QList<Row> &rows)
{
    m_rows = rows;
    QStringList said;
    for (const Row &row : rows) {
        const QString state = row.state == State::Done ? tr("done")
            : row.state == State::Failed               ? tr("failed")
            : row.state == State::Running              ? tr("running")
            : row.state == State::Skipped              ? tr("skipped")
                                                       : tr("not run yet");
        said.append(u"%1: %2"_s.arg(row.title, state));
    }
    setAccessibleDescription(said.join(u"; "_s));
    updateGeometry();
    update();
}

int StepLanes::rowHeight() const
{
    return fontMetrics().height() + 9;
}

int StepLanes::wordWidth() const
{
    int width = 0;
    for (const Row &row : m_rows)
        width = std::max(width, fontMetrics().horizontalAdvance(row.title));
    return fontMetrics().height() + 3 * margin + width + fontMetrics().horizontalAdvance(u"  000 ms "_s);
}

int StepLanes::laneAt(Lane lane) const
{
    const int left = wordWidth() + fontMetrics().horizontalAdvance(laneName(Lane::Client)) / 2 + margin;
    const int right = width() - fontMetrics().horizontalAdvance(laneName(Lane::Browser)) / 2 - margin;
    return left + std::max(0, right - left) * int(lane) / (laneCount - 1);
}

QSize StepLanes::sizeHint() const
{
    return {minimumSizeHint().width() + fontMetrics().averageCharWidth() * 20, minimumSizeHint().height()};
}

QSize StepLanes::minimumSizeHint() const
{
    int names = 0;
    for (int lane = 0; lane < laneCount; ++lane)
        names += fontMetrics().horizontalAdvance(laneName(Lane(lane))) + margin;
    return {wordWidth() + names, rowHeight() * (int(m_rows.size()) + 1)};
}

void StepLanes::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
}

void StepLanes::paintRow(QPainter &painter, int index) const
{
    const Row &row = m_rows.at(index);
    const Theme &theme = Look::theme();
    const Sign sign = signOf(row.state);
    const bool isRunning = row.state == State::Running;
    const QColor colour = isRunning  ? theme.accent
        : row.state == State::Done   ? theme.good
        : row.state == State::Failed ? theme.bad
                                     : theme.muted;
    const QRect place(0, rowHeight() * (index + 1), width(), rowHeight());
    if (isRunning)
        painter.fillRect(place, theme.selection);
    const int size = fontMetrics().height();
    painter.drawPixmap(margin, place.top() + (place.height() - size) / 2,
                       iconPixmap(sign.icon, colour, size, devicePixelRatioF()));
    painter.setPen(row.state == State::Waiting || row.state == State::Skipped ? theme.muted : theme.text);
    const QRect words = place.adjusted(size + 2 * margin, 0, 0, 0);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, row.title);
    painter.setPen(theme.muted);
    painter.drawText(QRect(0, place.top(), wordWidth() - margin, place.height()),
                     Qt::AlignRight | Qt::AlignVCenter, row.took);
    const int lines = int(row.arrows.size());
    for (int i = 0; i < lines; ++i) {
        const Arrow &arrow = row.arrows.at(i);
        const int y = place.top() + place.height() * (i + 1) / (lines + 1);
        const int from = laneAt(arrow.from);
        const int to = laneAt(arrow.to);
        const int head = to > from ? -4 : 4;
        QPen pen(row.state == State::Waiting ? theme.edge : colour, 1.4);
        if (arrow.isByPerson)
            pen.setStyle(Qt::DashLine);
        painter.setPen(pen);
        painter.drawLine(from, y, to, y);
        pen.setStyle(Qt::SolidLine);
        painter.setPen(pen);
        painter.drawLine(to, y, to + head, y - 3);
        painter.drawLine(to, y, to + head, y + 3);
        painter.setBrush(pen.color());
        painter.drawEllipse(QPoint(from, y), 2, 2);
    }
}

void StepLanes::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = Look::theme();
    for (int lane = 0; lane < laneCount; ++lane) {
        const int x = laneAt(Lane(lane));
        const QString name = laneName(Lane(lane));
        const int half = fontMetrics().horizontalAdvance(name) / 2 + 1;
        painter.setPen(theme.muted);
        painter.drawText(QRect(x - half, 0, 2 * half, rowHeight()), Qt::AlignCenter, name);
        painter.setPen(QPen(theme.edge, 1, Qt::DotLine));
        painter.drawLine(x, rowHeight(), x, rowHeight() * (int(m_rows.size()) + 1));
    }
    for (int i = 0; i < int(m_rows.size()); ++i)
        paintRow(painter, i);
}

} // namespace gatehouse::app
