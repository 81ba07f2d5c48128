// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/facttable.h"

#include "app/icons.h"
#include "app/tonedelegate.h"
#include "inspector/foreigntext.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace gatehouse::app {

namespace {

constexpr int toneRole = Qt::UserRole;
constexpr int sourceRole = Qt::UserRole + 1; ///< What is copied.
constexpr qsizetype longestShown = 1000;

} // namespace

FactTable::FactTable(const QString &objectName, const QString &name, const QStringList &heads, int stretching,
                     QWidget *parent)
    : QTableWidget(0, int(heads.size()), parent)
{
    setObjectName(objectName);
    setAccessibleName(name);
    setProperty("lined", true);
    setHorizontalHeaderLabels(heads);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    setItemDelegate(new ToneDelegate(toneRole, this));
    verticalHeader()->hide();
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(stretching, QHeaderView::Stretch);
}

void FactTable::setRows(const QList<Row> &rows)
{
    const int chosen = currentRow();
    setRowCount(int(rows.size()));
    for (int row = 0; row < int(rows.size()); ++row)
        setRow(row, rows.at(row));
    if (chosen >= 0 && chosen < rowCount() && chosen != currentRow())
        setCurrentCell(chosen, 0);
}

void FactTable::setRow(int row, const Row &cells)
{
    for (int column = 0; column < columnCount(); ++column) {
        const Cell cell = cells.value(column);
        QTableWidgetItem *there = item(row, column);
        if (!there) {
            there = new QTableWidgetItem;
            setItem(row, column, there);
        }
        there->setText(inspector::lineText(cell.text.left(longestShown)));
        there->setToolTip(inspector::toolTipText(cell.toolTip.isEmpty() ? cell.text.left(longestShown)
                                                                        : cell.toolTip.left(longestShown)));
        there->setData(toneRole, int(cell.tone));
        there->setData(sourceRole, cell.text);
        there->setIcon(cell.iconName.isEmpty() ? QIcon() : icon(cell.iconName, cell.tone));
    }
}

void FactTable::retheme()
{
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 7);
    const int size = fontMetrics().height() - 2;
    setIconSize({size, size});
    viewport()->update();
}

void FactTable::keyPressEvent(QKeyEvent *event)
{
    if (!event->matches(QKeySequence::Copy) || currentRow() < 0)
        return QTableWidget::keyPressEvent(event);
    QStringList cells;
    for (int column = 0; column < columnCount(); ++column)
        cells.append(item(currentRow(), column)->data(sourceRole).toString());
    QApplication::clipboard()->setText(cells.join(u'\t'));
}

} // namespace gatehouse::app
