// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/policy.h"
#include "base/accessrequirements.h"
#include "http/tcpgate.h"
#include "mcp/dispatcher.h"

#include <QHash>
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
    mcp::ProtocolLimits limits = {};
    http::EdgeLimits edge = {};
};

/// "http://localhost:3000/mcp": a server's address where none is published.
[[nodiscard]] inline QString usualResource(quint16 port)
{
    return QStringLiteral("http://localhost:%1/mcp").arg(port);
}

} // namespace gatehouse::server
