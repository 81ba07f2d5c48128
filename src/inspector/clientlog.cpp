// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/clientlog.h"

#include "base/ownrequest.h"
#include "inspector/callcounts.h"
#include "protocol/methodtable.h"
#include "protocol/revision.h"

#include <QSet>

#include <algorithm>
#include <numeric>
#include <tuple>

using namespace Qt::StringLiterals;

namespace gatehouse::inspector {

namespace {

using exchange::Exchange;
using exchange::Outcome;

constexpr qint64 presentMs = 5 * 60 * 1000;
constexpr qsizetype mostRunning = 10'000;
constexpr qsizetype mostEndedUnknown = 100;
constexpr qsizetype atOnce = ClientLog::most / 10; ///< That go where there is no room.

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
    return exchange.source == exchange::Source::Server && exchange.refusal == exchange::Refusal::None
        && (!exchange.rpcMethod.isEmpty() || (isRead && !exchange.session.isEmpty()));
}

/// For its token: what was refused for anything else says nothing of that.
bool isRefused(const Exchange &exchange)
{
    return exchange.refusal == exchange::Refusal::None && !exchange.verdict.accepted();
}

bool isLetIn(const Exchange &exchange)
{
    return exchange.refusal == exchange::Refusal::None && exchange.verdict.accepted();
}

/// Whom its token names, as far as that is vouched for: also where it has expired, or lacks a scope.
bool isVouchedFor(const Exchange &exchange)
{
    const QList<auth::Check> &checks = exchange.verdict.checks;
    return isLetIn(exchange) || std::any_of(checks.begin(), checks.end(), [](const auth::Check &check) {
               return check.what == "signature"_L1 && check.state == auth::CheckState::Passed;
           });
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

} // namespace

void ClientLog::clear()
{
    m_all.clear();
    m_bySerial.clear();
    m_bySession.clear();
    m_withoutSession.clear();
    m_running.clear();
    m_endedUnknown.clear();
    m_isOver = false;
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
    m_isOver = true;
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

/// Several at a time, since all others are numbered anew. First whoever was never let in and has nothing
/// open: anybody can call by a thousand names.
void ClientLog::makeRoom()
{
    const auto rank = [this](qsizetype row) {
        const ClientRecord &one = m_all.at(row);
        return std::tuple(one.open > 0, one.calls > 0, one.lastMs);
    };
    QList<qsizetype> rows(m_all.size());
    std::iota(rows.begin(), rows.end(), 0);
    std::nth_element(rows.begin(), rows.begin() + atOnce, rows.end(),
                     [&rank](qsizetype a, qsizetype b) { return rank(a) < rank(b); });
    const QSet<qsizetype> going(rows.begin(), rows.begin() + atOnce);
    QList<ClientRecord> kept;
    kept.reserve(m_all.size());
    for (qsizetype i = 0; i < m_all.size(); ++i) {
        if (!going.contains(i))
            kept.append(m_all.at(i));
    }
    m_all = kept;
    m_bySerial.clear();
    m_bySession.clear();
    m_withoutSession.clear();
    for (qsizetype i = 0; i < m_all.size(); ++i)
        index(i);
}

qsizetype ClientLog::add(const Exchange &exchange)
{
    if (m_all.size() >= most)
        makeRoom();
    ClientRecord made;
    made.serial = ++m_last;
    made.client = exchange.client;
    made.firstMs = made.lastMs = exchange.times.receivedAt;
    made.hasEnded = m_isOver;
    m_all.append(made);
    return m_all.size() - 1;
}

/// The session's; else that of the same program and user, also of a session that is new: what came before had
/// none yet. Whoever signs in was nobody before that.
qsizetype ClientLog::rowFor(const Exchange &exchange)
{
    const bool isKnown = isVouchedFor(exchange);
    const QString user = isKnown ? exchange.user : QString();
    const QString organization = isKnown ? exchange.organization : QString();
    // Another's session is answered as one that is not there. A token that is nobody's came from the client
    // that knows the session, which is a secret.
    const auto session = m_bySession.constFind(exchange.session);
    if (session != m_bySession.cend()
        && (!isKnown || isAnswered(exchange) || m_all.at(*session).user == user))
        return *session;
    for (const QString &self :
         {selfOf(exchange.client, user, organization), selfOf(exchange.client, {}, {})}) {
        const auto found = m_withoutSession.constFind(self);
        if (found == m_withoutSession.cend())
            continue;
        const qsizetype row = *found;
        const ClientRecord &there = m_all.at(row);
        // Each handshake is for a session of its own.
        const bool isAnother = exchange.rpcMethod == "initialize"_L1 && (there.calls > 0 || there.open > 0);
        if (isAnother)
            continue;
        m_withoutSession.erase(found); // Put back as what it is by then.
        return row;
    }
    return add(exchange);
}

void ClientLog::count(ClientRecord &record, const Exchange &exchange, bool mayBeOpen, Counted &counted)
{
    const bool isRunning = exchange.outcome == Outcome::Running;
    const bool isOpen = isRunning && mayBeOpen;
    if (isOpen != counted.isOpen)
        record.open += isOpen ? 1 : -1;
    counted.isOpen = isOpen;
    if (isRunning)
        return;
    if (isRefused(exchange)) {
        ++record.refused;
    } else if (!exchange.rpcMethod.isEmpty() && !exchange.rpcMethod.startsWith("notifications/"_L1)) {
        ++record.calls;
        record.errors += hasErred(exchange) ? 1 : 0;
    }
    if (exchange.method == "DELETE" && isAnswered(exchange))
        record.hasEnded = true;
}

/// Who it is. What is not let in, or names a session that is not its own, may say anything.
void ClientLog::learn(ClientRecord &record, const Exchange &exchange)
{
    if (isVouchedFor(exchange) && record.user.isEmpty() && record.session.isEmpty()) {
        record.user = exchange.user;
        record.organization = exchange.organization;
    }
    if (!isLetIn(exchange) || (!exchange.session.isEmpty() && !isAnswered(exchange)))
        return;
    record.user = exchange.user;
    record.organization = exchange.organization;
    if (const QString id = clientIdOf(exchange); !id.isEmpty()) // Of what is kept in outline there is none.
        record.clientId = id;
    // What a handshake asks for is not yet what is spoken.
    if (isAnswered(exchange) && exchange.rpcMethod != "initialize"_L1 && !exchange.revision.isEmpty())
        record.revision = exchange.revision;
    // Later revisions have none, whatever a header says.
    if (exchange.session.isEmpty() || exchange.revision > protocol::newestLegacyRevision)
        return;
    if (record.session != exchange.session)
        record.hasEnded = m_isOver;
    record.session = exchange.session;
    if (m_endedUnknown.removeOne(record.session))
        record.hasEnded = true;
}

bool isOfThisProgram(const Exchange &exchange, const QByteArray &published)
{
    const auto id = base::onlyValueOf(exchange.requestHeaders, "X-Request-Id");
    const auto host = base::onlyValueOf(exchange.requestHeaders, "Host");
    return id && ((host && base::isOwnRequestId(*id, *host)) || base::isOwnRequestId(*id, published));
}

void ClientLog::record(const Exchange &exchange)
{
    if (!isOfClient(exchange))
        return;
    // What this program asks to see a refusal is nobody who was turned away.
    if (isRefused(exchange) && isOfThisProgram(exchange, m_published) && !m_running.contains(keyOf(exchange)))
        return;
    const exchange::Key key = keyOf(exchange);
    const bool isKept = m_running.size() < mostRunning || m_running.contains(key);
    Counted counted = m_running.value(key);
    const qsizetype row = counted.serial ? m_bySerial.value(counted.serial, -1) : rowFor(exchange);
    if (row < 0)
        return (void)m_running.remove(key); // It has gone meanwhile.
    ClientRecord &record = m_all[row];
    counted.serial = record.serial;
    record.lastMs = std::max(record.lastMs, exchange.times.receivedAt + tookUs(exchange.times) / 1000);
    learn(record, exchange);
    count(record, exchange, isKept, counted);
    index(row);
    if (exchange.outcome == Outcome::Running && isKept)
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
