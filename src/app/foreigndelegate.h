// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/foreigntext.h"

#include <QStyledItemDelegate>

namespace gatehouse::app {

/// Shows the cells of a list that others have written: what hides is shown, and no name turns its neighbours
/// around. The items keep the text that came, so that is what is copied.
class ForeignDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QString displayText(const QVariant &value, const QLocale &locale) const override
    {
        return inspector::lineText(QStyledItemDelegate::displayText(value, locale));
    }
};

} // namespace gatehouse::app
