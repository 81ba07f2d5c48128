// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme.h"
#include "inspector/tone.h"

#include <QStyledItemDelegate>

namespace gatehouse::app {

/// What is wrong is coloured, and says so in words and numbers as well.
class ToneDelegate : public QStyledItemDelegate
{
public:
    /// `role` is where the model has the tone of a cell.
    ToneDelegate(int role, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_role(role)
    { }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const auto tone = inspector::Tone(index.data(m_role).toInt());
        if (tone != inspector::Tone::Plain) {
            for (const QPalette::ColorRole role : {QPalette::Text, QPalette::HighlightedText})
                option->palette.setColor(role, Look::theme().colorOf(tone));
        }
        option->textElideMode = Qt::ElideMiddle;
    }

private:
    int m_role;
};

} // namespace gatehouse::app
