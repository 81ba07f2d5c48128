// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "mcp/protocol.h"
#include "mcp/session.h"
#include "mcp/tool.h"

#include <QObject>

#include <functional>
#include <memory>

namespace gatehouse::mcp {

struct ServerDescription
{
    QString name = QStringLiteral("gatehouse");
    QString title = QStringLiteral("Gatehouse");
    QString version = QStringLiteral(GATEHOUSE_VERSION);
    QString instructions = {};
};

/// The protocol engine: both eras of MCP on one endpoint, without HTTP and without tokens. Lives on one
/// thread; only a ToolAnswer may be called from others. Rules: MCP "Streamable HTTP" of 2025-06-18,
/// 2025-11-25 and 2026-07-28.
class Dispatcher : public QObject
{
    Q_OBJECT

public:
    Dispatcher(ServerDescription server, base::Clock clock, base::Random random, SessionLimits limits = {},
               QObject *parent = nullptr);
    ~Dispatcher() override;

    /// False (and nothing added) where the name is taken or no tool name, or the schema is no object's.
    [[nodiscard]] bool addTool(Tool tool);

    /// Answers exactly once, at once or later, on this object's thread.
    void handle(const Incoming &incoming, std::function<void(Outgoing)> answer);

    /// DELETE with a session: 200, 404 unknown, 400 without one. Only the session's own user may end it.
    [[nodiscard]] Outgoing endSession(const std::optional<QByteArray> &sessionId, const Caller &caller);

    /// What this message's operation needs of its caller: nothing but for calls of a tool that asks for
    /// something.
    [[nodiscard]] Needs needsOf(const QJsonValue &body) const;

    /// For the log. Reads, changes nothing.
    [[nodiscard]] Description describe(const Incoming &incoming) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// An error message without an id, for requests whose id could not be read.
[[nodiscard]] Outgoing errorOutgoing(int status, int code, const QString &text);

} // namespace gatehouse::mcp
