// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/session.h"

#include "base/mask.h"
#include "mcp/operation.h"

#include <algorithm>

namespace gatehouse::mcp {

namespace {

constexpr qint64 shortestIdleMs = 60 * 1000; ///< Nobody younger has to go to make room.

} // namespace

Session::Session(Identity whose, ClientDescription program, ReplayBudget *budget)
    : owner(std::move(whose))
    , client(std::move(program))
    , m_budget(budget)
    , m_standing(std::make_unique<Stream>(0, userOf(owner), budget))
{ }

Session::~Session()
{
    const auto running = m_running;
    for (const std::weak_ptr<Operation> &one : running) {
        if (const auto operation = one.lock())
            operation->cancel();
    }
}

void Session::tell(const QByteArray &message)
{
    if (hasListened)
        m_standing->put(message);
}

std::shared_ptr<Stream> Session::openStream()
{
    // Of those that are over, the oldest goes.
    if (m_streams.size() >= keptStreams) {
        const auto over = std::find_if(m_streams.begin(), m_streams.end(),
                                       [](const auto &entry) { return entry.second->isFinished(); });
        if (over != m_streams.end())
            m_streams.erase(over);
    }
    const int number = ++m_lastStream;
    const auto stream = std::make_shared<Stream>(number, userOf(owner), m_budget);
    m_streams.emplace(number, stream);
    return stream;
}

std::shared_ptr<Stream> Session::findStream(int number) const
{
    const auto found = m_streams.find(number);
    return found == m_streams.end() ? nullptr : found->second;
}

void Session::closeExpired(qint64 nowMs)
{
    m_standing->closeIfExpired(nowMs);
    for (const auto &[number, stream] : m_streams)
        stream->closeIfExpired(nowMs);
}

bool Session::isBusy() const
{
    return m_standing->isCarried()
        || std::any_of(m_running.begin(), m_running.end(), [](const std::weak_ptr<Operation> &one) {
               const auto operation = one.lock();
               return operation && !operation->isAbandoned();
           });
}

qint64 Session::ask(std::function<void(const protocol::Message &)> then)
{
    m_questions.insert(++m_lastQuestion, std::move(then));
    return m_lastQuestion;
}

bool Session::answered(const protocol::Message &response)
{
    const auto then = response.id.isDouble() ? m_questions.take(response.id.toInteger()) : nullptr;
    if (!then)
        return false;
    then(response);
    return true;
}

bool Session::started(const std::shared_ptr<Operation> &operation)
{
    const QJsonValue id = operation->id();
    if (m_running.contains(id))
        return false;
    m_running.insert(id, operation);
    return true;
}

void Session::ended(const Operation &operation, const QList<qint64> &questions)
{
    // One that was refused for its id leaves the one that has it alone.
    const auto running = m_running.constFind(operation.id());
    if (running != m_running.cend() && running->lock().get() == &operation)
        m_running.erase(running);
    for (const qint64 question : questions)
        m_questions.remove(question);
}

bool Session::cancel(const QJsonValue &id)
{
    const auto operation = m_running.value(id).lock();
    if (operation)
        operation->cancel();
    return !!operation;
}

Sessions::Sessions(base::Clock clock, base::Random random, SessionLimits limits)
    : m_clock(std::move(clock))
    , m_random(std::move(random))
    , m_limits(limits)
    , m_places(limits.count)
{ }

bool Sessions::isIdle(const Session &session, qint64 forMs) const
{
    return !session.isBusy() && m_clock() - session.usedAt > forMs;
}

/// Taken out first: what ends with it may ask what is here.
void Sessions::remove(const QByteArray &id)
{
    const QByteArray fingerprint = base::fingerprint(id);
    m_sessions.take(id).reset();
    if (m_ended)
        m_ended(fingerprint);
}

bool Sessions::endIdlest(const QString &user)
{
    auto idlest = m_sessions.end();
    for (auto it = m_sessions.begin(); it != m_sessions.end(); ++it) {
        const Session &session = **it;
        if (isIdle(session, shortestIdleMs) && (user.isEmpty() || userOf(session.owner) == user)
            && (idlest == m_sessions.end() || session.usedAt < (*idlest)->usedAt))
            idlest = it;
    }
    if (idlest == m_sessions.end())
        return false;
    remove(QByteArray(idlest.key()));
    return true;
}

QByteArray Sessions::begin(std::shared_ptr<Session> session)
{
    const QString user = userOf(session->owner);
    if (!m_places.hasRoom(user))
        sweep();
    while (!m_places.hasRoom(user)) {
        if (!endIdlest(m_places.isWithinShare(user) ? QString() : user))
            return {};
    }
    session->place = m_places.acquire(user);
    session->usedAt = m_clock();
    const QByteArray id = base::newSecret(m_random);
    m_sessions.insert(id, std::move(session));
    return id;
}

std::shared_ptr<Session> Sessions::use(const QByteArray &id, const Identity &caller)
{
    const auto found = m_sessions.constFind(id);
    if (found == m_sessions.cend() || (*found)->owner != caller)
        return nullptr;
    if (isIdle(**found, m_limits.idleMs)) {
        remove(id);
        return nullptr;
    }
    (*found)->usedAt = m_clock();
    return *found;
}

bool Sessions::end(const QByteArray &id, const Identity &caller)
{
    if (!use(id, caller))
        return false;
    remove(id);
    return true;
}

std::shared_ptr<Session> Sessions::find(const QByteArray &fingerprint) const
{
    for (auto it = m_sessions.cbegin(); it != m_sessions.cend(); ++it) {
        if (base::fingerprint(it.key()) == fingerprint)
            return *it;
    }
    return nullptr;
}

void Sessions::setLimits(SessionLimits limits)
{
    m_limits = limits;
    m_places.setMost(limits.count);
}

bool Sessions::endIf(const std::function<bool(const Session &)> &isToEnd)
{
    QByteArrayList ids;
    for (auto it = m_sessions.cbegin(); it != m_sessions.cend(); ++it) {
        if (isToEnd(**it))
            ids.append(it.key());
    }
    for (const QByteArray &id : std::as_const(ids))
        remove(id);
    return !ids.isEmpty();
}

void Sessions::sweep()
{
    for (const auto &session : std::as_const(m_sessions)) {
        session->closeExpired(m_clock());
    }
    endIf([this](const Session &session) { return isIdle(session, m_limits.idleMs); });
}

} // namespace gatehouse::mcp
