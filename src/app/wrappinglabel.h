// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/label.h"

namespace gatehouse::app {

/// In one line where there is room, else in several. A label whose words wrap would not want more than half a
/// line by itself.
class WrappingLabel : public Label
{
public:
    explicit WrappingLabel(const QString &text, QWidget *parent = nullptr)
        : Label(text, parent)
    {
        setWordWrap(true);
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        ensurePolished();
        const int frame = 2 * (margin() + frameWidth());
        return fontMetrics().size(Qt::TextShowMnemonic, text()) + QSize(frame, frame);
    }
};

} // namespace gatehouse::app
