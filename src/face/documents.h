// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mcp/features.h"

#include <QString>

namespace Gatehouse {

/// Adds the documents of organizations, which live as long as `to` does. Adds nothing, and says why in one
/// sentence, where that is no address or something of theirs is there already. Whether the database can be
/// used is told by the log and by the tools.
[[nodiscard]] gatehouse::mcp::Features::Added offerDocuments(gatehouse::mcp::Features &to,
                                                             const QString &where);
/// The same judgement, and adds only the names.
[[nodiscard]] gatehouse::mcp::Features::Added judgeDocuments(gatehouse::mcp::Features &to,
                                                             const QString &where);

} // namespace Gatehouse
