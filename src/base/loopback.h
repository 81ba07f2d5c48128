// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gatehouse::base {

/// True for localhost, 127.0.0.0/8 written out and ::1 (with or without brackets), as the host of a URL.
[[nodiscard]] bool isLoopbackHost(const QString &host);

} // namespace gatehouse::base
