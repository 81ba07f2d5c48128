// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace gatehouse::app {

/// A label whose text is text: QLabel takes what looks like mark-up for that, and opens the pictures it names.
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
};

} // namespace gatehouse::app
