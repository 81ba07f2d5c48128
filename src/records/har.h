// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/exchange.h"

#include <QUrl>

namespace gatehouse::records {

/// HTTP Archive 1.2 (w3c.github.io/web-performance/specs/HAR), piece by piece: head, then entries with a
/// comma between them, then tail. Secrets are masked already, and it says so.
[[nodiscard]] QByteArray harHead();
[[nodiscard]] QByteArray harTail();
/// `server`: the address of the server that was asked, for the absolute URL that the format wants. What the
/// format has no place for stands in "_gatehouse".
[[nodiscard]] QByteArray harEntryOf(const exchange::Exchange &exchange, const QUrl &server);

} // namespace gatehouse::records
