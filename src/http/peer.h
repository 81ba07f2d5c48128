// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>

namespace gatehouse::http {

/// Stands for all addresses that one peer can have: IPv6 is handed out in /64s at least (RFC 6177 §2), and
/// IPv4 may come mapped into IPv6 (RFC 4291 §2.5.5.2).
[[nodiscard]] QHostAddress peerOf(const QHostAddress &address);

} // namespace gatehouse::http
