// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "mcp/allows.h"
#include "mcp/caller.h"
#include "mcp/context.h"
#include "mcp/shares.h"
#include "protocol/jsonrpc.h"

#include <QHash>
#include <QJsonObject>
#include <QMap>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace gatehouse::mcp {

class Operation;

/// Work that its client does not wait for (the extension io.modelcontextprotocol/tasks): how far it is, and
/// what came of it. Dispatcher's thread.
class Task
{
public:
    enum class Status { Working, InputRequired, Completed, Failed, Cancelled };

    Task(QString id, Identity owner, Allows ownerAllows, QString tool, qint64 now)
        : allows(std::move(ownerAllows))
        , m_id(std::move(id))
        , m_owner(std::move(owner))
        , m_tool(std::move(tool))
        , m_createdAt(now)
        , m_updatedAt(now)
    { }

    [[nodiscard]] const QString &id() const { return m_id; }
    /// The members that describe it, and its result, its error or its open questions.
    [[nodiscard]] QJsonObject toJson(qint64 ttlMs, int pollIntervalMs) const;

    /// `result` is the JSON text of an object.
    void complete(const QByteArray &result, Shares::Hold bytes, qint64 now);
    void fail(const protocol::RpcError &error, qint64 now);
    void cancel(qint64 now);
    /// Waits for the client; `again` is called with all answers.
    void ask(const InputRequired &ask, const Context &asker, std::function<void(const Context &)> again,
             qint64 now);
    enum class Taken { All, NotAll, TooMuch };
    /// Takes what fits open questions: NotAll where something given does not, TooMuch where `keeps` said of
    /// one that there is no room for it; those before it are taken.
    [[nodiscard]] Taken supply(const QJsonObject &answers,
                               const std::function<bool(const QJsonObject &)> &keeps, qint64 now);

    [[nodiscard]] bool isOver() const { return m_status > Status::InputRequired; }
    [[nodiscard]] const Identity &owner() const { return m_owner; }
    [[nodiscard]] const QString &tool() const { return m_tool; }
    [[nodiscard]] qint64 createdAt() const { return m_createdAt; }
    std::weak_ptr<Operation> operation; ///< What works on it.
    Shares::Hold place; ///< Among the tasks.
    base::AccessRequirements needs; ///< Of its tool when it began, for when that is gone.
    Allows allows; ///< What its owner may do.

private:
    struct Open
    {
        QString name = {}; ///< The handler's.
        InputRequest question = {};
    };
    void become(Status status, qint64 now);

    QString m_id;
    Identity m_owner;
    QString m_tool;
    qint64 m_createdAt;
    qint64 m_updatedAt;
    Status m_status = Status::Working;
    QByteArray m_result;
    Shares::Hold m_bytes; ///< That the result takes.
    protocol::RpcError m_error;
    QMap<QString, Open> m_open; ///< By the id that the client is given.
    int m_asked = 0;
    Context m_context; ///< Of whoever asks.
    std::function<void(const Context &)> m_again;
};

struct TaskLimits
{
    int count = 1000; ///< Of all clients together.
    qint64 resultBytes = 64 * 1024 * 1024; ///< Of the results that are kept. The user's oldest go first.
    qint64 ttlMs = 60 * 60 * 1000; ///< From its beginning; what works longer is stopped.
    int pollIntervalMs = 1000; ///< Suggested to clients.
};

/// All tasks, bounded in number and time. A task is known to whose it is only.
class Tasks
{
public:
    Tasks(base::Clock clock, base::Random random, TaskLimits limits);

    /// Null where there is no room, or the user has a quarter of it already. Tasks that are over make room.
    [[nodiscard]] std::shared_ptr<Task> begin(const std::shared_ptr<Operation> &operation);
    /// Keeps the result, the JSON text of an object; one that is larger than all that may be kept of its user
    /// fails.
    void complete(Task &task, const QByteArray &result);
    [[nodiscard]] QJsonObject describe(const Task &task) const
    {
        return task.toJson(m_limits.ttlMs, m_limits.pollIntervalMs);
    }
    /// tasks/get, tasks/update and tasks/cancel; ends the operation.
    void answer(const std::shared_ptr<Operation> &operation);
    /// Null for what is no task of theirs. Good until something else is asked.
    [[nodiscard]] const Task *find(const QString &taskId, const Identity &caller) const;
    void setLimits(TaskLimits limits);
    /// Ends each of which this is true, and forgets it.
    void endIf(const std::function<bool(const Task &)> &isToEnd);
    /// Ends what is too old.
    void sweep();
    [[nodiscard]] qint64 now() const { return m_clock(); }

private:
    /// Forgets the oldest task of the user that is over, or of all users; false where there is none.
    bool forgetOldest(const QString &user);

    base::Clock m_clock;
    base::Random m_random;
    TaskLimits m_limits;
    Shares m_places;
    Shares m_bytes;
    QHash<QString, std::shared_ptr<Task>> m_tasks;
};

} // namespace gatehouse::mcp
