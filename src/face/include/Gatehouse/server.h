// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QThreadPool>

#include <Gatehouse/call.h>
#include <Gatehouse/fetch.h>
#include <Gatehouse/result.h>
#include <concepts>
#include <functional>
#include <memory>
#include <utility>

/// An MCP server behind WorkOS AuthKit. Programs that link it are covered by the GPL, version 3 or later.
namespace Gatehouse {

/// How tokens are judged.
struct OAuth
{
    /// "acme", "acme.authkit.app" or an address. Empty: MCP_USE_OAUTH_WORKOS_SUBDOMAIN.
    QString subdomain = {};
    /// False for development only, and on loopback only: tokens are read and not verified.
    bool verifyJwt = true;
    QStringList scopesSupported = {}; ///< Advertised. Empty: email offline_access openid profile.
    QStringList requiredScopes = {}; ///< For every call; 403 without.
    /// This server as published. Empty: MCP_URL + /mcp, else http://localhost:PORT/mcp.
    QString resource = {};
    bool isOff = false; ///< Nobody is asked for a token; on loopback only.
};
[[nodiscard]] inline OAuth workOS(OAuth oauth = {})
{
    return oauth;
}

/// What a caller must have for one thing, all of it; judged before its handler is called.
struct Access
{
    QStringList scopes = {};
    QStringList permissions = {};
    QStringList organizations = {}; ///< One of these.
};

/// Completes an argument: all values that fit what was typed so far.
using Completer = std::function<QStringList(const Call &call, const QString &typed)>;

struct Tool
{
    QString name = {}; ///< 1 to 128 of A-Z a-z 0-9 _ . -
    QString title = {};
    QString description = {};
    QJsonObject input = {}; ///< JSON Schema 2020-12 of an object. Empty: no arguments.
    QJsonObject output = {}; ///< The same of a structured result. Empty: anything.
    Access access = {};
    bool readOnly = false;
    bool destructive = false;
    bool idempotent = false;
};

struct Resource
{
    QString uri = {};
    QString name = {};
    QString title = {};
    QString description = {};
    QString mimeType = {};
    Access access = {};
};

/// Many resources whose addresses fit one template (RFC 6570): "documents://{id}".
struct ResourceTemplate
{
    QString uriTemplate = {};
    QString name = {};
    QString title = {};
    QString description = {};
    QString mimeType = {};
    Access access = {};
    QMap<QString, Completer> complete = {}; ///< By variable.
};

struct Argument
{
    QString name = {};
    QString title = {};
    QString description = {};
    bool required = false;
    Completer complete = {};
};

struct Prompt
{
    QString name = {};
    QString title = {};
    QString description = {};
    QList<Argument> arguments = {};
    Access access = {};
};

/// Takes the answer, from any thread; the first one counts. Where all copies of it go without one, the caller
/// is told so.
template <typename Answer> using ReplyWith = std::function<void(Answer)>;
using Reply = ReplyWith<Result>;

/// One request that reached the server, and what became of it. Observers are told of none that reach a
/// sandbox. All secrets in it are masked.
struct Exchange
{
    qint64 receivedAt = 0; ///< Milliseconds since 1970.
    QString method = {}; ///< "POST"
    QString path = {};
    int status = 0;
    QString call = {}; ///< "tools/call"
    QString target = {}; ///< The tool, prompt or address.
    QString client = {};
    QString user = {}; ///< E-mail, else `sub`.
    QString organization = {};
    QString reason = {}; ///< On the token: "valid", "expired", …
    QString why = {}; ///< Why it was refused, in one sentence; empty where it was not.
    double tookMs = 0;
};

/// Writes to the log what a handler threw; within its catch.
void logThrown();

/// Answers by a thread of QThreadPool's global instance, for a handler that takes its time or waits. A call
/// for which nobody waits any more when its turn comes is not made.
template <typename Handler> [[nodiscard]] auto inThreadPool(Handler handler)
{
    return [handler](const Call &call, const auto &reply) {
        QThreadPool::globalInstance()->start([handler, call, reply] {
            if (call.isCancelled())
                return;
            try {
                reply(handler(call));
            } catch (...) {
                logThrown(); // And without a reply the caller is told that there is none.
            }
        });
    };
}

/// Makes a QCoreApplication where there is none. Lives on one thread; handlers and observers run there, and
/// it needs its event loop.
class Server
{
public:
    struct Options
    {
        QString name = {};
        QString version = {};
        QString title = {};
        QString instructions = {}; ///< For the model that uses it.
        OAuth oauth = {};
        QString host = QStringLiteral("127.0.0.1"); ///< That it listens on.
        /// For several instances that answer for each other behind one address: what they share, so that a
        /// call that asked its client goes on at any of them. Each at least 32 bytes; the first one is for
        /// what is new, the others are on their way out.
        QList<QByteArray> stateSecrets = {};
    };
    explicit Server(Options options);
    ~Server(); ///< Stops. Not from a handler.
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    // What it offers; may change while it runs. A handler is called with a `const Call &` and returns its
    // answer; or it takes a `Reply` as well (of a resource a `ReplyWith<Contents>`, of a prompt a
    // `ReplyWith<Messages>`) and calls that later. What cannot be offered makes start() fail; where the
    // server runs already it is not offered, and errorString() says why.
    template <typename Handler> Server &tool(const Tool &tool, Handler handler)
    {
        return add(tool, replying<Result>(std::move(handler)));
    }
    template <typename Handler> Server &resource(const Resource &resource, Handler handler)
    {
        return add(resource, replying<Contents>(std::move(handler)));
    }
    template <typename Handler> Server &resourceTemplate(const ResourceTemplate &resources, Handler handler)
    {
        return add(resources, replying<Contents>(std::move(handler)));
    }
    template <typename Handler> Server &prompt(const Prompt &prompt, Handler handler)
    {
        return add(prompt, replying<Messages>(std::move(handler)));
    }
    /// The documents of the caller's organization, as `gatehouse serve` offers them: get-documents,
    /// get-document, create-document, update-document, delete-document and search-documents, and
    /// documents://{id} as resources. In a file of SQLite, or in "postgresql://host/database", which several
    /// programs may share. For verified callers only.
    Server &documents(const QString &where);
    void removeTool(const QString &name);
    void removeResource(const QString &uri);
    void removeResourceTemplate(const QString &uriTemplate);
    void removePrompt(const QString &name);
    /// Tells clients that subscribed that it holds something else now.
    void resourceChanged(const QString &uri);

    /// Calls `observer` with each request that is over.
    Server &observe(std::function<void(const Exchange &)> observer);

    /// Serves until the program is told to end (SIGINT, SIGTERM, QCoreApplication::exit()); returns the exit
    /// code, which is 0 after a signal, or 1 with a sentence on stderr where it cannot begin. After a signal
    /// calls under way are answered, for ten seconds at most or until a second one.
    [[nodiscard]] int listen(int port = 3000);
    /// The same for a program with an event loop of its own: false where it cannot begin. One that runs is
    /// stopped first. Port 0 takes a free one. Not from a handler.
    [[nodiscard]] bool start(int port = 3000);
    /// Called from a handler, a completer or an observer, it lets go of those who wait once that has
    /// returned. Not from what Call::whenCancelled() calls.
    void stop();
    // Of start() and listen():
    [[nodiscard]] bool isListening() const;
    [[nodiscard]] QString errorString() const; ///< What went wrong last, in one sentence.
    [[nodiscard]] int port() const;
    [[nodiscard]] QString address() const; ///< That clients are told: "http://localhost:3000/mcp".

private:
    template <typename Answer, typename Handler>
    static std::function<void(const Call &, const ReplyWith<Answer> &)> replying(Handler handler)
    {
        if constexpr (std::invocable<Handler &, const Call &, const ReplyWith<Answer> &>)
            return handler;
        else
            return
                [handler](const Call &call, const ReplyWith<Answer> &reply) mutable { reply(handler(call)); };
    }
    template <typename Answer> using Handling = std::function<void(const Call &, const ReplyWith<Answer> &)>;
    Server &add(const Tool &tool, Handling<Result> handler);
    Server &add(const Resource &resource, Handling<Contents> handler);
    Server &add(const ResourceTemplate &resources, Handling<Contents> handler);
    Server &add(const Prompt &prompt, Handling<Messages> handler);

    friend struct Inspection; // The window over it (Gatehouse/Inspector).
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Gatehouse
