// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>

#include <optional>

namespace gatehouse::base {

/// The seconds of max-age in a Cache-Control value (RFC 9111 §5.2.2.1); nullopt without one. No-store and
/// no-cache count as 0.
[[nodiscard]] std::optional<qint64> maxAgeOf(const QByteArray &cacheControl);

/// An IMF-fixdate (RFC 9110 §5.6.7), as Date has it; invalid for anything else.
[[nodiscard]] QDateTime httpDate(const QByteArray &value);

} // namespace gatehouse::base
