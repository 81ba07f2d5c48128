// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace gatehouse::fetch {

/// Whether something waits to be read at that socket, or its other side has closed it: what the event loop
/// has not told yet. True of a socket that cannot be asked; false where no system call tells.
[[nodiscard]] bool hasPending(qintptr socket);

} // namespace gatehouse::fetch
