// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/tokenwords.h"
#include "inspector/tone.h"

#include <QAbstractTableModel>
#include <QList>

namespace gatehouse::inspector {

/// The claims of one token as a table.
class ClaimModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Claim, Value, Words, Check, ColumnCount };
    enum Role {
        CellToneRole = Qt::UserRole, ///< Tone
        DiffersAtRole, ///< Where the value goes wrong; -1 where that says nothing.
        DiffersLengthRole,
        MeaningRole, ///< For the whole row.
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(const QList<ClaimRow> &rows);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<ClaimRow> m_rows;
};

} // namespace gatehouse::inspector
