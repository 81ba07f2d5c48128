// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/offermodel.h"

#include "inspector/foreigntext.h"
#include "inspector/tone.h"
#include "inspector/words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

constexpr quintptr isGroup
    = 0; ///< Internal id of a server's row; of an item it is 1 + the row of its server.

QString methodOf(OfferItem::Kind kind)
{
    OfferItem item;
    item.kind = kind;
    return protocol::nameOf(requestFor(item, {}).method);
}

bool isFound(const OfferItem &item, const QStringList &words)
{
    const QString text = item.name + u' ' + item.title + u' ' + item.about;
    return std::all_of(words.begin(), words.end(),
                       [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace

OfferModel::OfferModel(QObject *parent)
    : QAbstractItemModel(parent)
{ }

void OfferModel::setGroups(const QList<Group> &groups)
{
    if (m_groups == groups)
        return;
    beginResetModel();
    m_groups = groups;
    show();
    endResetModel();
}

void OfferModel::setCountable(const QList<OfferItem> &items)
{
    m_countable.clear();
    for (const OfferItem &item : items)
        m_countable.insert({methodOf(item.kind), item.name});
}

void OfferModel::setSearch(const QString &text)
{
    if (m_search == text)
        return;
    beginResetModel();
    m_search = text;
    show();
    endResetModel();
}

void OfferModel::show()
{
    const QStringList words = m_search.split(u' ', Qt::SkipEmptyParts);
    m_shown.clear();
    for (qsizetype g = 0; g < m_groups.size(); ++g) {
        Shown shown{g};
        const QList<OfferItem> &items = m_groups.at(g).items;
        for (qsizetype i = 0; i < items.size(); ++i) {
            if (isFound(items.at(i), words))
                shown.items.append(i);
        }
        if (!shown.items.isEmpty())
            m_shown.append(shown);
    }
}

void OfferModel::record(const QList<exchange::Exchange> &batch)
{
    // What does not exist is called by whoever likes: it would fill the counts.
    for (const exchange::Exchange &one : batch) {
        if (m_countable.contains({one.rpcMethod, one.target}))
            m_counts.record(one);
    }
    for (int g = 0; g < int(m_shown.size()); ++g) {
        const int rows = int(m_shown.at(g).items.size());
        if (m_groups.at(m_shown.at(g).group).isCounted && rows > 0)
            Q_EMIT dataChanged(createIndex(0, Calls, quintptr(g) + 1),
                               createIndex(rows - 1, Mean, quintptr(g) + 1));
    }
}

void OfferModel::clearCounts()
{
    m_counts.clear();
    record({});
}

const OfferItem *OfferModel::itemAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == isGroup)
        return nullptr;
    const Shown &shown = m_shown.at(qsizetype(index.internalId()) - 1);
    return &m_groups.at(shown.group).items.at(shown.items.at(index.row()));
}

QString OfferModel::groupOf(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const qsizetype row = index.internalId() == isGroup ? index.row() : qsizetype(index.internalId()) - 1;
    return m_groups.at(m_shown.at(row).group).title;
}

QModelIndex OfferModel::indexOf(const QString &group, OfferItem::Kind kind, const QString &name) const
{
    for (int g = 0; g < int(m_shown.size()); ++g) {
        const Shown &shown = m_shown.at(g);
        const Group &there = m_groups.at(shown.group);
        if (there.title != group)
            continue;
        for (int i = 0; i < int(shown.items.size()); ++i) {
            const OfferItem &item = there.items.at(shown.items.at(i));
            if (item.kind == kind && item.name == name)
                return createIndex(i, 0, quintptr(g) + 1);
        }
    }
    return {};
}

QModelIndex OfferModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : isGroup);
}

QModelIndex OfferModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == isGroup)
        return {};
    return createIndex(int(index.internalId()) - 1, 0, isGroup);
}

int OfferModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_shown.size());
    if (parent.internalId() != isGroup || parent.column() != 0)
        return 0;
    return int(m_shown.at(parent.row()).items.size());
}

int OfferModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

CallCounts::Count OfferModel::countOf(qsizetype group, const OfferItem &item) const
{
    return m_groups.at(group).isCounted ? m_counts.of(methodOf(item.kind), item.name) : CallCounts::Count();
}

QString OfferModel::textOf(qsizetype group, const OfferItem &item, int column) const
{
    if (column == Name)
        return lineText(item.name.left(300));
    const CallCounts::Count count = countOf(group, item);
    if (item.kind == OfferItem::Kind::Template) // Its resources are read by addresses of their own.
        return {};
    if (count.calls == 0)
        return u"–"_s;
    switch (column) {
    case Calls:
        return QString::number(count.calls);
    case Errors:
        return QString::number(count.errors);
    default:
        return tookWords(count.meanUs());
    }
}

QVariant OfferModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((index.column() == Name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    const OfferItem *item = itemAt(index);
    if (!item) {
        const Shown &shown = m_shown.at(index.row());
        if (role == Qt::DisplayRole)
            return index.column() == Name ? lineText(groupOf(index))
                : index.column() == Mean  ? QString::number(shown.items.size())
                                          : QString();
        if (role == ToneRole)
            return int(Tone::Muted);
        return {};
    }
    const qsizetype group = m_shown.at(qsizetype(index.internalId()) - 1).group;
    switch (role) {
    case Qt::DisplayRole:
        return textOf(group, *item, index.column());
    case Qt::ToolTipRole:
        return toolTipText(item->title.isEmpty() ? item->name : item->title + u'\n' + item->name);
    case ToneRole:
        return int(index.column() == Errors && countOf(group, *item).errors > 0 ? Tone::Bad : Tone::Plain);
    default:
        return {};
    }
}

QVariant OfferModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == Name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    const QString names[ColumnCount] = {tr("Name"), tr("Calls"), tr("Errors"), tr("Mean")};
    return role == Qt::DisplayRole ? names[section] : QVariant();
}

} // namespace gatehouse::inspector
