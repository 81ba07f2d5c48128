// SPDX-License-Identifier: GPL-3.0-or-later
#include "mcp/tasks.h"

#include "base/json.h"
#include "mcp/inputrequest.h"
#include "mcp/operation.h"
#include "protocol/jsonrpc.h"
#include "protocol/methodtable.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace gatehouse::mcp {

namespace {

constexpr std::array statusNames{"working"_L1, "input_required"_L1, "completed"_L1, "failed"_L1,
                                 "cancelled"_L1};

QString timeText(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms).toUTC().toString(Qt::ISODateWithMs);
}

} // namespace

QJsonObject Task::toJson(qint64 ttlMs, int pollIntervalMs) const
{
    QJsonObject json{{u"taskId"_s, m_id},
                     {u"status"_s, QString(statusNames.at(size_t(m_status)))},
                     {u"createdAt"_s, timeText(m_createdAt)},
                     {u"lastUpdatedAt"_s, timeText(m_updatedAt)},
                     {u"ttlMs"_s, ttlMs},
                     {u"pollIntervalMs"_s, pollIntervalMs}};
    if (m_status == Status::Completed)
        json.insert(u"result"_s, base::readOwnJson(m_result));
    if (m_status == Status::Failed)
        json.insert(u"error"_s, protocol::errorMessage({}, m_error).value("error"_L1));
    if (m_status == Status::InputRequired) {
        QJsonObject open;
        for (auto it = m_open.begin(); it != m_open.end(); ++it)
            open.insert(it.key(), mcp::toJson(it->question));
        json.insert(u"inputRequests"_s, open);
    }
    return json;
}

void Task::become(Status status, qint64 now)
{
    if (isOver())
        return;
    m_status = status;
    m_updatedAt = std::max(m_updatedAt, now);
    if (isOver()) {
        m_open.clear();
        m_again = nullptr;
    }
}

void Task::complete(const QByteArray &result, Shares::Hold bytes, qint64 now)
{
    m_result = result;
    m_bytes = std::move(bytes);
    become(Status::Completed, now);
}

void Task::fail(const protocol::RpcError &error, qint64 now)
{
    m_error = error;
    become(Status::Failed, now);
}

void Task::cancel(qint64 now)
{
    become(Status::Cancelled, now);
}

void Task::ask(const InputRequired &ask, const Context &asker, std::function<void(const Context &)> again,
               qint64 now)
{
    m_context = asker;
    m_context.state = ask.state;
    if (ask.questions.isEmpty())
        return again(m_context);
    m_again = std::move(again);
    // An id is never used twice: an answer that comes late answers nothing else.
    for (auto it = ask.questions.begin(); it != ask.questions.end(); ++it)
        m_open.insert(u"%1-%2"_s.arg(it.key()).arg(++m_asked), {it.key(), *it});
    become(Status::InputRequired, now);
}

Task::Taken Task::supply(const QJsonObject &answers, const std::function<bool(const QJsonObject &)> &keeps,
                         qint64 now)
{
    Taken taken = Taken::All;
    for (auto it = answers.begin(); it != answers.end(); ++it) {
        const auto open = m_open.constFind(it.key());
        if (open == m_open.cend())
            continue;
        if (!it->isObject() || !fits(open->question, it->toObject())) {
            taken = Taken::NotAll;
            continue;
        }
        if (!keeps(it->toObject()))
            return Taken::TooMuch;
        m_context.inputs.insert(open->name, it->toObject());
        m_open.erase(open);
        m_updatedAt = std::max(m_updatedAt, now);
    }
    if (m_status == Status::InputRequired && m_open.isEmpty()) {
        become(Status::Working, now);
        if (const auto again = std::exchange(m_again, nullptr))
            again(m_context);
    }
    return taken;
}

Tasks::Tasks(base::Clock clock, base::Random random, TaskLimits limits)
    : m_clock(std::move(clock))
    , m_random(std::move(random))
    , m_limits(limits)
    , m_places(limits.count)
    , m_bytes(limits.resultBytes)
{ }

bool Tasks::forgetOldest(const QString &user)
{
    auto oldest = m_tasks.end();
    for (auto it = m_tasks.begin(); it != m_tasks.end(); ++it) {
        const Task &task = **it;
        if (task.isOver() && (user.isEmpty() || userOf(task.owner()) == user)
            && (oldest == m_tasks.end() || task.createdAt() < (*oldest)->createdAt()))
            oldest = it;
    }
    if (oldest == m_tasks.end())
        return false;
    m_tasks.erase(oldest);
    return true;
}

std::shared_ptr<Task> Tasks::begin(const std::shared_ptr<Operation> &operation)
{
    const QString user = userOf(operation->caller().identity());
    if (!m_places.hasRoom(user))
        sweep();
    while (!m_places.hasRoom(user)) {
        // Whoever has too much gives up something of their own; else the oldest of all goes.
        if (!forgetOldest(m_places.isWithinShare(user) ? QString() : user))
            return nullptr;
    }
    const QString id = QString::fromLatin1(base::newSecret(m_random));
    const auto task = std::make_shared<Task>(id, operation->caller().identity(), operation->allows(),
                                             operation->params().value("name"_L1).toString(), m_clock());
    task->operation = operation;
    task->needs = operation->needs();
    task->place = m_places.acquire(user);
    m_tasks.insert(id, task);
    return task;
}

void Tasks::complete(Task &task, const QByteArray &result)
{
    const QString user = userOf(task.owner());
    // One that fits nowhere shall not cost those that are kept.
    bool fits = result.size() <= (user.isEmpty() ? m_limits.resultBytes : m_bytes.mostOfOne());
    while (fits && !m_bytes.hasRoom(user, result.size()))
        fits = forgetOldest(m_bytes.isWithinShare(user, result.size()) ? QString() : user);
    if (!fits)
        return task.fail({protocol::code::internalError,
                          u"The result is larger than what is kept of one user's tasks."_s,
                          {}},
                         m_clock());
    task.complete(result, m_bytes.acquire(user, result.size()), m_clock());
}

void Tasks::answer(const std::shared_ptr<Operation> &operation)
{
    const QJsonValue id = operation->params().value("taskId"_L1);
    if (!operation->client().knowsTasks())
        return operation->failForLackOf(
            {{u"extensions"_s, QJsonObject{{protocol::extension::tasks, QJsonObject()}}}});
    sweep();
    const auto task = id.isString() ? m_tasks.value(id.toString()) : nullptr;
    if (!task || task->owner() != operation->caller().identity())
        return operation->fail({protocol::code::invalidParams, u"There is no such task."_s, {}});
    const protocol::MethodId method = operation->knownMethod()->id;
    if (method == protocol::MethodId::GetTask)
        return operation->succeed(describe(*task));
    if (method == protocol::MethodId::CancelTask) {
        if (const auto work = task->operation.lock(); work && !task->isOver())
            work->cancel();
        return operation->succeed({});
    }
    const QJsonValue answers = operation->params().value("inputResponses"_L1);
    const auto keeps
        = [work = task->operation.lock()](const QJsonObject &answer) { return !work || work->keeps(answer); };
    const Task::Taken taken
        = answers.isObject() ? task->supply(answers.toObject(), keeps, m_clock()) : Task::Taken::NotAll;
    if (taken == Task::Taken::TooMuch)
        return operation->fail({protocol::code::internalError,
                                u"These answers are larger than what is kept of one user's messages."_s,
                                {}},
                               503);
    if (taken == Task::Taken::NotAll) {
        return operation->fail({protocol::code::invalidParams,
                                u"inputResponses has something that is no answer to what was asked."_s,
                                {}});
    }
    operation->succeed({});
}

const Task *Tasks::find(const QString &taskId, const Identity &caller) const
{
    const auto task = m_tasks.value(taskId);
    return task && task->owner() == caller ? task.get() : nullptr;
}

void Tasks::setLimits(TaskLimits limits)
{
    m_limits = limits;
    m_places.setMost(limits.count);
    m_bytes.setMost(limits.resultBytes);
}

void Tasks::sweep()
{
    const qint64 now = m_clock();
    endIf([this, now](const Task &task) { return now - task.createdAt() > m_limits.ttlMs; });
}

void Tasks::endIf(const std::function<bool(const Task &)> &isToEnd)
{
    QList<std::shared_ptr<Task>> ended;
    m_tasks.removeIf([&](const auto &entry) {
        const bool isEnd = isToEnd(*entry.value());
        if (isEnd)
            ended.append(entry.value());
        return isEnd;
    });
    for (const auto &task : ended) {
        if (const auto work = task->operation.lock())
            work->cancel();
    }
}

} // namespace gatehouse::mcp
