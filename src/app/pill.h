// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/tone.h"

#include "app/label.h"

namespace gatehouse::app {

/// A short word on a tinted ground with an edge in its tone.
class Pill : public Label
{
    Q_OBJECT

public:
    explicit Pill(QWidget *parent = nullptr);
    void set(inspector::Tone tone, const QString &text);
};

} // namespace gatehouse::app
