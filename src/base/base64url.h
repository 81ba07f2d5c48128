// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace gatehouse::base {

/// RFC 4648 §5 without padding, as RFC 7515 §2 wants it.
[[nodiscard]] QByteArray toBase64Url(QByteArrayView bytes);

/// Exactly what toBase64Url writes and nothing else: no padding, no foreign character, no stray bits in the
/// last one, no impossible length. Qt's strictest decoder accepts all four.
[[nodiscard]] std::optional<QByteArray> fromBase64Url(QByteArrayView text);

} // namespace gatehouse::base
