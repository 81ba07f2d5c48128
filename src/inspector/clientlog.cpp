// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/clientlog.h"

#include "protocol/methodtable.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

using exchange::Exchange;
using exchange::Outcome;

constexpr qint64 presentMs = 5 * 60 * 1000;
constexpr qsizetype mostRunning = 10'000;
constexpr qsizetype mostEndedUnknown = 100;

QString clientIdOf(const Exchange &exchange)
{
    const QJsonObject &claims = exchange.verdict.claims;
    const QString id = claims.value("client_id"_L1).toString();
    return (id.isEmpty() ? claims.value("azp"_L1).toString() : id).left(500);
}

/// Whether it says something of a client of MCP: else a browser, or somebody who reads metadata. Before its
/// body is read nobody knows how a client names itself.
bool isOfClient(const Exchange &exchange)
{
    const bool isRead = exchange.outcome != Outcome::Running || exchange.status != 0;
    return exchange.source == exchange::Source::Server
        && (!exchange.rpcMethod.isEmpty() || (isRead && !exchange.session.isEmpty()));
}

bool isRefused(const Exchange &exchange)
{
    return exchange.status == 401 || exchange.status == 403;
}

bool isLetIn(const Exchange &exchange)
{
    return !isRefused(exchange) && exchange.verdict.accepted();
}

/// Well: so what it named was there, and its own.
bool isAnswered(const Exchange &exchange)
{
    return exchange.status >= 200 && exchange.status < 300;
}

QString selfOf(const QString &client, const QString &user, const QString &organization)
{
    return client + QChar(0) + user + QChar(0) + organization;
}

bool isError(const Exchange &exchange)
{
    return exchange.outcome == Outcome::RpcError || exchange.outcome == Outcome::ToolError
        || exchange.outcome == Outcome::Late || exchange.status >= 500;
}

} // namespace

void ClientLog::clear()
{
    m_all.clear();
    m_bySerial.clear();
    m_bySession.clear();
    m_withoutSession.clear();
    m_running.clear();
    m_endedUnknown.clear();
}

void ClientLog::endSession(const QByteArray &fingerprint)
{
    const auto found = m_bySession.constFind(fingerprint);
    if (found != m_bySession.cend()) {
        m_all[*found].hasEnded = true;
    } else if (!fingerprint.isEmpty()) {
        m_endedUnknown.append(fingerprint);
        if (m_endedUnknown.size() > mostEndedUnknown)
            m_endedUnknown.removeFirst();
    }
}

void ClientLog::endAll()
{
    for (ClientRecord &one : m_all)
        one.hasEnded = true;
}

bool ClientLog::isConnected(const ClientRecord &record, qint64 nowMs)
{
    return !record.hasEnded && (record.open > 0 || (record.calls > 0 && nowMs - record.lastMs < presentMs));
}

qsizetype ClientLog::sessions() const
{
    return std::count_if(m_all.begin(), m_all.end(),
                         [](const ClientRecord &one) { return !one.session.isEmpty() && !one.hasEnded; });
}

void ClientLog::index(qsizetype row)
{
    const ClientRecord &record = m_all.at(row);
    m_bySerial.insert(record.serial, row);
    if (!record.session.isEmpty())
        m_bySession.insert(record.session, row);
    else if (!record.hasEnded)
        m_withoutSession.insert(selfOf(record.client, record.user, record.organization), row);
}

void ClientLog::forget(qsizetype row)
{
    m_all.removeAt(row);
    m_bySerial.clear();
    m_bySession.clear();
    m_withoutSession.clear();
    for (qsizetype i = 0; i < m_all.size(); ++i)
        index(i);
}

qsizetype ClientLog::add(const Exchange &exchange)
{
    if (m_all.size() >= most)
        forget(
            std::min_element(m_all.begin(), m_all.end(),
                             [](const ClientRecord &a, const ClientRecord &b) { return a.lastMs < b.lastMs; })
            - m_all.begin());
    ClientRecord made;
    made.serial = ++m_last;
    made.client = exchange.client;
    made.firstMs = made.lastMs = exchange.times.receivedAt;
    m_all.append(made);
    return m_all.size() - 1;
}

/// The session's; else that of the same program and user, also of a session that is new: what opened it had
/// none yet. Whoever signs in was nobody before that.
qsizetype ClientLog::rowFor(const Exchange &exchange)
{
    const bool isKnown = isLetIn(exchange);
    const QString user = isKnown ? exchange.user : QString();
    const QString organization = isKnown ? exchange.organization : QString();
    // Another's session is answered as one that is not there.
    const auto session = m_bySession.constFind(exchange.session);
    if (session != m_bySession.cend() && (isAnswered(exchange) || m_all.at(*session).user == user))
        return *session;
    for (const QString &self :
         {selfOf(exchange.client, user, organization), selfOf(exchange.client, {}, {})}) {
        if (const auto found = m_withoutSession.constFind(self); found != m_withoutSession.cend()) {
            const qsizetype row = *found;
            m_withoutSession.erase(found); // Put back as what it is by then.
            return row;
        }
    }
    return add(exchange);
}

void ClientLog::count(ClientRecord &record, const Exchange &exchange, Counted &counted)
{
    const bool isRunning = exchange.outcome == Outcome::Running;
    if (isRunning != counted.isOpen)
        record.open += isRunning ? 1 : -1;
    counted.isOpen = isRunning;
    if (isRunning)
        return;
    if (isRefused(exchange)) {
        ++record.refused;
    } else if (!exchange.rpcMethod.isEmpty() && !exchange.rpcMethod.startsWith("notifications/"_L1)) {
        ++record.calls;
        record.errors += isError(exchange) ? 1 : 0;
    }
    if (exchange.method == "DELETE" && isAnswered(exchange))
        record.hasEnded = true;
}

void ClientLog::record(const Exchange &exchange)
{
    if (!isOfClient(exchange))
        return;
    const exchange::Key key = keyOf(exchange);
    Counted counted = m_running.value(key);
    const qsizetype row = counted.serial ? m_bySerial.value(counted.serial, -1) : rowFor(exchange);
    if (row < 0)
        return (void)m_running.remove(key); // It has gone meanwhile.
    ClientRecord &record = m_all[row];
    counted.serial = record.serial;
    record.lastMs = std::max(record.lastMs, exchange.times.receivedAt + tookUs(exchange.times) / 1000);
    if (isLetIn(exchange)
        && (exchange.session.isEmpty() || isAnswered(exchange))) { // Else it may say anything.
        record.user = exchange.user;
        record.organization = exchange.organization;
        record.clientId = clientIdOf(exchange);
        record.revision = std::max(record.revision, exchange.revision);
        if (!exchange.session.isEmpty())
            record.session = exchange.session;
        if (m_endedUnknown.removeOne(record.session))
            record.hasEnded = true;
    }
    count(record, exchange, counted);
    index(row);
    if (exchange.outcome == Outcome::Running && m_running.size() < mostRunning)
        m_running.insert(key, counted);
    else
        m_running.remove(key);
}

Registration registrationOf(const ClientRecord &record)
{
    if (record.clientId.isEmpty())
        return Registration::Unknown;
    return record.clientId.startsWith("https://"_L1) ? Registration::Document : Registration::Other;
}

} // namespace gatehouse::inspector
