// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/tone.h"

#include <QTableWidget>

namespace gatehouse::app {

/// Rows of facts to look at and to copy, some of them in a tone. What they say may be anybody's, and is text.
class FactTable : public QTableWidget
{
    Q_OBJECT

public:
    struct Cell
    {
        QString text = {};
        inspector::Tone tone = inspector::Tone::Plain;
        QString iconName = {};
        QString toolTip = {}; ///< Empty: the text.
    };
    using Row = QList<Cell>;

    /// `heads` are said to screen readers, too; the column at `stretching` takes what room is left.
    FactTable(const QString &objectName, const QString &name, const QStringList &heads, int stretching,
              QWidget *parent = nullptr);

    /// All of them anew; the row that is chosen stays chosen, as long as there are so many.
    void setRows(const QList<Row> &rows);
    void setRow(int row, const Row &cells);
    void retheme();

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace gatehouse::app
