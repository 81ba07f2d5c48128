// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/keysource.h"
#include "base/expected.h"
#include "exchange/sink.h"
#include "http/httpserver.h"
#include "mcp/features.h"
#include "server/configuration.h"
#include "server/issuerreport.h"

#include <QHostAddress>
#include <QObject>
#include <QPointer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace gatehouse::server {

/// An MCP server behind an authorization server: address, tokens, protocol and what it offers, put together.
/// Knows nothing of a sandbox, of settings or of a window. Lives wholly on one thread, whose event loop it
/// needs; destroyed there.
class Server : public QObject
{
    Q_OBJECT

public:
    explicit Server(mcp::ServerDescription description = {}, QObject *parent = nullptr);
    ~Server() override;

    /// What it offers, for the whole of its life: tools may come and go.
    [[nodiscard]] mcp::Features &features();
    /// Who is told of each exchange; null is nobody. Outlives it. Before the first settle().
    void setSink(exchange::Sink *sink);

    /// An address that was taken, where nothing is answered yet. If it goes without settle(), the address is
    /// left, and what ran before goes on where it was. Goes before its server.
    class Opening
    {
    public:
        Opening(Opening &&other) noexcept;
        Opening &operator=(Opening &&) = delete;
        ~Opening();
        [[nodiscard]] quint16 port() const { return m_port; }

    private:
        friend class Server;
        explicit Opening(Server *server);

        QPointer<Server> m_server;
        std::unique_ptr<http::HttpServer> m_door; ///< Null: the one that is there.
        QHostAddress m_address;
        quint16 m_wanted = 0; ///< 0: any.
        quint16 m_port = 0;
        bool m_isOldClosed = false; ///< It stood in the way.
    };
    /// Port 0 takes a free one. Where it listens there already, nothing is touched.
    [[nodiscard]] base::Expected<Opening, http::ListenError> open(const QHostAddress &address, quint16 port);

    /// From here on it is this. Called again it changes only what the change concerns: calls under way are
    /// answered, also at an address that is left; sessions, tasks and streams live on unless their callers
    /// would not be let in any more. Cannot fail.
    void settle(Opening opening, const Configuration &configuration);

    /// Who answers a request at exactly this path instead of it; empty for nobody. Not recorded: what comes
    /// there is somebody's code.
    using Callback = std::function<void(const http::Request &, http::Respond)>;
    void setCallback(const QByteArray &path, Callback callback);

    static constexpr std::chrono::seconds usualDrain{10};
    /// Takes no further request, answers those under way, and ends the streams that wait for changes. Calls
    /// `done` once, when all is answered or the time is over; not if this goes before. Only its end follows.
    void drain(std::chrono::milliseconds longest, std::function<void()> done);

    /// The issuer's keys are fetched anew by the next settle(), though the issuer be the same.
    void forgetKeys();
    /// Fetches them now; `done` hears what came of it. Does nothing where nobody is asked for a token.
    void fetchKeys(std::function<void(const auth::KeyReport &)> done);
    /// `anew`: the issuer is asked, whatever is kept of it. `done` hears once, at once or later.
    void readIssuer(bool anew, std::function<void(const IssuerReport &)> done);
    /// What would be said of a request with that token; it is kept no longer than that. `done` hears once.
    void judge(const QByteArray &token, std::function<void(const auth::Verdict &)> done);
    /// mcp::Dispatcher::endSessionByFingerprint()
    bool endSession(const QByteArray &fingerprint);
    /// What is wrong with the keys; nothing where none are needed or all is well.
    [[nodiscard]] std::optional<auth::KeyReport> failingKeys() const;

    // Valid after the first settle():
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QString resource() const; ///< The address that clients are told.
    /// False after listening on IPv4 loopback where the system has no IPv6 one.
    [[nodiscard]] bool listensOnIpv6() const;
    /// Names of tools that rules are for and that are not there.
    [[nodiscard]] QStringList rulesWithoutTool() const;

Q_SIGNALS:
    /// The issuer cannot be reached, or can be again, while its keys are needed.
    void keysBecameUnreachable();
    void keysBecameReachable();
    /// See mcp::Dispatcher::sessionEnded().
    void sessionEnded(const QByteArray &fingerprint);

private:
    [[nodiscard]] std::unique_ptr<http::HttpServer> makeDoor();
    [[nodiscard]] bool listensThere(const QHostAddress &address, quint16 port) const;
    void protect(auth::Policy policy);
    void serve(const Configuration &configuration);
    void retire(std::unique_ptr<http::HttpServer> door);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::server
