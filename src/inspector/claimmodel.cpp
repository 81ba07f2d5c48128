// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/claimmodel.h"

#include "inspector/foreigntext.h"

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

Tone toneOf(auth::CheckState state)
{
    switch (state) {
    case auth::CheckState::Passed:
        return Tone::Good;
    case auth::CheckState::Failed:
        return Tone::Bad;
    case auth::CheckState::NotChecked:
        break;
    }
    return Tone::Muted;
}

} // namespace

void ClaimModel::setRows(const QList<ClaimRow> &rows)
{
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

int ClaimModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ClaimModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ClaimModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const ClaimRow &row = m_rows.at(index.row());
    const bool isBad = row.state == auth::CheckState::Failed;
    switch (role) {
    case Qt::ToolTipRole:
        return toolTipText(data(index, Qt::DisplayRole).toString());
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        switch (Column(index.column())) {
        case Claim:
            return row.claim;
        case Value:
            return row.value.isEmpty() ? u"–"_s : row.value;
        case Words:
            return row.words;
        case Check:
            return row.check;
        case ColumnCount:
            break;
        }
        return {};
    case CellToneRole:
        if (index.column() == Check)
            return QVariant::fromValue(toneOf(row.state));
        if (index.column() == Value)
            return QVariant::fromValue(isBad ? Tone::Bad : Tone::Plain);
        return QVariant::fromValue(index.column() == Words ? Tone::Muted : Tone::Plain);
    case DiffersAtRole:
        return index.column() == Value ? row.differsAt : -1;
    case DiffersLengthRole:
        return row.differsLength;
    case MeaningRole:
        return row.meaning;
    default:
        return {};
    }
}

QVariant ClaimModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return role == Qt::TextAlignmentRole ? QVariant(int(Qt::AlignLeft | Qt::AlignVCenter)) : QVariant();
    switch (Column(section)) {
    case Claim:
        return tr("Claim");
    case Value:
        return tr("Value");
    case Words:
        return tr("In words");
    case Check:
        return tr("Check");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace gatehouse::inspector
