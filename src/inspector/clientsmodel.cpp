// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/clientsmodel.h"

#include "inspector/filtertext.h"
#include "inspector/foreigntext.h"
#include "protocol/revision.h"

#include <QDateTime>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

QString orDash(const QString &text)
{
    return text.isEmpty() ? u"–"_s : text;
}

QString numberOf(int count)
{
    return count == 0 ? u"–"_s : QString::number(count);
}

QString clockOf(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms).toString(u"HH:mm:ss"_s);
}

/// Of the era with sessions, which ends (MCP 2026-07-28 "Versioning").
bool isOldRevision(const QString &revision)
{
    return !revision.isEmpty() && revision < protocol::newestLegacyRevision;
}

bool isTurnedAway(const ClientRecord &record)
{
    return record.calls == 0 && record.refused > 0 && record.open == 0;
}

} // namespace

ClientsModel::ClientsModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_now(&QDateTime::currentMSecsSinceEpoch)
{ }

void ClientsModel::record(const QList<exchange::Exchange> &batch)
{
    for (const exchange::Exchange &one : batch)
        m_log.record(one);
    Q_EMIT changed();
}

void ClientsModel::clear()
{
    m_log.clear();
    refresh();
    Q_EMIT changed();
}

void ClientsModel::endSession(const QByteArray &fingerprint)
{
    m_log.endSession(fingerprint);
    Q_EMIT changed();
}

void ClientsModel::endAll()
{
    m_log.endAll();
    Q_EMIT changed();
}

void ClientsModel::refresh()
{
    const QList<ClientRecord> &now = m_log.all();
    const bool isLonger = m_shown.size() <= now.size()
        && std::equal(m_shown.begin(), m_shown.end(), now.begin(),
                      [](const ClientRecord &a, const ClientRecord &b) { return a.serial == b.serial; });
    if (!isLonger) {
        beginResetModel();
        m_shown = now;
        endResetModel();
        return;
    }
    const int before = int(m_shown.size());
    if (now.size() > before) {
        beginInsertRows({}, before, int(now.size()) - 1);
        m_shown = now;
        endInsertRows();
    }
    m_shown = now;
    if (before > 0)
        Q_EMIT dataChanged(index(0, 0), index(before - 1, ColumnCount - 1));
}

std::optional<ClientRecord> ClientsModel::recordOf(quint64 serial) const
{
    const auto found = std::find_if(m_shown.begin(), m_shown.end(),
                                    [serial](const ClientRecord &one) { return one.serial == serial; });
    return found == m_shown.end() ? std::nullopt : std::optional(*found);
}

int ClientsModel::connected() const
{
    const qint64 now = m_now();
    return int(std::count_if(m_log.all().begin(), m_log.all().end(),
                             [now](const ClientRecord &one) { return ClientLog::isConnected(one, now); }));
}

QString ClientsModel::filterFor(const ClientRecord &record)
{
    if (!record.session.isEmpty())
        return termFor(u"session"_s, QString::fromLatin1(record.session));
    QStringList terms{termFor(u"client"_s, record.client), termFor(u"user"_s, record.user),
                      termFor(u"org"_s, record.organization)};
    if (record.user.isEmpty() && record.calls == 0)
        terms.append(u"is:refused"_s);
    terms.removeAll(QString());
    return terms.join(u' ');
}

int ClientsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int ClientsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ClientsModel::textOf(const ClientRecord &record, int column) const
{
    switch (column) {
    case Client:
        return record.client.isEmpty() ? tr("says no name") : record.client;
    case State:
        if (record.hasEnded)
            return tr("Ended");
        if (record.open > 0)
            return tr("Connected, %1 open").arg(record.open);
        if (isTurnedAway(record))
            return tr("Turned away");
        return ClientLog::isConnected(record, m_now()) ? tr("Connected")
                                                       : tr("Last seen %1").arg(clockOf(record.lastMs));
    case Revision:
        return orDash(record.revision);
    case User:
        return record.user.isEmpty() ? tr("not signed in") : record.user;
    case Organization:
        return orDash(record.organization);
    case Known:
        return registrationOf(record) == Registration::Document ? QUrl(record.clientId).host()
                                                                : orDash(record.clientId);
    case Since:
        return clockOf(record.firstMs);
    case Calls:
        return numberOf(record.calls);
    case Errors:
        return numberOf(record.errors);
    case Refused:
        return numberOf(record.refused);
    default:
        return {};
    }
}

QVariant ClientsModel::sortKeyOf(const ClientRecord &record, int column) const
{
    switch (column) {
    case State: // Whoever is there first, in an order that stays while they call; then by when they were.
        return ClientLog::isConnected(record, m_now()) ? -record.firstMs
                                                       : (Q_INT64_C(1) << 60) - record.lastMs;
    case Since:
        return record.firstMs;
    case Calls:
        return record.calls;
    case Errors:
        return record.errors;
    case Refused:
        return record.refused;
    default:
        return textOf(record, column).toLower();
    }
}

Tone ClientsModel::toneOf(const ClientRecord &record, int column)
{
    if ((column == State && isTurnedAway(record)) || (column == Errors && record.errors > 0)
        || (column == Refused && record.refused > 0))
        return Tone::Bad;
    if (column == Revision && isOldRevision(record.revision))
        return Tone::Warning;
    if (record.hasEnded || (column == User && record.user.isEmpty()))
        return Tone::Muted;
    return Tone::Plain;
}

QString ClientsModel::toolTipOf(const ClientRecord &record, int column) const
{
    if (column == Revision && isOldRevision(record.revision))
        return toolTipText(tr("An old revision: the newest with sessions is %1, the newest of all %2.")
                               .arg(protocol::newestLegacyRevision, protocol::modernRevision));
    if (column == Known && registrationOf(record) == Registration::Document)
        return toolTipText(tr("Its document: %1").arg(record.clientId));
    if (column == State)
        return toolTipText(tr("Last seen %1").arg(clockOf(record.lastMs)));
    return toolTipText(textOf(record, column));
}

QVariant ClientsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_shown.size())
        return {};
    const ClientRecord &record = m_shown.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return lineText(textOf(record, index.column()));
    case Qt::ToolTipRole:
        return toolTipOf(record, index.column());
    case Qt::TextAlignmentRole:
        return index.column() >= Calls ? int(Qt::AlignRight | Qt::AlignVCenter)
                                       : int(Qt::AlignLeft | Qt::AlignVCenter);
    case ToneRole:
        return int(toneOf(record, index.column()));
    case SerialRole:
        return record.serial;
    case SortRole:
        return sortKeyOf(record, index.column());
    default:
        return {};
    }
}

QVariant ClientsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section >= Calls ? int(Qt::AlignRight | Qt::AlignVCenter)
                                : int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString names[ColumnCount]
        = {tr("Client"),    tr("State"), tr("Revision"), tr("User"),   tr("Organization"),
           tr("Client ID"), tr("Since"), tr("Calls"),    tr("Errors"), tr("Refused")};
    return section >= 0 && section < ColumnCount ? names[section] : QVariant();
}

} // namespace gatehouse::inspector
