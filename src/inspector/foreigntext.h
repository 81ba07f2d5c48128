// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/displaytext.h"

#include <QString>

namespace gatehouse::inspector {

/// Beyond base/displaytext: foreign text may not be taken for mark-up, or have a local file opened.

using base::escapedForDisplay;
using base::isolated;
using base::Space;

/// As a tool tip may show it, which Qt takes for rich text where it looks like that: escaped, wrapped, and
/// its beginning where it is long. The one way to set a tool tip that is no text of ours.
[[nodiscard]] QString toolTipText(const QString &text);

/// As one line shows it that is only looked at: a cell, an entry of a list, a message.
[[nodiscard]] QString lineText(const QString &text);

/// As the text of a menu's entry or a button: an "&" is one, nothing stands in the column of the keys, and of
/// what is long its beginning.
[[nodiscard]] QString menuText(const QString &text);

} // namespace gatehouse::inspector
