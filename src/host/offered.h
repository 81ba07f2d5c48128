// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/accessrequirements.h"
#include "mcp/features.h"

#include <QJsonObject>
#include <QList>

namespace gatehouse::host {

/// Everything that a server offers, whoever may use it, as the newest revision with lists shows it.
struct Offered
{
    struct Entry
    {
        QJsonObject json = {};
        base::AccessRequirements needs = {}; ///< Of its callers.
    };
    QList<Entry> tools = {};
    QList<Entry> resources = {}; ///< Those that stand alone; a template's are listed for a caller.
    QList<Entry> templates = {};
    QList<Entry> prompts = {};
};
[[nodiscard]] Offered offeredBy(const mcp::Features &features);

} // namespace gatehouse::host
