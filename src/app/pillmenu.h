// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/tone.h"

#include <QPushButton>

#include <functional>

namespace gatehouse::app {

/// A short word on a tinted ground, as Pill; it opens what that means, and what can be done about it.
class PillMenu : public QPushButton
{
    Q_OBJECT

public:
    explicit PillMenu(const QString &objectName, QWidget *parent = nullptr);

    /// Sentences to read, and actions.
    struct Entry
    {
        QString objectName = {};
        QString text = {};
        std::function<void()> run = {}; ///< None: it is only read.
    };
    void set(inspector::Tone tone, const QString &text, const QList<Entry> &entries);
};

} // namespace gatehouse::app
