// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/jsontext.h"
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

bool isOver(const QString &status)
{
    return status == "completed"_L1 || status == "failed"_L1 || status == "cancelled"_L1;
}

} // namespace

bool McpClient::Private::isTaskOfOld(const Call &call, const base::Expected<Result, Error> &result)
{
    return result && call.params.contains("task"_L1) && result->json["task"_L1].isObject();
}

Call McpClient::Private::aboutTask(const QString &method, const QString &id) const
{
    return {method, {{u"taskId"_s, id}}};
}

void McpClient::Private::follow(const Result &created, const Done<Result> &done)
{
    const bool isModern = wire.era == protocol::Era::Modern;
    const QJsonObject state = isModern ? created.json : created.json.value("task"_L1).toObject();
    const QString id = state.value("taskId"_L1).toString();
    if (id.isEmpty())
        return done(
            base::failure(protocolError(u"The server made a task of the call, and gave it no id."_s)));
    tasks.insert(id);
    Q_EMIT q->told(protocol::notification::taskStatus, state);
    lookLater(std::make_shared<Following>(Following{id, done}), state);
}

void McpClient::Private::lookLater(const Followed &task, const QJsonObject &state)
{
    const bool isModern = wire.era == protocol::Era::Modern;
    const QString status = state.value("status"_L1).toString();
    if (!isModern && (isOver(status) || status == "input_required"_L1))
        return takeResult(task);
    const int told = state.value(isModern ? "pollIntervalMs"_L1 : "pollInterval"_L1).toInt(usualIntervalMs);
    const int interval = isOver(status) ? 0 : std::clamp(told, shortestIntervalMs, longestIntervalMs);
    QTimer::singleShot(interval, q, [this, task, generation = generation] {
        if (generation != this->generation)
            return;
        send(aboutTask(protocol::nameOf(MethodId::GetTask), task->id),
             [this, task](const base::Expected<Result, Error> &seen) {
                 seen ? look(task, *seen) : leaveTask(task, seen);
             });
    });
}

/// What tasks/get says.
void McpClient::Private::look(const Followed &task, const Result &state)
{
    const QString status = state.json.value("status"_L1).toString();
    Q_EMIT q->told(protocol::notification::taskStatus, state.json);
    if (status == "working"_L1 || wire.era != protocol::Era::Modern)
        return lookLater(task, state.json);
    if (status == "input_required"_L1)
        return answerTask(task, state.json);
    if (status == "completed"_L1 && state.json["result"_L1].isObject())
        return leaveTask(
            task, Result{state.json.value("result"_L1).toObject(), base::memberText(state.text, "result")});
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
    const QStringList keys = wanted.keys();
    for (const QString &key : keys)
        task->answered.insert(key);
    collect(aboutTask(protocol::nameOf(MethodId::UpdateTask), task->id), wanted, keys, {},
            [this, task, state](const base::Expected<Result, Error> &taken) {
                if (taken)
                    return lookLater(task, state);
                fetch(wire.postOf(++lastId, aboutTask(protocol::nameOf(MethodId::CancelTask), task->id)),
                      [](const base::FetchResult &) {}); // It would wait for ever.
                leaveTask(task, taken);
            });
}

void McpClient::Private::takeResult(const Followed &task)
{
    send(aboutTask(getResult, task->id),
         [this, task](const base::Expected<Result, Error> &result) { leaveTask(task, result); });
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
        words.append(wire.postOf(++lastId, aboutTask(protocol::nameOf(MethodId::CancelTask), id)));
    if (wire.era != protocol::Era::Legacy) // In the modern one the connection's end says it.
        return words;
    for (auto one = asks.keyBegin(); one != asks.keyEnd(); ++one)
        words.append(wire.postOf(QJsonValue::Undefined, cancellationOf(*one, u"The user left."_s)));
    return words;
}

} // namespace gatehouse::client
