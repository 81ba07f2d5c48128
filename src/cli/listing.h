// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace gatehouse::cli {

/// `gatehouse tools URL [NAME]`: what the server's tools are called, do and take; of one its whole entry.
[[nodiscard]] int runTools(const QStringList &arguments);
/// `gatehouse resources URL [URI]`: the resources and their templates, or what one holds.
[[nodiscard]] int runResources(const QStringList &arguments);
/// `gatehouse prompts URL [NAME JSON]`: the prompts, or the messages of one.
[[nodiscard]] int runPrompts(const QStringList &arguments);

} // namespace gatehouse::cli
