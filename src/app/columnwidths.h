// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QHeaderView;

namespace gatehouse::app {

/// What a column of a table would like to be, in pixels.
struct ColumnWish
{
    int wanted = 0; ///< As wide as what stands in it.
    int least = 0; ///< Never less.
};

/// Widths of columns that share a room, in the order of the wishes: each as wide as it wants, and what is
/// left over goes to all alike. Where there is too little, the widest give first, so that what is short stays
/// whole. More than the room only where the least of all is.
[[nodiscard]] QList<int> sharedWidths(const QList<ColumnWish> &wishes, int room);

/// How wide each heading wants to be: its word, and room for the mark of sorting only where that is. Qt keeps
/// that room in all of them.
[[nodiscard]] QList<int> headingWidths(QHeaderView *header);

} // namespace gatehouse::app
