// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/clientlog.h"
#include "inspector/tone.h"

#include <QAbstractTableModel>

#include <functional>
#include <optional>

namespace gatehouse::inspector {

/// Who is there, as rows for a view: whoever came last is the last one. What is recorded is shown by
/// refresh(), so that a view that nobody sees costs nothing. One thread.
class ClientsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Client,
        State,
        Revision,
        User,
        Organization,
        Known,
        Since,
        Calls,
        Errors,
        Refused,
        ColumnCount
    };
    enum Role { ToneRole = Qt::UserRole, SerialRole, SortRole };

    explicit ClientsModel(QObject *parent = nullptr);

    void record(const QList<exchange::Exchange> &batch);
    void clear();
    /// See ClientLog.
    void endSession(const QByteArray &fingerprint);
    void endAll();
    /// The time that "3 min ago" counts from; the system's unless set.
    void setClock(std::function<qint64()> nowMs) { m_now = std::move(nowMs); }
    /// What was told since, and what only time has changed.
    void refresh();
    [[nodiscard]] const ClientLog &log() const { return m_log; }
    /// See ClientLog.
    void setPublished(const QByteArray &authority) { m_log.setPublished(authority); }
    [[nodiscard]] std::optional<ClientRecord> recordOf(quint64 serial) const;
    [[nodiscard]] int connected() const;
    /// What the filter of the traffic finds its requests by, as near as it can; empty: nothing does.
    [[nodiscard]] static QString filterFor(const ClientRecord &record);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// Something is to be shown: refresh() shows it.
    void changed();

private:
    [[nodiscard]] QString textOf(const ClientRecord &record, int column) const;
    [[nodiscard]] QVariant sortKeyOf(const ClientRecord &record, int column) const;
    [[nodiscard]] static Tone toneOf(const ClientRecord &record, int column);
    [[nodiscard]] QString toolTipOf(const ClientRecord &record, int column) const;

    ClientLog m_log;
    QList<ClientRecord> m_shown; ///< As it was told to the views.
    std::function<qint64()> m_now;
};

} // namespace gatehouse::inspector
