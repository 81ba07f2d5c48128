// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace gatehouse::cli {

/// `gatehouse export FILE`: what stands in a session file, for other programs.
[[nodiscard]] int runExport(const QStringList &arguments);

} // namespace gatehouse::cli
