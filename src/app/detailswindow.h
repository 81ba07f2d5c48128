// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace gatehouse::inspector {
class TrafficModel;
}

namespace gatehouse::app {

class Details;

/// The details of one exchange in a window of their own, beside others: they stay with their row. Esc closes
/// it.
class DetailsWindow : public QWidget
{
    Q_OBJECT

public:
    /// The model outlives it. It is deleted where it is closed.
    DetailsWindow(inspector::TrafficModel *model, quint64 serial, QWidget *parent);

    [[nodiscard]] Details *details() const { return m_details; }
    [[nodiscard]] quint64 serial() const { return m_serial; }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    Details *m_details;
    quint64 m_serial;
};

} // namespace gatehouse::app
