// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/exchangelog.h"

#include <QLatin1StringView>
#include <QList>
#include <QStringList>

namespace gatehouse::inspector {

/// What `is:` knows.
struct FilterState
{
    QLatin1StringView name;
    const char *words; ///< What it means, of the translation context "gatehouse::inspector::Filter".
    bool (*holds)(const Entry &entry);
};
[[nodiscard]] const QList<FilterState> &filterStates();

/// What `result:` knows.
[[nodiscard]] const QStringList &filterResults();
/// The one of them that an exchange came to.
[[nodiscard]] QString filterResultOf(const exchange::Exchange &exchange);

} // namespace gatehouse::inspector
