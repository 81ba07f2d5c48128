// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"

#include <QByteArray>
#include <QByteArrayView>

namespace gatehouse::base {

/// The X-Request-Id of a request that this process makes to that authority, as in its Host: "gatehouse-" and
/// 32 hexadecimal digits. Half of them vouch for the other half (HMAC, RFC 2104, under a key of this run), so
/// that a server in the same process knows its own client, and no other server that sees one can use it here.
/// Any thread.
[[nodiscard]] QByteArray ownRequestId(const Random &random, QByteArrayView authority);
[[nodiscard]] bool isOwnRequestId(QByteArrayView id, QByteArrayView authority);

} // namespace gatehouse::base
