// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "mcp/channel.h"
#include "mcp/features.h"
#include "mcp/session.h"
#include "mcp/tasks.h"
#include "mcp/transport.h"

#include <QJsonArray>
#include <QObject>

#include <memory>

namespace gatehouse::mcp {

struct ServerDescription
{
    QString name = QStringLiteral("gatehouse");
    QString title = QStringLiteral("Gatehouse");
    QString version = QStringLiteral(GATEHOUSE_VERSION);
    QString websiteUrl = {};
    QJsonArray icons = {};
    QString instructions = {};
};

/// What may be open or kept at one time, for all clients together. No single user gets more than a quarter of
/// it (Shares).
struct ProtocolLimits
{
    SessionLimits sessions = {};
    TaskLimits tasks = {};
    int streams = 100; ///< Event streams that wait for changes, of both eras.
    int operations = 1000; ///< Requests under way. `ping` and cancelling are served beyond it.
    qint64 messageBytes = 64 * 1024 * 1024; ///< Of their messages.
    int pageSize = 100; ///< Entries of a list in one answer.
    qsizetype replayBytes = 16 * 1024 * 1024; ///< Kept for clients that come back.
};

/// The protocol engine: both eras of MCP on one endpoint, without HTTP and without tokens. Lives on one
/// thread; only a handler's answer and its Context may be used from others. Rules: MCP "Streamable HTTP" of
/// 2025-03-26, 2025-06-18, 2025-11-25 and 2026-07-28.
class Dispatcher : public QObject
{
    Q_OBJECT

public:
    /// `features` outlives it.
    Dispatcher(ServerDescription server, Features *features, base::Clock clock, base::Random random,
               ProtocolLimits limits = {}, QObject *parent = nullptr);
    ~Dispatcher() override;

    /// A POST. Ends the channel exactly once, at once or later, unless the peer leaves.
    void handle(const Incoming &incoming, const std::shared_ptr<Channel> &channel);

    /// A GET: carries the session's stream, or what a client missed behind Last-Event-ID.
    void listen(const Incoming &incoming, const std::shared_ptr<Channel> &channel);

    /// From here on; what is open beyond them stays open.
    void setLimits(const ProtocolLimits &limits);
    /// Shared with other servers of the same name that answer for this one; see RequestState::setSecrets().
    void setStateSecrets(const QList<QByteArray> &secrets);

    /// After the rules have changed: ends what belongs to callers who would not be let in any more, by what
    /// Incoming::allows says now, and what belongs to nobody; nothing where nobody is asked who they are.
    /// Calls under way are answered so, streams end, sessions and tasks are forgotten. All else goes on.
    void endUnentitled(bool asksForCallers);

    /// Ends the streams that wait for changes, of both eras; calls under way go on.
    void endStreams();

    /// Ends what has been idle for too long, is too old, or listens with a token that has expired. Done every
    /// ten seconds.
    void sweep();

    /// DELETE with a session: 200, 404 unknown, 400 without one. Only its own caller may end it.
    [[nodiscard]] Outgoing endSession(const std::optional<QByteArray> &sessionId, const Caller &caller);
    /// For whoever runs the server, who knows sessions by their fingerprint alone: false where there is none.
    /// Calls under way are answered with an error; what comes later is a 404, and its client begins a new one
    /// (MCP 2025-11-25 "Session Management").
    bool endSessionByFingerprint(const QByteArray &fingerprint);

    /// What this message's operations need of their caller: all of these, each judged by itself. One of them
    /// may be for other organizations than the next.
    [[nodiscard]] QList<base::AccessRequirements> needsOf(const Incoming &incoming) const;

    /// For the log. Reads, changes nothing.
    [[nodiscard]] Description describe(const Incoming &incoming) const;

Q_SIGNALS:
    /// For whatever reason; not when this goes with all of them.
    void sessionEnded(const QByteArray &fingerprint);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// An error message without an id, for requests whose id could not be read.
[[nodiscard]] Outgoing errorOutgoing(int status, int code, const QString &text);

} // namespace gatehouse::mcp
