// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/columnwidths.h"

#include <QHeaderView>

#include <algorithm>
#include <numeric>

namespace gatehouse::app {

namespace {

/// With none wider than `most`, but for its least.
QList<int> cutAt(const QList<ColumnWish> &wishes, int most)
{
    QList<int> widths;
    for (const ColumnWish &wish : wishes)
        widths.append(std::max(wish.least, std::min(wish.wanted, most)));
    return widths;
}

int sumOf(const QList<int> &widths)
{
    return std::accumulate(widths.begin(), widths.end(), 0);
}

} // namespace

QList<int> sharedWidths(const QList<ColumnWish> &wishes, int room)
{
    if (wishes.isEmpty())
        return {};
    int most = 0;
    for (const ColumnWish &wish : wishes)
        most = std::max({most, wish.wanted, wish.least});
    int low = 0; // The widest cut that fits lies between them.
    for (int high = most; low < high;) {
        const int middle = high - (high - low) / 2;
        if (sumOf(cutAt(wishes, middle)) <= room)
            low = middle;
        else
            high = middle - 1;
    }
    QList<int> widths = cutAt(wishes, low);
    int spare = std::max(0, room - sumOf(widths));
    const auto count = int(widths.size());
    if (low == most) {
        for (int i = 0; i < count; ++i)
            widths[i] += spare / count + (i < spare % count ? 1 : 0);
        return widths;
    }
    for (int i = 0; i < count && spare > 0; ++i) { // Pixels that do not go round.
        const int more = widths.at(i) == low && widths.at(i) < wishes.at(i).wanted ? 1 : 0;
        widths[i] += more;
        spare -= more;
    }
    return widths;
}

QList<int> headingWidths(QHeaderView *header)
{
    const bool isSorted = header->isSortIndicatorShown();
    header->setSortIndicatorShown(false);
    QList<int> widths;
    for (int section = 0; section < header->count(); ++section)
        widths.append(header->sectionSizeHint(section));
    header->setSortIndicatorShown(isSorted);
    const int sorted = header->sortIndicatorSection();
    if (isSorted && sorted >= 0 && sorted < widths.size())
        widths[sorted] = header->sectionSizeHint(sorted);
    return widths;
}

} // namespace gatehouse::app
