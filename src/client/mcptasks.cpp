// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/answer.h"
#include "client/mcpclientstate.h"

#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

// Calls that go on without their client (2026-07-28: the extension io.modelcontextprotocol/tasks, which says
// all in tasks/get; 2025-11-25 "Tasks", where tasks/result waits for the end and the server asks meanwhile).

namespace gatehouse::client {

namespace {

using protocol::MethodId;

const QString getResult = u"tasks/result"_s; // Of 2025-11-25 alone.
constexpr int usualIntervalMs = 1000;
constexpr int longestIntervalMs = 60'000;
constexpr int shortestIntervalMs = 20;
constexpr int maximumMisses = 3; ///< In a row, each after twice the time.

bool isOver(const QString &status)
{
    return status == "completed"_L1 || status == "failed"_L1 || status == "cancelled"_L1;
}

} // namespace

bool McpClient::Private::isTaskOfOld(const Call &call, const base::Expected<Result, Error> &result)
{
    return result && call.params.contains("task"_L1) && result->json["task"_L1].isObject();
}

/// In 2025-11-25 progress is told under the token of the call as long as its task lives.
Call McpClient::Private::aboutTask(const QString &method, const Following &task) const
{
    Call call{method, {{u"taskId"_s, task.id}}};
    call.progressOf = task.callId;
    return call;
}

void McpClient::Private::follow(const Result &created, qint64 callId, const Done<Result> &done)
{
    const bool isModern = wire.era == protocol::Era::Modern;
    const QJsonObject state = isModern ? created.json : created.json.value("task"_L1).toObject();
    const QString id = state.value("taskId"_L1).toString();
    if (id.isEmpty())
        return done(
            base::failure(protocolError(u"The server made a task of the call, and gave it no id."_s)));
    tasks.insert(id);
    const auto task = std::make_shared<Following>(Following{id, callId, done, generation});
    Q_EMIT q->told(protocol::notification::taskStatus, state);
    lookLater(task, state);
}

void McpClient::Private::lookLater(const Followed &task, const QJsonObject &state)
{
    if (task->generation != generation) // Whoever was told has had enough.
        return;
    const bool isModern = wire.era == protocol::Era::Modern;
    const QString status = state.value("status"_L1).toString();
    if (!isModern && (isOver(status) || status == "input_required"_L1))
        return takeResult(task);
    const int told = state.value(isModern ? "pollIntervalMs"_L1 : "pollInterval"_L1).toInt(usualIntervalMs);
    const int interval = std::clamp(isOver(status) ? 0 : told, shortestIntervalMs, longestIntervalMs);
    QTimer::singleShot(std::min(interval << task->misses, longestIntervalMs), q, [this, task, state] {
        if (task->generation != generation)
            return;
        send(aboutTask(protocol::nameOf(MethodId::GetTask), *task),
             [this, task, state](const base::Expected<Result, Error> &seen) {
                 seen ? look(task, *seen) : miss(task, state, seen.error());
             });
    });
}

/// To look has no effect, so it may be done again.
void McpClient::Private::miss(const Followed &task, const QJsonObject &state, const Error &error)
{
    const bool mayPass = (error.fault == CallFault::Unreachable && !error.isLate) || error.status == 429
        || error.status >= 500;
    if (mayPass && task->misses < maximumMisses) {
        ++task->misses;
        return lookLater(task, state);
    }
    abandon(task, error);
}

/// What tasks/get says.
void McpClient::Private::look(const Followed &task, const Result &state)
{
    const QString status = state.json.value("status"_L1).toString();
    task->misses = 0;
    Q_EMIT q->told(protocol::notification::taskStatus, state.json);
    if (task->generation != generation)
        return;
    const bool isModern = wire.era == protocol::Era::Modern;
    if (status == "working"_L1 || (!isModern && (isOver(status) || status == "input_required"_L1)))
        return lookLater(task, state.json);
    if (status == "input_required"_L1)
        return answerTask(task, state.json);
    if (status == "completed"_L1 && state.json["result"_L1].isObject())
        return leaveTask(task, Result{state.json.value("result"_L1).toObject(), state.text()});
    if (status == "failed"_L1)
        return leaveTask(task,
                         base::failure(rpcErrorIn(state.json, 200)
                                           .value_or(protocolError(
                                               u"The task failed, and the server does not say why."_s))));
    leaveTask(
        task,
        base::failure(protocolError(
            status == "cancelled"_L1
                ? u"The server has cancelled the task."_s
                : u"The task is in a state that this client does not know: \"%1\"."_s.arg(status.left(40)))));
}

/// Each question once: the server may go on showing one for a moment.
void McpClient::Private::answerTask(const Followed &task, const QJsonObject &state)
{
    QJsonObject wanted = state.value("inputRequests"_L1).toObject();
    for (const QString &key : std::as_const(task->answered))
        wanted.remove(key);
    if (wanted.isEmpty())
        return lookLater(task, state);
    if (++task->rounds > maximumRounds)
        return abandon(task, protocolError(u"The server asks for input again and again."_s));
    const QStringList keys = wanted.keys();
    for (const QString &key : keys)
        task->answered.insert(key);
    collect(aboutTask(protocol::nameOf(MethodId::UpdateTask), *task), wanted, keys, {},
            [this, task, state](const base::Expected<Result, Error> &taken) {
                taken ? lookLater(task, state) : abandon(task, taken.error());
            });
}

void McpClient::Private::takeResult(const Followed &task)
{
    send(aboutTask(getResult, *task), [this, task](const base::Expected<Result, Error> &result) {
        const bool isLost = !result && result.error().fault != CallFault::RpcError;
        isLost ? abandon(task, result.error()) : leaveTask(task, result);
    });
}

/// The server hears that nobody waits any more; whether it does, nobody knows.
void McpClient::Private::abandon(const Followed &task, Error error)
{
    fetch(wire.postOf(++lastId, aboutTask(protocol::nameOf(MethodId::CancelTask), *task)),
          [](const base::FetchResult &) {});
    const bool isAway = error.fault == CallFault::Unreachable && !error.isLate;
    error.text += (isAway ? u" The task \"%1\" may go on: nobody could be asked to end it."_s
                          : u" The task \"%1\" was asked to end, and may go on."_s)
                      .arg(task->id.left(100));
    error.isUnsent = false; // It was made of a call that was sent.
    leaveTask(task, base::failure(error));
}

void McpClient::Private::leaveTask(const Followed &task, const base::Expected<Result, Error> &result)
{
    tasks.remove(task->id);
    task->done(result);
}

QList<base::FetchRequest> McpClient::Private::partingWords()
{
    QList<base::FetchRequest> words;
    for (const QString &id : std::as_const(tasks))
        words.append(wire.postOf(++lastId, aboutTask(protocol::nameOf(MethodId::CancelTask), Following{id})));
    if (wire.era != protocol::Era::Legacy) // In the modern one the connection's end says it.
        return words;
    for (auto one = asks.keyBegin(); one != asks.keyEnd(); ++one)
        words.append(wire.postOf(QJsonValue::Undefined, cancellationOf(*one, u"The user left."_s)));
    return words;
}

} // namespace gatehouse::client
