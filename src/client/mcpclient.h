// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/expected.h"
#include "base/fetch.h"
#include "base/headers.h"
#include "protocol/era.h"
#include "protocol/jsonrpc.h"
#include "protocol/methodtable.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QString>
#include <QUrl>

#include <functional>
#include <memory>

namespace gatehouse::client {

enum class CallFault {
    Unreachable, ///< No HTTP answer at all.
    Unauthorized, ///< HTTP 401: `challenge` holds the WWW-Authenticate value.
    Forbidden, ///< HTTP 403: `challenge` likewise, often insufficient_scope.
    HttpError, ///< Another status that is no success and carries no JSON-RPC error.
    ProtocolError, ///< A success whose body is not what MCP says it is.
    RpcError, ///< A JSON-RPC error: `code` and `text` are the server's.
};

struct Error
{
    CallFault fault = CallFault::ProtocolError;
    int status = 0; ///< HTTP; 0 without an answer.
    QByteArray challenge;
    int code = 0; ///< Of RpcError.
    QString text; ///< One English sentence; the server's words for RpcError, bounded.
    QJsonValue data = QJsonValue::Undefined; ///< Of RpcError, as the server gave it.
    bool isLate = false; ///< Of Unreachable: somebody was there, and took too long.
    bool isUnsent = false; ///< Of Unreachable: no byte of the request has left.
    bool isOfThisMachine = false; ///< Of Unreachable: as in base::FetchError.
    QByteArray date = {}; ///< Of Unauthorized: the server's clock, as its Date header says (RFC 9110 §6.6.1).
};

struct ServerInfo
{
    protocol::Era era = protocol::Era::Legacy;
    QString revision;
    QString name;
    QString version;
    QString instructions;
    QJsonObject capabilities;
};

struct ToolInfo
{
    QString name;
    QString title;
    QString description;
    QJsonObject inputSchema;
    QJsonObject json = {}; ///< All of it.

    [[nodiscard]] friend bool operator==(const ToolInfo &a, const ToolInfo &b) = default;
};

/// What a server lists, as far as that could be had.
struct Listing
{
    QList<QJsonObject> entries = {}; ///< Each has what it is known by: a name, or a URI.
    QString remark = {}; ///< What is wrong with the list, in English; empty if nothing is.
};

/// The same of tools.
struct ToolListing
{
    QList<ToolInfo> tools;
    QString remark = {};
};

/// What came of a request.
struct Result
{
    QJsonObject json;
    QByteArray within; ///< The message that it is a member of.

    /// The same as the server wrote it: numbers and order are its own. Looked for each time, since few want
    /// it.
    [[nodiscard]] QByteArray text() const;
};

template <typename T> using Done = std::function<void(base::Expected<T, Error>)>;

/// What a client can do for servers that ask it (MCP "Elicitation", "Sampling", "Roots").
struct ClientOffer
{
    using Reply = std::function<void(base::Expected<QJsonObject, protocol::RpcError>)>;
    QJsonObject capabilities = {}; ///< As they are declared. What is not among them is refused.
    /// Called for what is declared; the reply is called once, at once or later.
    std::function<void(const QString &method, const QJsonObject &params, const Reply &reply)> answer = {};
};

/// An MCP client over Streamable HTTP (MCP 2024-11-05 to 2026-07-28 "Transports"), for servers of both eras.
/// Each callback comes exactly once from the event loop, unless the client is cancelled or destroyed first.
/// An event stream is read until the answer is in it, over another connection where the server closes one and
/// names a place to come back to; what the server asks meanwhile is answered. One thread.
class McpClient : public QObject
{
    Q_OBJECT

public:
    McpClient(QUrl server, base::Fetcher *fetcher, QObject *parent = nullptr);
    ~McpClient() override;

    /// Sent as "Authorization: Bearer …" from now on; empty sends none.
    void setAccessToken(const QByteArray &token);
    /// Sent with every request, after those of the protocol.
    void setHeaders(const base::Headers &headers);
    /// For one request and its answer, from the last progress of it; 30,000 unless set. It stands still while
    /// an answer to the server is awaited.
    void setTimeoutMs(int milliseconds);
    /// The only revision to speak, one of protocol::understoodRevisions() or modernRevision; before open().
    /// Empty: the newest that both know.
    void setRevision(const QString &revision);
    /// Before open(); nothing unless set.
    void setOffer(ClientOffer offer);

    /// The handshake: `server/discover`, and `initialize` where the server does not know that, with the
    /// newest revision that both know. What says that nobody may come in is believed.
    void open(Done<ServerInfo> done);
    /// All pages, at most 100 of them and 10,000 entries; needs open() first, like all that follows. Fails
    /// where the first page does; what is wrong later is a remark. `method`: one of those that list
    /// something.
    void list(protocol::MethodId method, Done<Listing> done);
    void listTools(Done<ToolListing> done);
    /// Calls of that tool are made as it wants them, as if it had been listed: with what it mirrors in
    /// headers, and as a task. Needs open() first.
    void expectTool(const QJsonObject &json);
    void request(protocol::MethodId method, const QJsonObject &params, Done<Result> done);
    /// The whole result object, with isError where the tool says so. Where the server makes a task of it,
    /// that is followed to its end, however long it takes.
    void callTool(const QString &name, const QJsonObject &arguments, Done<Result> done);
    /// Ends the session, if there is one. The answer does not matter.
    void close(std::function<void()> done);

    /// Ends all that is under way; none of its callbacks comes any more, and the server is told nothing.
    void cancel();
    /// The same, and the server is told: what it need not go on with (MCP "Cancellation", tasks/cancel), and
    /// that the session ends. What it answers does not matter; `done` comes once.
    void leave(std::function<void()> done);

Q_SIGNALS:
    /// What the server tells beside its answers: progress, log messages, how far a task is.
    void told(const QString &method, const QJsonObject &params);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::client
