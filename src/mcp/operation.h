// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/channel.h"
#include "mcp/context.h"
#include "mcp/requeststate.h"
#include "mcp/shares.h"
#include "mcp/tasks.h"
#include "mcp/threadinvoker.h"
#include "protocol/jsonrpc.h"
#include "protocol/methodtable.h"
#include "protocol/revision.h"

#include <QJsonObject>

#include <functional>
#include <memory>
#include <optional>

namespace gatehouse::base {
class JsonWriter;
}

namespace gatehouse::mcp {

class Session;
class Stream;
struct ToolResult;

/// One request from its arrival to its answer: knows how the answers of its era and revision are dressed, and
/// the way to its client. Dispatcher's thread.
class Operation : public std::enable_shared_from_this<Operation>
{
public:
    struct Origin
    {
        protocol::Message message = {};
        protocol::Era era = protocol::Era::Modern;
        Caller caller = {};
        Allows allows = {};
        ClientDescription client = {};
        std::weak_ptr<Session> session = {}; ///< Of the legacy era.
        base::AccessRequirements needs = {}; ///< Of the tool that is called.
        std::optional<LogLevel> logLevel = {}; ///< Of the modern era: what the request asked for.
        bool isInBatch = false;
        QHash<QByteArray, QByteArray> headerParameters = {}; ///< Mcp-Param-*, of the modern era.
        QByteArray serverInfo = {}; ///< JSON text; of the modern era.
        const RequestState *requestState = nullptr;
        Tasks *tasks = nullptr;
        ThreadInvoker invoker = {}; ///< To the dispatcher's thread.
        Shares::Hold place = {}; ///< Among the requests that somebody waits for.
        Shares::Hold bytes = {}; ///< That its message takes.
    };
    /// One that goes before its end tells its handler so.
    ~Operation();
    Q_DISABLE_COPY_MOVE(Operation)

    /// `ended` is called once, at the end.
    [[nodiscard]] static std::shared_ptr<Operation> begin(Origin origin, std::shared_ptr<Channel> channel,
                                                          std::function<void(Operation *)> ended);

    [[nodiscard]] const QJsonValue &id() const { return m_origin.message.id; }
    [[nodiscard]] const QString &method() const { return m_origin.message.method; }
    [[nodiscard]] const QJsonObject &params() const { return m_origin.message.params; }
    /// Null for what is no method.
    [[nodiscard]] const protocol::Method *knownMethod() const { return protocol::findMethod(method()); }
    [[nodiscard]] protocol::Era era() const { return m_origin.era; }
    [[nodiscard]] bool isModern() const { return m_origin.era == protocol::Era::Modern; }
    [[nodiscard]] const QString &revision() const { return m_origin.client.revision; }
    [[nodiscard]] const Caller &caller() const { return m_origin.caller; }
    [[nodiscard]] const Allows &allows() const { return m_origin.allows; }
    [[nodiscard]] const base::AccessRequirements &needs() const { return m_origin.needs; }
    [[nodiscard]] const QHash<QByteArray, QByteArray> &headerParameters() const
    {
        return m_origin.headerParameters;
    }
    [[nodiscard]] const ClientDescription &client() const { return m_origin.client; }
    [[nodiscard]] const ThreadInvoker &invoker() const { return m_origin.invoker; }
    [[nodiscard]] std::shared_ptr<Session> session() const { return m_origin.session.lock(); }

    /// Each ends the operation; after the first end all of them do nothing.
    void succeed(const QJsonObject &result);
    void give(const ToolResult &result);
    void fail(const protocol::RpcError &error, int status = 200);
    /// The same where its handler has more to do, and hears that nobody waits for it any more.
    void stop(const protocol::RpcError &error, int status = 200);
    void failForLackOf(const QJsonObject &capabilities);
    void noSuchMethod();
    /// By the client: stops the work, and nothing more is sent.
    void cancel();
    /// Ends an event stream that belongs to this call alone and whose caller's token has expired. A client
    /// that can come back for the answer (2025-11-25) may, with a new token; for others this is the end.
    void endIfExpired(qint64 nowMs);
    /// Counts what its client answered among what is kept of its messages; false where that is too much.
    [[nodiscard]] bool keeps(const QJsonObject &answers);
    /// Asked a legacy client something, and nobody is there to answer.
    [[nodiscard]] bool isAbandoned() const;

    void notify(const QString &method, const QJsonObject &params);
    void progress(double done, std::optional<double> total, const QString &message);
    void log(LogLevel level, const QJsonValue &data, const QString &logger);
    void closeStream(int retryMs);
    /// Answers with a task, which the rest of the work goes to. Does nothing where the client knows none, or
    /// nothing was said to allow it.
    void becomeTask();
    void allowTask() { m_mayBecomeTask = true; }

    /// What the handler knows of its client; an error where the request brings a state that is not ours.
    [[nodiscard]] base::Expected<Context, protocol::RpcError> context();
    /// Asks the client. In the legacy era `again` is then called with the answers; in the modern era this
    /// ends the operation.
    void ask(const InputRequired &ask, const Context &asker, std::function<void(const Context &)> again);

private:
    struct Round;
    Operation(Origin origin, std::shared_ptr<Channel> channel, std::function<void(Operation *)> ended);
    enum class Work { IsDone, IsStopped };
    void finish(const Outgoing &outgoing, Work work = Work::IsDone);
    [[nodiscard]] QByteArray answerWith(const QJsonObject &meta, QLatin1StringView type,
                                        const std::function<void(base::JsonWriter &)> &writeResult) const;
    [[nodiscard]] Outgoing failedWith(const protocol::RpcError &error, int status);
    void end();
    [[nodiscard]] bool hasStream();
    void send(const QJsonObject &message);
    [[nodiscard]] QByteArray purpose() const;
    /// The answers that a modern client sent before it was asked: they count where they fit what is asked
    /// now.
    [[nodiscard]] std::optional<Context> answeredAhead(const InputRequired &ask, const Context &asker) const;
    void askModern(const InputRequired &ask, const Context &asker);
    void askLegacy(const InputRequired &ask, const Context &asker,
                   std::function<void(const Context &)> again);

    Origin m_origin;
    std::shared_ptr<Channel> m_channel;
    std::function<void(Operation *)> m_ended;
    std::shared_ptr<Context::Line> m_line;
    std::shared_ptr<Stream> m_stream; ///< Of the legacy era, once something streams.
    std::optional<double> m_progress;
    std::shared_ptr<Task> m_task;
    QList<qint64> m_questions; ///< Asked of a legacy client, and not answered yet.
    int m_rounds = 0;
    bool m_mayBecomeTask = false;
    bool m_isDone = false;
};

} // namespace gatehouse::mcp
