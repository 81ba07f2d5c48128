// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/displaytext.h"

#include <QLabel>

namespace gatehouse::app {

/// A label whose text is text: QLabel takes what looks like mark-up for that, and opens the pictures it
/// names. A name in it that runs from right to left turns nothing else around, and what wraps is not cut at
/// the end of a line.
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
        m_text = text;
        const QString shown = base::isolated(base::escapedForDisplay(text, base::Space::Text));
        QLabel::setText(wordWrap() ? base::breakable(shown) : shown);
    }
    void setWordWrap(bool wraps)
    {
        QLabel::setWordWrap(wraps);
        setText(m_text);
    }
    /// As it was set.
    [[nodiscard]] const QString &source() const { return m_text; }

private:
    QString m_text;
};

} // namespace gatehouse::app
