// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/label.h"

namespace gatehouse::app {

/// A line of text that gives way: what does not fit is left out in the middle, and stands whole in the tool
/// tip.
class ElidedLabel : public Label
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr);
    /// In the middle, unless told otherwise.
    void setElideMode(Qt::TextElideMode mode) { m_mode = mode; }
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Qt::TextElideMode m_mode = Qt::ElideMiddle;
};

} // namespace gatehouse::app
