// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>

class QWidget;

namespace gatehouse::inspector {
class TrafficModel;
}

namespace gatehouse::app {

class Details;

/// The windows of details over the rows of one model, one for a row.
class DetailsWindows : public QObject
{
    Q_OBJECT

public:
    static constexpr int most = 20;

    /// `prepare` gets the details of each new one before it is shown. They belong to `window`.
    DetailsWindows(inspector::TrafficModel *model, std::function<void(Details *)> prepare, QWidget *window);

    /// Or brings the one that is there to the front. False where there are too many.
    bool open(quint64 serial);
    void retheme();

private:
    inspector::TrafficModel *m_model;
    std::function<void(Details *)> m_prepare;
    QWidget *m_window;
};

} // namespace gatehouse::app
