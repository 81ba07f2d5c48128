// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace gatehouse::house {

/// What is wrong with one source file, one sentence each; empty when nothing is.
/// `path` is relative to src/ ("auth/gate.cpp"), which tells the room the file belongs to.
[[nodiscard]] QStringList findings(const QString &path, const QString &text);

/// The rooms that `room` may include besides itself; empty for `base` and for a room that is not in the
/// table.
[[nodiscard]] QStringList allowedRooms(const QString &room);

[[nodiscard]] QStringList rooms();

} // namespace gatehouse::house
