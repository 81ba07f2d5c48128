// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "host/notice.h"

#include <QList>

#include <optional>

namespace gatehouse::app {

/// What a running server has said of itself and not taken back: what is not to be had now, and who passes
/// requests on to it. A value.
struct Outages
{
    void record(const host::Notice &notice, qint64 nowMs);
    /// A new start: what was not to be had may be there now.
    void forget();

    qint64 unreachableSince = 0; ///< The issuer; milliseconds since 1970, 0: it can be reached.
    host::Notice unreachable = {}; ///< Why, valid with it.
    std::optional<host::Notice> documents = {}; ///< That their database cannot be used.
    QList<host::Notice> proxies = {}; ///< One for each address, eight at most, the first one first.
};

} // namespace gatehouse::app
