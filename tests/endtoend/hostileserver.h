// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oauth/scriptedserver.h"

#include <QByteArray>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

#include <functional>

/// An MCP server with its authorization server on one port, of which one answer is not what anybody would
/// send: the bytes of a connection are the test's. All others are ScriptedServer's.
class HostileServer : public QTcpServer
{
public:
    using Act = std::function<void(QTcpSocket *)>;

    /// `stage` is a path, or a JSON-RPC method; with "+" before it only where a token comes along, with
    /// "-" only where none does.
    HostileServer(QByteArray stage, Act act);

    [[nodiscard]] QString mcp() const { return m_honest.mcp(); }
    [[nodiscard]] int hostileAnswers() const { return m_hostileAnswers; }

private:
    void take(QTcpSocket *socket);
    void forward(QTcpSocket *socket, const QByteArray &request);

    QByteArray m_stage;
    Act m_act;
    int m_hostileAnswers = 0;
    gatehouse::oauth::ScriptedServer m_honest;
};

// What one can do to a client.

/// All of it, and no more; the connection stays open.
[[nodiscard]] HostileServer::Act sending(const QByteArray &bytes);
/// The same, and then its end.
[[nodiscard]] HostileServer::Act sendingAndClosing(const QByteArray &bytes);
/// These, and then `piece` again and again, for as long as anybody reads: at most 256 MiB.
[[nodiscard]] HostileServer::Act endless(const QByteArray &begin, const QByteArray &piece);
/// A byte every 20 ms; again from the beginning after the last one.
[[nodiscard]] HostileServer::Act dripping(const QByteArray &bytes);
/// Its end at once: with a FIN, or with a RST.
[[nodiscard]] HostileServer::Act closing(bool isAborted);

/// A whole answer with that body.
[[nodiscard]] QByteArray answerOf(const QByteArray &body, const QByteArray &type = "application/json",
                                  const QByteArray &status = "200 OK", const QByteArray &more = {});
