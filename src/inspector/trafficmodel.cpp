// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/trafficmodel.h"

#include "auth/explanation.h"
#include "inspector/words.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

Tone authTone(const exchange::Exchange &exchange)
{
    using auth::Reason;
    switch (exchange.verdict.reason) {
    case Reason::Valid:
        return Tone::Good;
    case Reason::NotNeeded:
        return Tone::Muted;
    case Reason::NotVerified:
    case Reason::NoToken:
        return Tone::Warning;
    default:
        return Tone::Bad;
    }
}

Tone statusTone(int status)
{
    if (status == 0)
        return Tone::Muted;
    if (status == 401 || status == 403)
        return Tone::Bad;
    return status >= 400 ? Tone::Warning : Tone::Plain;
}

Tone resultTone(exchange::Outcome outcome)
{
    switch (outcome) {
    case exchange::Outcome::Running:
    case exchange::Outcome::None:
    case exchange::Outcome::Left:
        return Tone::Muted;
    case exchange::Outcome::Ok:
        return Tone::Plain;
    case exchange::Outcome::RpcError:
    case exchange::Outcome::ToolError:
    case exchange::Outcome::Late:
        return Tone::Warning;
    }
    return Tone::Plain;
}

Tone rowTone(const exchange::Exchange &exchange)
{
    if (exchange.outcome == exchange::Outcome::Running)
        return Tone::Plain;
    if (!exchange.verdict.accepted())
        return authTone(exchange);
    return std::max(statusTone(exchange.status), resultTone(exchange.outcome)) >= Tone::Warning
        ? Tone::Warning
        : Tone::Plain;
}

QString orDash(const QString &text)
{
    return text.isEmpty() ? u"–"_s : escapedForDisplay(text);
}

QString sizeWords(qsizetype bytes)
{
    return bytes == 0 ? u"–"_s : QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

QString cellText(const Entry &entry, int column)
{
    const exchange::Exchange &exchange = entry.exchange;
    switch (TrafficModel::Column(column)) {
    case TrafficModel::Number:
        return QString::number(entry.serial);
    case TrafficModel::Time:
        return wordOf(exchange, RowWord::Time);
    case TrafficModel::Client:
        return wordOf(exchange, RowWord::Client);
    case TrafficModel::Call:
        return wordOf(exchange, RowWord::Call);
    case TrafficModel::Http:
        return wordOf(exchange, RowWord::Status);
    case TrafficModel::Result:
        return wordOf(exchange, RowWord::Result);
    case TrafficModel::Auth:
        if (entry.isOfSandbox())
            return TrafficModel::tr("Sandbox");
        if (exchange.refusal != exchange::Refusal::None && exchange.verdict.reason == auth::Reason::NotNeeded)
            return TrafficModel::tr("Not asked");
        return exchange.verdict.reason == auth::Reason::NotNeeded ? TrafficModel::tr("Not needed")
                                                                  : wordOf(exchange, RowWord::Verdict);
    case TrafficModel::User:
        return wordOf(exchange, RowWord::User);
    case TrafficModel::Took:
        return exchange.outcome == exchange::Outcome::Running
            ? sinceWords(QDateTime::currentMSecsSinceEpoch() - exchange.times.receivedAt)
            : wordOf(exchange, RowWord::Took);
    case TrafficModel::Session:
        return orDash(QString::fromUtf8(exchange.session));
    case TrafficModel::Method:
        return escapedForDisplay(QString::fromUtf8(exchange.method));
    case TrafficModel::Path:
        return escapedForDisplay(QString::fromUtf8(exchange.path));
    case TrafficModel::Revision:
        return orDash(exchange.revision);
    case TrafficModel::Token:
        return orDash(QString::fromUtf8(exchange.verdict.fingerprint));
    case TrafficModel::Organization:
        return orDash(exchange.organization);
    case TrafficModel::Scope:
        return orDash(exchange.verdict.claims.value("scope"_L1).toString());
    case TrafficModel::Origin:
        return orDash(
            QString::fromUtf8(base::onlyValueOf(exchange.requestHeaders, "Origin").value_or(QByteArray())));
    case TrafficModel::RequestSize:
        return sizeWords(exchange.requestBody.size);
    case TrafficModel::ResponseSize:
        return sizeWords(exchange.responseBody.size);
    case TrafficModel::Pin:
    case TrafficModel::ColumnCount:
        break;
    }
    return {};
}

Tone cellTone(const exchange::Exchange &exchange, int column)
{
    switch (column) {
    case TrafficModel::Http:
        return statusTone(exchange.status);
    case TrafficModel::Result:
        return resultTone(exchange.outcome);
    case TrafficModel::Auth:
        return authTone(exchange);
    case TrafficModel::Number:
    case TrafficModel::Time:
        return Tone::Muted;
    default:
        return Tone::Plain;
    }
}

qsizetype mutedPrefix(const exchange::Exchange &exchange)
{
    return exchange.target.isEmpty() ? 0 : exchange.rpcMethod.size();
}

} // namespace

QString spokenRow(const Entry &entry)
{
    if (entry.isNote())
        return entry.note;
    const RowWords words = wordsOf(entry.exchange);
    QString text = TrafficModel::tr("Request %1, %2 from %3, status %4, %5, %6")
                       .arg(QString::number(entry.serial), words.call, words.client, words.status,
                            cellText(entry, TrafficModel::Auth), words.took);
    if (entry.isPinned)
        text += TrafficModel::tr(", pinned");
    return text;
}

TrafficModel::TrafficModel(ExchangeLog::Limits limits, QObject *parent)
    : QAbstractTableModel(parent)
    , m_log(limits)
{ }

void TrafficModel::record(const QList<exchange::Exchange> &batch)
{
    QList<exchange::Exchange> kept;
    kept.reserve(batch.size());
    for (const exchange::Exchange &exchange : batch) {
        const bool isRunning = exchange.outcome == exchange::Outcome::Running;
        if (m_skipped.contains(keyOf(exchange))) {
            if (!isRunning)
                m_skipped.remove(keyOf(exchange));
        } else if (m_isPaused && !m_log.isOpen(keyOf(exchange))) {
            ++m_skippedCount;
            if (isRunning)
                m_skipped.insert(keyOf(exchange));
        } else {
            kept.append(exchange);
        }
    }
    m_looked.reset();
    apply(m_log.record(kept));
}

void TrafficModel::startRun(const QString &note, qint64 atMs)
{
    m_log.startRun();
    m_skipped.clear();
    addNote(note, atMs);
}

void TrafficModel::addNote(const QString &note, qint64 atMs)
{
    if (!note.isEmpty() && totalCount() > 0)
        apply(m_log.addNote(note, atMs));
}

void TrafficModel::clear(Pinned pinned)
{
    beginResetModel();
    m_looked.reset();
    if (pinned == Pinned::Go)
        m_log.unpinAll();
    m_log.clear();
    rebuild();
    endResetModel();
    Q_EMIT countsChanged();
}

void TrafficModel::setFilter(const Filter &filter)
{
    beginResetModel();
    m_filter = filter;
    rebuild();
    endResetModel();
    Q_EMIT countsChanged();
}

void TrafficModel::setSandboxShown(bool isShown)
{
    beginResetModel();
    m_isSandboxShown = isShown;
    rebuild();
    endResetModel();
    Q_EMIT countsChanged();
}

qsizetype TrafficModel::totalCount() const
{
    return m_log.size() - hiddenSandboxCount();
}

bool TrafficModel::isWanted(const Entry &entry) const
{
    return (!entry.isOfSandbox() || showsSandbox()) && m_filter.matches(entry);
}

void TrafficModel::setPinned(quint64 serial, bool isPinned)
{
    m_looked.reset();
    m_log.setPinned(serial, isPinned);
    reconsider(serial);
    Q_EMIT entryChanged(serial);
    Q_EMIT countsChanged();
}

void TrafficModel::setPaused(bool isPaused)
{
    m_isPaused = isPaused;
    if (isPaused)
        m_skippedCount = 0;
    Q_EMIT countsChanged();
}

std::optional<Entry> TrafficModel::entryAt(int row) const
{
    return row >= 0 && row < m_shown.size() ? m_log.find(m_shown.at(row)) : std::nullopt;
}

/// The same for as long as nothing changes and no other row is looked at.
const Entry *TrafficModel::look(int row) const
{
    if (row < 0 || row >= m_shown.size())
        return nullptr;
    if (!m_looked || m_looked->serial != m_shown.at(row))
        m_looked = m_log.find(m_shown.at(row));
    return m_looked ? &*m_looked : nullptr;
}

int TrafficModel::rowOf(quint64 serial) const
{
    const auto found = std::lower_bound(m_shown.begin(), m_shown.end(), serial);
    return found != m_shown.end() && *found == serial ? int(found - m_shown.begin()) : -1;
}

int TrafficModel::rowBeside(quint64 serial, int step,
                            const std::function<bool(const Entry &)> &isWanted) const
{
    const auto place = std::lower_bound(m_shown.begin(), m_shown.end(), serial);
    qsizetype row = place - m_shown.begin();
    if (step < 0)
        row = (serial == 0 ? m_shown.size() : row) - 1;
    else if (place != m_shown.end() && *place == serial)
        ++row;
    Entry entry;
    const Alike *before = nullptr;
    for (; row >= 0 && row < m_shown.size(); row += step) {
        if (m_log.read(m_shown.at(row), entry, before) && !entry.isNote() && (!isWanted || isWanted(entry)))
            return int(row);
    }
    return -1;
}

void TrafficModel::apply(const ExchangeLog::Change &change)
{
    // What left the log goes first: a view that asks for a row finds either the entry or nothing.
    removeShown(change.dropped);
    for (const quint64 serial : change.updated) {
        reconsider(serial);
        Q_EMIT entryChanged(serial);
    }
    QList<quint64> matching;
    for (const quint64 serial : change.appended) {
        if (isWanted(*m_log.find(serial)))
            matching.append(serial);
    }
    if (!matching.isEmpty()) {
        const int first = int(m_shown.size());
        beginInsertRows({}, first, first + int(matching.size()) - 1);
        m_shown += matching;
        endInsertRows();
        Q_EMIT arrived(int(matching.size()));
    }
    Q_EMIT countsChanged();
}

void TrafficModel::removeShown(const QList<quint64> &serials)
{
    // Rows that lie side by side go together; as a rule that is one stretch at the top.
    qsizetype i = 0;
    while (i < serials.size()) {
        const int first = rowOf(serials.at(i++));
        if (first < 0)
            continue;
        int last = first;
        while (i < serials.size() && last + 1 < m_shown.size() && m_shown.at(last + 1) == serials.at(i)) {
            ++last;
            ++i;
        }
        beginRemoveRows({}, first, last);
        m_shown.remove(first, last - first + 1);
        endRemoveRows();
    }
}

/// An entry changed: its row appears, goes or is drawn anew.
void TrafficModel::reconsider(quint64 serial)
{
    const std::optional<Entry> entry = m_log.find(serial);
    const bool isShown = entry && isWanted(*entry);
    const int row = rowOf(serial);
    if (row >= 0 && isShown) {
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    } else if (row >= 0) {
        beginRemoveRows({}, row, row);
        m_shown.removeAt(row);
        endRemoveRows();
    } else if (isShown) {
        const int place = int(std::lower_bound(m_shown.begin(), m_shown.end(), serial) - m_shown.begin());
        beginInsertRows({}, place, place);
        m_shown.insert(place, serial);
        endInsertRows();
    }
}

void TrafficModel::rebuild()
{
    m_shown.clear();
    m_log.forEach([this](const Entry &entry) {
        if (isWanted(entry))
            m_shown.append(entry.serial);
    });
}

int TrafficModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int TrafficModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString TrafficModel::textOf(const Entry &entry, int column) const
{
    if (entry.isNote())
        return entry.note;
    const bool isUnfinished = m_isStill && entry.exchange.outcome == exchange::Outcome::Running;
    if (isUnfinished && column == Result)
        return tr("Not finished");
    return isUnfinished && column == Took ? u"–"_s : cellText(entry, column);
}

QVariant TrafficModel::data(const QModelIndex &index, int role) const
{
    const Entry *entry = index.isValid() ? look(index.row()) : nullptr;
    if (!entry)
        return {};
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return textOf(*entry, column);
    case Qt::ToolTipRole:
        if (column == Time && !entry->isNote())
            return QDateTime::fromMSecsSinceEpoch(entry->exchange.times.receivedAt)
                .toUTC()
                .toString(Qt::ISODateWithMs);
        if (column == Auth && !entry->exchange.verdict.accepted())
            return toolTipText(whyRefused(entry->exchange));
        return entry->isNote() || column == Pin || column == Took ? QVariant()
                                                                  : toolTipText(textOf(*entry, column));
    case Qt::TextAlignmentRole:
        return int((column == Number || column == Took || column == RequestSize || column == ResponseSize
                        ? Qt::AlignRight
                        : Qt::AlignLeft)
                   | Qt::AlignVCenter);
    case Qt::AccessibleTextRole:
        if (column == Pin)
            return spokenRow(*entry);
        return textOf(*entry, column);
    case SerialRole:
        return entry->serial;
    case CellToneRole:
        return QVariant::fromValue(entry->isNote() ? Tone::Muted : cellTone(entry->exchange, column));
    case RowToneRole:
        return QVariant::fromValue(entry->isNote() ? Tone::Muted : rowTone(entry->exchange));
    case NoteRole:
        return entry->isNote();
    case MutedPrefixRole:
        return column == Call && !entry->isNote() ? int(mutedPrefix(entry->exchange)) : 0;
    case TookRole:
        return entry->isNote() || entry->exchange.outcome == exchange::Outcome::Running
            ? QVariant()
            : QVariant(exchange::tookUs(entry->exchange.times));
    case Qt::CheckStateRole:
        return column == Pin ? QVariant(int(entry->isPinned ? Qt::Checked : Qt::Unchecked)) : QVariant();
    default:
        return {};
    }
}

QVariant TrafficModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return data(index(0, section), role).isValid()
            ? data(index(0, section), role)
            : QVariant(int((section == Number || section == Took ? Qt::AlignRight : Qt::AlignLeft)
                           | Qt::AlignVCenter));
    if (role == Qt::DisplayRole && section == Pin)
        return {}; // A star is drawn; it has its name below.
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)
        return {};
    switch (Column(section)) {
    case Pin:
        return tr("Pinned");
    case Number:
        return tr("#");
    case Time:
        return tr("Time");
    case Client:
        return tr("Client");
    case Call:
        return tr("Call");
    case Http:
        return tr("HTTP");
    case Result:
        return tr("Result");
    case Auth:
        return tr("Auth");
    case User:
        return tr("User");
    case Took:
        return tr("Took");
    case Session:
        return tr("Session");
    case Method:
        return tr("Method");
    case Path:
        return tr("Path");
    case Revision:
        return tr("Revision");
    case Token:
        return tr("Token");
    case Organization:
        return tr("Organization");
    case Scope:
        return tr("Scope");
    case Origin:
        return tr("Origin");
    case RequestSize:
        return tr("Request size");
    case ResponseSize:
        return tr("Response size");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace gatehouse::inspector
