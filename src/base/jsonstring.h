// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace gatehouse::base {

/// What a JSON string says (RFC 8259 §7). `inner` stands between its quotes, and somebody has judged it: it
/// is UTF-8, and its escapes are whole.
[[nodiscard]] QString unescapedJson(QByteArrayView inner);

/// UTF-8 to the character: QString::fromUtf8() takes a U+FEFF at the beginning off.
[[nodiscard]] QString wholeUtf8(QByteArrayView text);

} // namespace gatehouse::base
