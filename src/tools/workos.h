// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/fetch.h"
#include "mcp/features.h"
#include "tools/workosapi.h"

#include <QStringList>

#include <memory>

namespace gatehouse::tools {

/// What WorkOS knows of the caller, by its Management API: get-workos-user, get-organization,
/// list-organization-members and list-authorized-applications. Callers see themselves and their organization;
/// of others in it, only with the permission members:manage. Only for verified tokens: whoever could make one
/// up would be anybody. Lives on the thread of the features and the fetcher, which outlive it; with it, the
/// tools go.
class WorkOs
{
public:
    WorkOs(mcp::Features &features, base::Fetcher *fetcher, const ApiAccess &access);
    ~WorkOs();
    Q_DISABLE_COPY_MOVE(WorkOs)

private:
    mcp::Features &m_features;
    std::shared_ptr<const WorkOsApi> m_api;
    QStringList m_names;
};

} // namespace gatehouse::tools
