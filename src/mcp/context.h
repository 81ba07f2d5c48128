// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QJsonValue>
#include <QMap>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace gatehouse::mcp {

/// RFC 5424's severities, as MCP "Logging" names them.
enum class LogLevel { Debug, Info, Notice, Warning, Error, Critical, Alert, Emergency };
[[nodiscard]] QString nameOf(LogLevel level);
[[nodiscard]] std::optional<LogLevel> logLevelOf(const QJsonValue &name);

/// The program that calls.
struct ClientDescription
{
    QString name = {}; ///< "claude-code 2.1", as it says itself.
    QString revision = {}; ///< Of MCP, that it speaks here.
    QJsonObject capabilities = {}; ///< As it declared them.

    /// Whether a call may become a task (2026-07-28 with the extension io.modelcontextprotocol/tasks).
    [[nodiscard]] bool knowsTasks() const;
};

/// Something that only the client can answer: a person's words, a model's, or its roots.
struct InputRequest
{
    QString method = {};
    QJsonObject params = {};

    /// A form for the person (MCP "Elicitation"); `schema` is the restricted one that the specification
    /// allows: an object of plain values.
    [[nodiscard]] static InputRequest form(const QString &message, const QJsonObject &schema);
    /// An address that the person should open.
    [[nodiscard]] static InputRequest visit(const QString &message, const QString &url);
    /// `params` as `sampling/createMessage` takes them.
    [[nodiscard]] static InputRequest sampling(const QJsonObject &params);
    [[nodiscard]] static InputRequest roots();

    /// What a client must have declared to be asked this, as a tree: {"sampling":{}}.
    [[nodiscard]] QJsonObject neededCapability() const;
};

/// A handler's answer that says: ask the client this, then call me again. Its next call has the client's
/// answers in Context::inputs, and `state` as given here. Modern clients are asked by `input_required`, older
/// ones by requests of the server.
struct InputRequired
{
    QMap<QString, InputRequest> questions = {}; ///< By a name of the handler's choice.
    QJsonObject state = {}; ///< Travels through the client, signed but readable: no secrets.
};

class Operation;
class ThreadInvoker;

/// What surrounds one call of a handler. A copy may be kept and used from any thread, also when the answer is
/// long given or the peer has left: then its functions do nothing. Default-made, it belongs to no call.
class Context
{
public:
    ClientDescription client = {};
    QHash<QString, QJsonObject> inputs = {}; ///< What the client answered so far, by the question's name.
    QJsonObject state = {}; ///< Of the Ask that led to this call.

    /// Tells a client that asked for it how far the work is. Only what is more than before is told.
    void progress(double done, std::optional<double> total = {}, const QString &message = {}) const;
    /// `data` is any JSON value: a text, or an object with more.
    void log(LogLevel level, const QJsonValue &data, const QString &logger = {}) const;
    /// Nobody waits for the answer any more.
    [[nodiscard]] bool isCancelled() const;
    /// Called once, on the server's thread, when nobody waits any more; at once if that is so already, and
    /// where the server is gone, from within.
    void whenCancelled(std::function<void()> then) const;
    /// Ends the connection but not the call: a client that can come back (2025-11-25) waits so many
    /// milliseconds and fetches the rest. Does nothing for others.
    void closeStream(int retryMs) const;
    /// From here on the client need not wait: it is given a task, and asks later what came of it. Before the
    /// answer, and only for tools that may (Tool::tasks). Does nothing for clients that know no tasks. Best
    /// before anything else is told: once a stream has begun, a load balancer cannot see the task's name.
    void becomeTask() const;

private:
    friend class Operation;
    struct Line;
    std::shared_ptr<Line> m_line;
};

/// The content of a form that the person accepted; nullopt if there is no such answer, or another one.
[[nodiscard]] std::optional<QJsonObject> acceptedIn(const Context &context, const QString &question);

} // namespace gatehouse::mcp
