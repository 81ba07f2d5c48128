// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/policy.h"
#include "base/accessrequirements.h"
#include "http/tcpgate.h"
#include "mcp/dispatcher.h"

#include <QByteArray>
#include <QHash>
#include <QLatin1StringView>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace gatehouse::server {

/// What a server is to be, and nothing of where that was written. Everything in it can be used: whoever reads
/// it from people has checked it.
struct Configuration
{
    QString resource = {}; ///< Its address as published. Empty: usualResource() of its port.
    /// What tokens must be; `resource` is filled in. None: nobody is asked for a token.
    std::optional<auth::Policy> policy = {};
    QStringList scopes = {}; ///< That are advertised.
    QHash<QString, base::AccessRequirements> rules = {}; ///< For tools, by their names.
    bool hidesForbidden = true; ///< Lists leave out what their reader may not use.
    /// What several servers share that answer for each other; see mcp::RequestState::setSecrets(). Secret.
    QList<QByteArray> stateSecrets = {};
    mcp::ProtocolLimits limits = {};
    http::EdgeLimits edge = {};
};

/// "http://localhost:3000/mcp": a server's address where none is published.
[[nodiscard]] inline QString usualResource(quint16 port)
{
    return QStringLiteral("http://localhost:%1/mcp").arg(port);
}

/// Where the beginning of that address is read from where nobody says it: the name that mcp-use established.
inline constexpr QLatin1StringView addressVariable{"MCP_URL"};
/// "https://mcp.example.com/mcp" of "https://mcp.example.com/".
[[nodiscard]] inline QString resourceAt(QString base)
{
    while (base.endsWith(u'/'))
        base.chop(1);
    return base + QLatin1StringView("/mcp");
}

} // namespace gatehouse::server
