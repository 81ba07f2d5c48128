// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gatehouse::inspector {

/// Foreign text is text, wherever it stands: text that a peer, a token, a server or a file chose may not rewrite
/// what stands beside it, be taken for mark-up, or have a local file opened.

/// As a terminal or a table may show it: control and format characters could rewrite what stands there.
[[nodiscard]] QString harmless(QString text);

/// As a tool tip may show it, which Qt takes for rich text where it looks like that: escaped, wrapped, and its
/// beginning where it is long. The one way to set a tool tip that is no text of ours.
[[nodiscard]] QString toolTipText(const QString &text);

} // namespace gatehouse::inspector
