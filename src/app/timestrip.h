// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/pulse.h"

#include <QTimer>
#include <QWidget>

namespace gatehouse::app {

/// The last minute of the traffic, a bar for each second. A span that is drawn with the mouse, or with Shift
/// and the arrows, becomes a filter.
class TimeStrip : public QWidget
{
    Q_OBJECT

public:
    explicit TimeStrip(QWidget *parent = nullptr);

    void record(const QList<exchange::Exchange> &batch);
    void clear();
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

Q_SIGNALS:
    /// What came from the first second of these to the end of the last, in seconds since 1970.
    void spanWanted(qint64 from, qint64 to);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool event(QEvent *event) override;

private:
    void tick();
    [[nodiscard]] QRect room() const;
    [[nodiscard]] QRectF barOf(int index) const;
    [[nodiscard]] int indexAt(int x) const;
    [[nodiscard]] QString wordsOf(const inspector::Pulse::Second &second) const;
    void choose(int from, int to);
    void want();
    void drop();

    inspector::Pulse m_pulse;
    QList<inspector::Pulse::Second> m_shown;
    QTimer m_clock;
    int m_from = -1; ///< Of what is chosen, -1: nothing is.
    int m_to = -1;
    bool m_isDrawing = false;
};

} // namespace gatehouse::app
