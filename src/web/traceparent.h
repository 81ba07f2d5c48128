// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace gatehouse::web {

/// The trace-id of a `traceparent` (W3C Trace Context §3.2.2): 32 hexadecimal digits in lower case. Empty
/// where it is none, of version ff, or all zeros. A later version may have more behind it.
[[nodiscard]] QByteArray traceIdOf(QByteArrayView traceparent);

} // namespace gatehouse::web
