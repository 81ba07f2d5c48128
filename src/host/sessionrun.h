// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "host/notice.h"
#include "host/settings.h"
#include "records/sessionfile.h"

namespace gatehouse::host {

struct Running;

/// What a session file says of a server that has begun to judge by these settings.
[[nodiscard]] records::SessionRun sessionRunOf(const Running &running, const Settings &settings,
                                               qint64 nowMs);

} // namespace gatehouse::host
