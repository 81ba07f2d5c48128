// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QPair>

#include <optional>

namespace gatehouse::base {

/// HTTP fields in the order they came, each as often as it came (RFC 9110 §5). Names compare without case.
using Header = QPair<QByteArray, QByteArray>;
using Headers = QList<Header>;

[[nodiscard]] bool isSameName(QByteArrayView a, QByteArrayView b);
/// All values of a header, in order.
[[nodiscard]] QList<QByteArray> valuesOf(const Headers &headers, QByteArrayView name);
/// The value of a header that may come once: nullopt when it is absent or came twice.
[[nodiscard]] std::optional<QByteArray> onlyValueOf(const Headers &headers, QByteArrayView name);

} // namespace gatehouse::base
