// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/displaytext.h"

#include <QLabel>

namespace gatehouse::app {

/// A label whose text is text: QLabel takes what looks like mark-up for that, and opens the pictures it names. A
/// name in it that runs from right to left turns nothing else around.
class Label : public QLabel
{
public:
    explicit Label(QWidget *parent = nullptr)
        : QLabel(parent)
    {
        setTextFormat(Qt::PlainText);
    }
    explicit Label(const QString &text, QWidget *parent = nullptr)
        : Label(parent)
    {
        setText(text);
    }

    void setText(const QString &text)
    {
        QLabel::setText(base::isolated(base::escapedForDisplay(text, base::Space::Text)));
    }
};

} // namespace gatehouse::app
