// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/callcounts.h"
#include "inspector/offer.h"

#include <QAbstractItemModel>
#include <QSet>

#include <functional>
#include <optional>

namespace gatehouse::inspector {

/// What servers offer, as rows below their servers, with how often each was used. One thread.
class OfferModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    /// What one server offers.
    struct Group
    {
        QString title = {}; ///< Shown, and what it is told from others by.
        bool isCounted = false; ///< What is used of it is counted here.
        QList<OfferItem> items = {};

        bool operator==(const Group &) const = default;
    };
    enum Column { Name, Calls, Errors, Mean, ColumnCount };
    enum Role { ToneRole = Qt::UserRole, SortRole };

    explicit OfferModel(QObject *parent = nullptr);

    void setGroups(const QList<Group> &groups);
    [[nodiscard]] const QList<Group> &groups() const { return m_groups; }
    /// Rows of which one of the words' letters is a part, by name, title and words; empty: all.
    void setSearch(const QString &text);
    /// What there is of this program's server, shown or not: the rest is not counted.
    void setCountable(const QList<OfferItem> &items);
    void record(const QList<exchange::Exchange> &batch);
    void clearCounts();

    /// Null for a server's row.
    [[nodiscard]] const OfferItem *itemAt(const QModelIndex &index) const;
    [[nodiscard]] QString groupOf(const QModelIndex &index) const;
    /// Invalid where it is not shown.
    [[nodiscard]] QModelIndex indexOf(const QString &group, OfferItem::Kind kind, const QString &name) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Shown
    {
        qsizetype group = 0;
        QList<qsizetype> items = {};
    };
    void show();
    [[nodiscard]] CallCounts::Count countOf(qsizetype group, const OfferItem &item) const;
    [[nodiscard]] QString textOf(qsizetype group, const OfferItem &item, int column) const;

    QList<Group> m_groups;
    QList<Shown> m_shown; ///< What the search finds.
    QString m_search;
    CallCounts m_counts;
    QSet<std::pair<QString, QString>> m_countable; ///< Method and target of what there is.
};

} // namespace gatehouse::inspector
