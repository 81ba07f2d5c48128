// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gatehouse::host {

/// Everything a user can set.
struct Settings
{
    QString host = QStringLiteral("127.0.0.1"); ///< Address to listen on.
    int port = 3000; ///< 0 takes a free one.

    bool operator==(const Settings &) const = default;
};

} // namespace gatehouse::host
