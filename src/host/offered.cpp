// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/offered.h"

#include "mcp/present.h"
#include "protocol/revision.h"

namespace gatehouse::host {

namespace {

template <typename T> QList<Offered::Entry> entriesOf(const mcp::Registry<T> &registry)
{
    const QString revision(protocol::modernRevision);
    QList<Offered::Entry> entries;
    for (const auto &[number, thing] : registry.all())
        entries.append({mcp::present(*thing, revision), thing->needs});
    return entries;
}

} // namespace

Offered offeredBy(const mcp::Features &features)
{
    Offered offered{entriesOf(features.tools()), entriesOf(features.resources()),
                    entriesOf(features.templates()), entriesOf(features.prompts())};
    for (Offered::Entry &tool : offered.tools) // The administrator's word comes before its own.
        tool.needs = features.needsOfTool(tool.json.value(QLatin1String("name")).toString());
    return offered;
}

} // namespace gatehouse::host
