// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

namespace gatehouse::base {

/// One category per room: gatehouse.mcp, gatehouse.auth, …
Q_DECLARE_LOGGING_CATEGORY(lcFetch)
Q_DECLARE_LOGGING_CATEGORY(lcKeys)
Q_DECLARE_LOGGING_CATEGORY(lcAuth)
Q_DECLARE_LOGGING_CATEGORY(lcMcp)
Q_DECLARE_LOGGING_CATEGORY(lcHttp)
Q_DECLARE_LOGGING_CATEGORY(lcEndpoint)
Q_DECLARE_LOGGING_CATEGORY(lcSandbox)
Q_DECLARE_LOGGING_CATEGORY(lcHost)

/// Puts a handler in front of all Qt messages that masks secrets: Qt's own categories print whole headers,
/// and QT_LOGGING_RULES can switch them on from outside. Call once, first thing in main.
void installMaskingMessageHandler();

} // namespace gatehouse::base
