// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/allows.h"
#include "mcp/caller.h"
#include "protocol/jsonrpc.h"
#include "protocol/mirroredheaders.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace gatehouse::mcp {

/// The parts of a Streamable HTTP request that the protocol's rules read: the parsed body and its headers. An
/// absent header is nullopt, an empty one is empty.
struct Incoming
{
    protocol::Body body = {}; ///< Of a POST.
    qsizetype bodyBytes = 0; ///< Of its text.
    protocol::MirroredHeaders headers = {};
    std::optional<QByteArray> sessionId = {}; ///< Mcp-Session-Id
    std::optional<QByteArray> lastEventId = {}; ///< Last-Event-ID
    Caller caller = {};
    Allows allows = {}; ///< What the caller may do.
};

/// What a call came to, for whoever watches.
enum class ResultKind {
    None, ///< No JSON-RPC answer: a notification, or nothing was dispatched.
    Ok, ///< A result.
    RpcError, ///< A JSON-RPC error.
    ToolError, ///< A result with isError.
};

/// The answer to one request, with the HTTP status that the transport's table gives it.
struct Outgoing
{
    int status = 200; ///< 200 with a message or none, 202 without one, 4xx with an error message.
    QByteArray body = {}; ///< Compact JSON, or empty.
    QByteArray sessionId
        = {}; ///< Only on the answer to `initialize`: the new session's id for Mcp-Session-Id.
    ResultKind outcome = ResultKind::None;
    int rpcErrorCode = 0; ///< With RpcError.
    QByteArray eventId = {}; ///< Where it ends an event stream: the event's id, if it has one.
    QByteArray taskId = {}; ///< Where it says that the call is a task now: what the task is called.
};

/// What a log says about a message: what it calls, and who sent it in which revision. All bounded in length.
struct Description
{
    QString rpcMethod = {}; ///< "tools/call", "notifications/initialized", …; empty if unreadable.
    QString target = {}; ///< Tool, prompt or URI named by the message.
    QString client = {}; ///< "claude-code 2.1", from initialize, _meta or the session.
    QString revision = {}; ///< "2025-11-25", as negotiated or stated.
    QByteArray traceparent = {}; ///< Of _meta, as it came.
};

} // namespace gatehouse::mcp
