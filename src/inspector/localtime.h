// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTime>

namespace gatehouse::inspector {

/// The time of the day there where this computer is; milliseconds since 1970. For many in a row that are near
/// each other, as the rows of a log are: QDateTime asks the system for its zone each time, which may take
/// four microseconds. Any thread.
[[nodiscard]] QTime localTimeOf(qint64 ms);

} // namespace gatehouse::inspector
